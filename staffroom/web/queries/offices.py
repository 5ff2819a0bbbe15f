"""The offices a person holds, as doors on the page for today."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.core.clock import now
from staffroom.people.models import Person
from staffroom.places.models import Appointment, on_date

Role = Appointment.Role


def _garden() -> tuple[str, str, str]:
    return "leaf", _("The garden"), _("Communities: which need care, which to leave alone.")


def _levers() -> tuple[str, str, str]:
    return "pen", _("Design"), _("What a community here is like, and the evidence for it.")


def _places() -> tuple[str, str, str]:
    return "map", _("Schools and teachers"), _("Areas, schools, postings, spreadsheets.")


def _safeguarding() -> tuple[str, str, str]:
    return "lock", _("Safeguarding"), _("What was told about danger.")


def _desk() -> tuple[str, str, str]:
    return "ear", _("Help desk"), _("For those who cannot come in")


def _adviser() -> tuple[str, str, str]:
    return "stamp", _("The adviser’s desk"), _("What waits to be verified")


#: Which doors an office opens: the name of the page, and what stands on the door.
DOORS: dict[str, list[tuple[str, Callable[[], tuple[str, str, str]]]]] = {
    Role.GARDENER: [("garden", _garden), ("programme_levers", _levers)],
    Role.ADMINISTRATOR: [("places", _places), ("programme_levers", _levers)],
    Role.SAFEGUARDING: [("safeguarding", _safeguarding)],
    Role.ADVISER: [("trust_desk", _adviser)],
    Role.HELP_DESK: [("desk", _desk)],
}


#: Pages of an office that stand beside its main door.
BESIDE = {"/places/": "/governing/"}


def offices_of(person: Person) -> list[dict[str, Any]]:
    held = Appointment.objects.filter(on_date(now().date()), person=person).values_list(
        "role", flat=True
    )
    doors: dict[str, dict[str, Any]] = {}
    for role in held:
        for name, sign in DOORS.get(role, []):
            icon, title, text = sign()
            doors[name] = {"url": reverse(name), "icon": icon, "title": title, "text": text}
    return list(doors.values())


def tabs_of(person: Person, path: str) -> list[dict[str, Any]]:
    """The main door of each office as a tab; nobody but staff holds one, so members pay no query."""
    if not getattr(person, "is_staff", False):
        return []
    words = {
        "garden": _("Garden"),
        "places": _("Schools"),
        "safeguarding": _("Safeguarding"),
        "desk": _("Help desk"),
    }
    found = {reverse(name): (name, word) for name, word in words.items()}
    return [
        {
            "url": door["url"],
            "icon": door["icon"],
            "title": found[door["url"]][1],
            "current": path.startswith((door["url"], BESIDE.get(door["url"], door["url"]))),
        }
        for door in offices_of(person)
        if door["url"] in found
    ]
