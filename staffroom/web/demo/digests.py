"""A digest of the demo, made as the worker makes it, and one community of which less is wanted."""

import datetime as dt

from staffroom.core.clock import now, pretend
from staffroom.notices import quiet
from staffroom.notices.actions.choose import choose, choose_level
from staffroom.notices.actions.make import tell
from staffroom.notices.models import Reach
from staffroom.notices.queries.digests import zone_for
from staffroom.notices.queries.reach import places_of
from staffroom.people.models import Person

HOUR = 17
#: Who gets one, and is no newcomer to the demo.
WHO = ("amina", "baraka")


def add(people: dict[str, Person]) -> None:
    """Of what came since yesterday evening, until when everybody has read everything."""
    for key in WHO:
        person = people[key]
        with pretend(now() - dt.timedelta(days=1)):
            preference = choose(by=person, often="daily", hour=HOUR)
        places = places_of(person)
        tell(preference, places, zone_for(person, places), quiet.Breaks())
        preference.save(update_fields=["told_until"])
    second = sorted(places_of(people["amina"]).readable, key=lambda each: each.name)[1:2]
    for community in second:
        choose_level(by=people["amina"], community=community, level=Reach.Level.CONCERNS)
