"""Where the round shows itself, and what becomes of a person's words in it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.hooks import about_rows
from staffroom.conversations import hooks as conversation_hooks
from staffroom.core import hooks
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.rhythm.actions.ice import wanted
from staffroom.rhythm.models import IceBreaker


def row(request: HttpRequest) -> list[dict[str, str]]:
    """On the community's page and among what it keeps."""
    community = request.community  # type: ignore[attr-defined]
    if not wanted(community):
        return []
    return [
        {
            "url": reverse("round", args=[community.pk]),
            "icon": "talk",
            "title": _("What is hard for us"),
            "text": _("One thing from each who likes"),
        }
    ]


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    rows = IceBreaker.objects.filter(person=person).select_related("community").order_by("at")
    return {
        "icebreakers": [
            {
                "community": each.community.name,
                "text": each.text,
                "at": each.at,
                "hidden_why": each.hidden_why,
            }
            for each in rows
        ]
    }


def erase(person: Person, keep_contributions: bool) -> None:
    """The words go, or stay without a name, as with what was written in the stream."""
    rows = IceBreaker.objects.filter(person=person)
    if not keep_contributions:
        rows.delete()
    rows.update(person=None)


def merge_people(keep: Person, drop: Person) -> None:
    """One a community: that of the account that stays."""
    mine = IceBreaker.objects.filter(person=keep).values("community")
    IceBreaker.objects.filter(person=drop, community__in=mine).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "icebreakers",
            gettext_lazy("What a member found hard, shared in the round"),
            gettext_lazy("To get to know each other, and to help"),
            until=gettext_lazy("until its author takes it back, or leaves and takes it along"),
        )
    ]


def register() -> None:
    about_rows.add(row)
    conversation_hooks.kept.add(row)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
