"""One's own time in what reaches every room: to take along, to be forgotten; the way to it from *Me*."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.core import hooks
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.rhythm.models.own_time import OwnTime


def me_entries(person: Person) -> list[dict[str, str]]:
    return [
        {
            "url": reverse("own_time"),
            "group": "mine",
            "icon": "clock",
            "title": _("Time for my own learning"),
            "text": _("Written down by me, for me alone"),
        }
    ]


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    rows = OwnTime.objects.filter(person=person, removed_at=None).order_by("day", "id")
    return {"own_time": [dict(row) for row in rows.values("day", "minutes", "what", "place")]}


def erase_person(person: Person, keep_contributions: bool) -> None:
    """It was nobody else's: it goes, whatever else stays."""
    OwnTime.objects.filter(person=person).delete()


def _removed(before: dt.datetime) -> QuerySet[OwnTime]:
    return OwnTime.objects.filter(removed_at__lt=before)


def rules() -> list[Rule]:
    return [
        Rule(
            "own_time",
            gettext_lazy("The time for learning that a member writes down"),
            gettext_lazy("For the member alone, for a file of their own"),
            until=gettext_lazy("until the member removes it, or leaves for good"),
        ),
        Rule(
            "own_time_removed",
            gettext_lazy("Entries of one’s own time that were removed"),
            gettext_lazy("To undo"),
            days=1,
            most=30,
            due=_removed,
        ),
    ]


def register() -> None:
    hooks.me_entries.add(me_entries)
    hooks.export_person.add(export_person)
    hooks.erase_person.add(erase_person)
    hooks.retention.add(rules)
