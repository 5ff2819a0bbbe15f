"""Dividing and joining on a community's page; what of it belongs to a person."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.access import is_member
from staffroom.communities.actions.common import can_steer
from staffroom.communities.hooks import about_rows
from staffroom.communities.models import Community
from staffroom.core import hooks
from staffroom.core.retention import Rule
from staffroom.edges.actions import reshaping
from staffroom.edges.models import Reshape, ReshapePlace
from staffroom.edges.queries.reshaping import running, undoable
from staffroom.people.models import Person


def about(request: HttpRequest) -> list[dict[str, str]]:
    """What is proposed, for the members; the way to a proposal, for whoever steers."""
    community: Community = request.community  # type: ignore[attr-defined]
    person: Person = request.user  # type: ignore[assignment]
    if community.stage != Community.Stage.OPEN or not is_member(person, community):
        return []
    found = running(community) or undoable(community)
    if found is not None:
        divides = found.kind == Reshape.Kind.DIVIDE
        title = _("Become two communities") if divides else _("Become one community")
        text = _("Proposed: say what you think") if found.done_at is None else _("Just done")
        return [_row(reverse("reshape", args=[community.pk, found.pk]), title, text)]
    if not can_steer(person, community):
        return []
    return [
        _row(
            reverse("reshape_begin", args=[community.pk]),
            _("Divide or join"),
            _("Too many, or too few: make a proposal to the members"),
        )
    ]


def _row(url: str, title: str, text: str) -> dict[str, str]:
    return {"url": url, "icon": "map", "title": title, "text": text}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The person's own words about dividing and joining."""
    return {
        "words_on_dividing_and_joining": [
            {"proposal": each.reshape.kind, "at": each.reshape.at, "word": each.word}
            for each in ReshapePlace.objects.filter(person=person)
            .select_related("reshape")
            .order_by("reshape__at")
        ]
    }


def erase(person: Person, keep_contributions: bool) -> None:
    ReshapePlace.objects.filter(person=person).delete()
    Reshape.objects.filter(proposed_by=person).update(proposed_by=None)


def merge_people(keep: Person, drop: Person) -> None:
    """One word each."""
    spoken = list(ReshapePlace.objects.filter(person=keep).values_list("reshape", flat=True))
    ReshapePlace.objects.filter(person=drop, reshape__in=spoken).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "reshapes",
            gettext_lazy("Proposals to divide or join communities, and each member’s word"),
            gettext_lazy("To do what most want, and to undo it for a week"),
            days=90,
            least=30,
            most=365,
            due=lambda before: Reshape.objects.filter(at__lt=before).exclude(
                done_at=None, dropped_at=None
            ),
        )
    ]


def register() -> None:
    about_rows.add(about)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
    hooks.nightly.add(reshaping.nightly)
