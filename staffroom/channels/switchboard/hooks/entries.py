"""The ways to this room's pages, on *Me* and on Today."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.queries import money, office
from staffroom.communities import offices
from staffroom.people.models import Person


def me_entries(person: Person) -> list[dict[str, str]]:
    entries = []
    if known.working():
        entries.append(
            {
                "url": reverse("my_channels"),
                "group": "reach",
                "icon": "phone",
                "title": _("My channels"),
                "text": _("Write by message, without opening this site"),
            }
        )
    if person.is_staff and designs(person):
        entries.append(
            {
                "url": reverse("channels_office"),
                "group": "work",
                "icon": "phone",
                "title": _("Channels"),
                "text": _("Which work, what they cost, what was given up"),
            }
        )
    return entries


def designs(person: Person) -> bool:
    roles = (offices.GARDENER, offices.ADMINISTRATOR)
    return offices.appointments(person, *roles).filter(area=None).exists()


def today_rows(person: Person, communities: list[Any]) -> list[dict[str, str]]:
    """The office hears of used-up money and of what was given up."""
    if not person.is_staff or not known.working() or not designs(person):
        return []
    programme = offices.programme_of(person)
    row = {"url": reverse("channels_office"), "icon": "phone", "title": _("Channels")}
    if money.is_used_up(programme):
        return [row | {"text": _("This month’s money for messages is used up")}]
    if office.given_up(programme).exists():
        return [row | {"text": _("Messages were given up: see why, and try again")}]
    return []
