"""Data used in what reaches every room."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.core import hooks
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.web.data.actions import forget
from staffroom.web.models import DataUsed


def me_entries(person: Person) -> list[dict[str, str]]:
    return [
        {
            "url": reverse("data_used"),
            "group": "data",
            "icon": "phone",
            "title": _("Data used"),
            "text": _("What Staffroom cost me today and this month"),
        }
    ]


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    rows = DataUsed.objects.filter(person=person).order_by("day", "kind")
    return {"data_used": [dict(row) for row in rows.values("day", "kind", "bytes")]}


def _old(before: dt.datetime) -> QuerySet[DataUsed]:
    return DataUsed.objects.filter(day__lt=before.date())


def rules() -> list[Rule]:
    return [
        Rule(
            "data_used",
            gettext_lazy("How many bytes went to and from a member’s phones, by the day"),
            gettext_lazy("For the member alone: what it cost"),
            days=62,
            least=31,
            most=92,
            due=_old,
        )
    ]


def register() -> None:
    hooks.me_entries.add(me_entries)
    hooks.export_person.add(export_person)
    hooks.erase_person.add(forget)
    hooks.retention.add(rules)
