"""What is so in a room for one viewer just now, in one query: most of it tells what need not be asked."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from staffroom.communities.models import (
    Community,
    GroundRules,
    LeverChoice,
    Membership,
    RuleAgreement,
    Term,
)
from staffroom.conversations.models import Decision, Draft, Mute, Post, ReadMark, Report
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person


@dataclass(frozen=True)
class Facts:
    members: int
    member: bool
    moderated: bool
    moderates: bool
    moderation: str | None
    moderation_here: str | None
    moderation_left: bool | None
    quizzes_here: str | None
    quizzes: str | None
    quizzes_left: bool | None
    read_until: dt.datetime | None
    unread: bool
    pinned: uuid.UUID | None
    pinned_version: int | None
    reports: bool
    words: bool
    draft: bool
    mutes: bool
    proposed: bool
    rules: bool
    agreed: bool

    @property
    def ordinary(self) -> bool:
        """Nothing on the page is this person's own business just now."""
        waits = self.reports or self.words or self.draft or self.mutes or self.proposed
        return not waits and (self.agreed or not self.rules or not self.member)


def facts_of(community: Community, person: Person, room: str) -> Facts:
    """What is so just now, in one query."""
    return Facts(*_FACTS.first(community.pk, person.pk, room))


def _facts(community: uuid.UUID, person: uuid.UUID, room: str) -> QuerySet[Any, Any]:
    """Of the community and of this viewer in it. Columns: `Facts`."""
    here = {"community": OuterRef("pk")}
    members = Membership.objects.filter(**here, state=Membership.State.ACTIVE).order_by()
    terms = Term.objects.filter(**here, starts__isnull=False, ended_at=None)
    choices = LeverChoice.objects.filter(programme=OuterRef("programme"))
    moderation, quizzes = (choices.filter(lever=name) for name in ("moderation", "quizzes"))
    words = Decision.objects.filter(
        Q(post__author=person) | Q(post__anonymous=True),
        post__community=OuterRef("pk"),
        seen_at=None,
        undone_at=None,
    )
    rules = GroundRules.objects.filter(**here)
    versions = GroundRules.objects.filter(community=OuterRef(OuterRef("pk")))
    in_force = versions.filter(in_force_since__isnull=False).order_by("-version").values("pk")[:1]
    pinned = Post.objects.filter(
        **here, room=room, question=None, pinned_at__isnull=False, removed_at=None, hidden_at=None
    ).values("version")
    read_here = ReadMark.objects.filter(
        community=OuterRef("community"), person=person, room=room, question=None
    )
    read = ReadMark.objects.filter(**here, person=person, room=room, question=None).values("until")
    newer = Post.objects.filter(
        **here, room=room, question=None, created_at__gt=Subquery(read_here.values("until")[:1])
    )
    count = members.values("community").annotate(n=Count("pk")).values("n")
    return Community.objects.filter(pk=community).values_list(
        Coalesce(Subquery(count), 0, output_field=IntegerField()),
        Exists(members.filter(person=person)),
        Exists(terms),
        Exists(terms.filter(person=person)),
        Subquery(moderation.filter(community=OuterRef("pk")).values("value")[:1]),
        Subquery(moderation.filter(community=None).values("value")[:1]),
        Subquery(moderation.filter(community=None).values("left_to_community")[:1]),
        Subquery(quizzes.filter(community=OuterRef("pk")).values("value")[:1]),
        Subquery(quizzes.filter(community=None).values("value")[:1]),
        Subquery(quizzes.filter(community=None).values("left_to_community")[:1]),
        Subquery(read[:1]),
        Exists(newer),
        Subquery(pinned.values("pk")[:1]),
        Subquery(pinned[:1]),
        Exists(Report.objects.filter(post__community=OuterRef("pk"), decision=None)),
        Exists(words),
        Exists(Draft.objects.filter(**here, person=person, place=room)),
        Exists(Mute.objects.filter(person=person)),
        Exists(rules.filter(in_force_since=None, withdrawn_at=None)),
        Exists(rules.filter(in_force_since__isnull=False)),
        Exists(RuleAgreement.objects.filter(person=person, rules__in=Subquery(in_force))),
    )


_FACTS = Prepared(_facts, uuid.UUID, uuid.UUID, str)
