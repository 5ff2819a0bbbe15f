"""What waits for one person: said on Today, on the list of communities and inside each."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.communities.models import Community, Election, GroundRules, Membership, Term
from staffroom.communities.queries.people import my_memberships
from staffroom.communities.wall import may_join
from staffroom.core.clock import now
from staffroom.people.models import Person

WELCOME_LASTS = dt.timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """One thing to answer: an icon, a sentence, where to go."""

    kind: str
    icon: str
    text: str
    url: str
    community: Community


def waiting_for(person: Person) -> list[Waiting]:
    """Invitations, offers, requests to join, votes and rules that wait for this person's word."""
    mine = {m.community_id: m.community for m in my_memberships(person)}
    welcomes = _welcomes(person, mine)
    # The first page says the rules already: to a newcomer they are not new.
    known = {pk: each for pk, each in mine.items() if each not in [w.community for w in welcomes]}
    return [
        *welcomes,
        *_invitations(person),
        *_offers(person, mine),
        *_requests(person, mine),
        *_votes(person, mine),
        *_rules(person, known),
    ]


Mine = dict[uuid.UUID, Community]


def _welcomes(person: Person, mine: Mine) -> list[Waiting]:
    """The members said yes while the person was away."""
    rows = Membership.objects.filter(
        person=person,
        community__in=mine,
        state="active",
        introduced_at=None,
        joined_at__gt=now() - WELCOME_LASTS,
        approvals__isnull=False,
    ).distinct()
    return [
        Waiting(
            "welcome",
            "talk",
            _("You are in: %(name)s.") % {"name": mine[row.community_id].name},
            reverse("welcome", args=[row.community_id]),
            mine[row.community_id],
        )
        for row in rows
    ]


def _invitations(person: Person) -> list[Waiting]:
    rows = Membership.objects.filter(person=person, state="invited").select_related("community")
    return [
        Waiting(
            "invitation",
            "plus",
            _("You are invited to %(name)s.") % {"name": row.community.name},
            reverse("invitation", args=[row.pk]),
            row.community,
        )
        for row in rows
        if may_join(person, row.community)
    ]


def _offers(person: Person, mine: Mine) -> list[Waiting]:
    rows = Term.objects.filter(
        person=person, community__in=mine, starts=None, accepted_at=None, ended_at=None
    )
    return [
        Waiting(
            "term",
            "cal",
            _("You are asked to moderate %(name)s for four weeks.")
            % {"name": mine[row.community_id].name},
            reverse("moderation", args=[row.community_id]),
            mine[row.community_id],
        )
        for row in rows
    ]


def _requests(person: Person, mine: Mine) -> list[Waiting]:
    rows = Membership.objects.filter(community__in=mine, state="requested").exclude(
        Q(approvals__member=person) | Q(person=person)
    )
    counts: dict[uuid.UUID, int] = {}
    for row in rows:
        counts[row.community_id] = counts.get(row.community_id, 0) + 1
    return [
        Waiting(
            "request",
            "me",
            ngettext(
                "%(n)s colleague asks to join %(name)s.",
                "%(n)s colleagues ask to join %(name)s.",
                count,
            )
            % {"n": count, "name": mine[pk].name},
            reverse("members", args=[pk]),
            mine[pk],
        )
        for pk, count in counts.items()
    ]


def _votes(person: Person, mine: Mine) -> list[Waiting]:
    rows = Election.objects.filter(community__in=mine, counted_at=None).exclude(
        ballots__voter=person
    )
    return [
        Waiting(
            "vote",
            "pen",
            _("%(name)s votes for its next moderator.") % {"name": mine[row.community_id].name},
            reverse("moderation", args=[row.community_id]),
            mine[row.community_id],
        )
        for row in rows
    ]


def _rules(person: Person, mine: Mine) -> list[Waiting]:
    newest = (
        GroundRules.objects.filter(community__in=mine, withdrawn_at=None)
        .annotate(
            top=Max(
                "community__rule_versions__version",
                filter=Q(community__rule_versions__withdrawn_at=None),
            )
        )
        .filter(version=F("top"))
        .exclude(agreements__person=person)
    )
    return [
        Waiting(
            "rules",
            "book",
            _("%(name)s has new ground rules to read.") % {"name": mine[row.community_id].name}
            if row.in_force_since
            else _("%(name)s talks about new ground rules.")
            % {"name": mine[row.community_id].name},
            reverse("rules", args=[row.community_id]),
            mine[row.community_id],
        )
        for row in newest
    ]
