"""What may wait for a person today, in one query: most of it tells what need not be asked.

Each column is true where there is something, or where there might be: whether a thing is really
shown, and to whom, is decided by the query of its own room, wall included.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Q, QuerySet

from staffroom.communities.models import (
    Community,
    Election,
    GroundRules,
    Membership,
    Term,
)
from staffroom.communities.queries.waiting import WELCOME_LASTS
from staffroom.conversations.models import Decision, Mention, Post, Report, Unsealing
from staffroom.conversations.queries.news import RISES
from staffroom.core.clock import now
from staffroom.core.ids import NOBODY
from staffroom.core.prepared import Ids, Prepared
from staffroom.facilitation.models import Word
from staffroom.library.models import Hearing, NoteCredit
from staffroom.notices.queries.digests import LASTS, unseen
from staffroom.people.models import Person
from staffroom.places.models import Appointment, on_date
from staffroom.rhythm.models import Asking, Recognition
from staffroom.rhythm.queries.challenge import TOLD, calling


@dataclass(frozen=True)
class Calls:
    office: bool
    requests: bool
    community_asks: bool  # invitations, offers, votes, rules, a welcome
    words: bool
    reports: bool
    opened: bool
    mentions: bool
    answered: bool
    unanswered: bool
    heard: bool
    credits: bool
    desk: bool  # moderates a community
    told: bool  # a word for this person alone
    recognised: bool
    challenged: bool
    missed: bool
    digest: bool


def calls_of(person: Person, communities: list[Community]) -> Calls:
    """`communities`: those whose words the person may read. Asked by their ids, the posts of a country
    are not looked through."""
    at = now()
    ids = [each.pk for each in communities] or [NOBODY]
    moments = (at - RISES, at - WELCOME_LASTS, at, at - TOLD, at - LASTS)
    parts = _CALLS.rows(person.pk, ids, at.date(), *moments)
    return Calls(*(any(column) for column in zip(*parts, strict=True)))


def _calls(
    person: uuid.UUID,
    mine: list[uuid.UUID],
    day: dt.date,
    risen: dt.datetime,
    welcomed: dt.datetime,
    at: dt.datetime,
    told: dt.datetime,
    sent: dt.datetime,
) -> QuerySet[Any, Any]:
    active = Membership.objects.filter(person=person, state=Membership.State.ACTIVE)
    questions = Post.objects.filter(
        community__in=mine,
        kind=Post.Kind.QUESTION,
        created_at__gt=risen,
        removed_at=None,
        hidden_at=None,
    )
    own = Q(author=person) | Q(anonymous=True)
    asks = (
        Exists(active.filter(joined_at__gt=welcomed, introduced_at=None, approvals__isnull=False))
        | Exists(Membership.objects.filter(person=person, state="invited"))
        | Exists(Term.objects.filter(person=person, starts=None, accepted_at=None, ended_at=None))
        | Exists(Election.objects.filter(community__in=mine, counted_at=None))
        | Exists(
            GroundRules.objects.filter(community__in=mine, withdrawn_at=None).exclude(
                agreements__person=person
            )
        )
    )
    return Person.objects.filter(pk=person).values_list(
        Exists(Appointment.objects.filter(on_date(day), person=person)),
        Exists(Membership.objects.filter(state="requested", community__in=mine)),
        asks,
        Exists(
            Decision.objects.filter(
                Q(post__community__in=mine),
                Q(post__author=person) | Q(post__anonymous=True),
                seen_at=None,
            )
        ),
        Exists(Report.objects.filter(post__community__in=mine, decision=None)),
        Exists(Unsealing.objects.filter(opened_at__isnull=False, told_at=None)),
        Exists(Mention.objects.filter(person=person, seen_at=None)),
        Exists(questions.filter(own, answer_count__gt=0)),
        Exists(questions.filter(answer_count=0, solved_at=None).exclude(author=person)),
        Exists(Hearing.objects.filter(person=person, seen_at=None)),
        Exists(NoteCredit.objects.filter(person=person, answer=NoteCredit.Answer.WAITING)),
        Exists(Term.objects.filter(person=person, starts__isnull=False, ended_at=None)),
        Exists(Word.objects.filter(person=person, seen_at=None)),
        Exists(Recognition.objects.filter(about=person, state=Recognition.State.WAITING)),
        Exists(calling(active, at, told)),
        Exists(Asking.objects.filter(person=person, is_open=True)),
        Exists(unseen(person, sent)),
    )


_CALLS = Prepared(_calls, uuid.UUID, Ids, dt.date, *[dt.datetime] * 5)
