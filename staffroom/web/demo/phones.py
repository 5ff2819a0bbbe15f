"""Whose phones stand on the page *One thread, four phones*: linked to every channel, as by a code."""

from staffroom.channels.switchboard.actions.linking import link
from staffroom.core import outbox
from staffroom.people.models import Person
from staffroom.web.simulator.addresses import OF
from staffroom.web.simulator.views import HOLDERS


def add(people: dict[str, Person]) -> None:
    """What the history of the demo had to tell is told before, so that no phone rings with all of it."""
    while outbox.deliver():
        pass
    for key in HOLDERS:
        for channel, address in OF.items():
            person = people[key]
            link(person=person, channel=channel, address=str(address(str(person.phone))))
