"""Challenges in what reaches every room, and the ways to them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.levers import lever
from staffroom.communities.models import Membership, Term
from staffroom.conversations import hooks as inside
from staffroom.core import hooks
from staffroom.core.clock import now
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.rhythm import challenge_clock
from staffroom.rhythm.challenge_words import GOALS
from staffroom.rhythm.models.challenge import Challenge, ChallengePart
from staffroom.rhythm.queries.challenge import TOLD, calling

State = ChallengePart.State


def kept(request: HttpRequest) -> list[dict[str, Any]]:
    """A line of the page *What we keep*, where the design wants challenges."""
    community = request.community  # type: ignore[attr-defined]
    if lever(community, "challenge") == "none":
        return []
    return [
        {
            "url": reverse("challenges", args=[community.pk]),
            "icon": "leaf",
            "title": _("Challenges"),
            "text": _("What we try to do more of together, against our own record"),
        }
    ]


def rows_for(person: Person) -> list[dict[str, Any]]:
    """Lines of Today; asked where `web.queries.calls` knows that something may be told."""
    mine = Membership.objects.filter(person=person, state=Membership.State.ACTIVE)
    moderated = Term.objects.filter(person=person, starts__isnull=False, ended_at=None)
    parts = (
        calling(mine, now(), now() - TOLD)
        .exclude(state=State.INVITED, community__in=_not(moderated, mine))
        .select_related("challenge", "community")
        .order_by("-challenge__proposed_at")[:2]
    )
    return [_row(part) for part in parts]


def _not(moderated: Any, mine: Any) -> Any:
    """The person's communities where somebody else moderates: an invitation is the moderator's."""
    return mine.exclude(community__in=moderated.values("community")).values("community")


def _row(part: ChallengePart) -> dict[str, Any]:
    if part.state == State.INVITED:
        title = _("Another community invites yours to a challenge")
    elif part.state == State.ANNOUNCED:
        title = _("A challenge is announced: you have a week to object")
    else:
        title = _("Our challenge is over. Thank you, all of you.")
    return {
        "url": reverse("challenges", args=[part.community_id]),
        "icon": "leaf",
        "title": title,
        "text": str(GOALS[part.challenge.goal]),
    }


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    proposed = Challenge.objects.filter(proposed_by=person).order_by("proposed_at")
    answered = ChallengePart.objects.filter(answered_by=person).select_related("community")
    return {
        "challenges_proposed": [
            {"goal": each.goal, "first_day": each.first_day, "at": each.proposed_at}
            for each in proposed
        ],
        "challenges_agreed": [
            {"community": each.community.name, "state": each.state} for each in answered
        ],
    }


def erase_person(person: Person, keep_contributions: bool) -> None:
    Challenge.objects.filter(proposed_by=person).update(proposed_by=None)
    ChallengePart.objects.filter(answered_by=person).update(answered_by=None)


def rules() -> list[Rule]:
    return [
        Rule(
            "challenges",
            gettext_lazy("Challenges and what whole communities did in them"),
            gettext_lazy("To look back on together"),
            days=730,
            least=90,
            most=3650,
            due=lambda before: Challenge.objects.filter(ended_at__lt=before),
        )
    ]


def register() -> None:
    inside.kept.add(kept)
    hooks.export_person.add(export_person)
    hooks.erase_person.add(erase_person)
    hooks.retention.add(rules)
    hooks.nightly.add(challenge_clock.nightly)
