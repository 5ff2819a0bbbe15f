"""How a programme's week was: whole figures of many communities, or none.

A figure stands for at least ten members and five contributors of at least three communities; none
where one person made more than half of it or two more than three quarters, nor where one community
made more than half. The week is closed before it is counted, and counted once.
"""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from staffroom.communities.models import Community, Membership
from staffroom.conversations.models import Post
from staffroom.places.models import Programme
from staffroom.rhythm.figures import Figure, shares_of, tells_of_nobody

COMMUNITIES = 3
A_DAY = dt.timedelta(days=1)


@dataclass
class Counted:
    """How much was done in which communities, and by whom; people never leave this module."""

    done: int = 0
    people: list[uuid.UUID | None] = field(default_factory=list)
    places: Counter[uuid.UUID] = field(default_factory=Counter)

    def add(self, community: uuid.UUID, person: uuid.UUID | None) -> None:
        self.done += 1
        self.people.append(person)
        self.places[community] += 1

    def tells(self, members: int) -> bool:
        if len(self.places) < COMMUNITIES or max(self.places.values()) * 2 > self.done:
            return False
        return tells_of_nobody(Figure(self.done, None, shares_of(self.people)), members)


def figures_of(programme: Programme, monday: dt.date) -> dict[str, Any]:
    """By name: `asked`, `answered` (within a day, of the questions asked), `solved`."""
    zone = ZoneInfo(programme.timezone)
    since, until = (
        dt.datetime.combine(day, dt.time(), zone) for day in (monday, monday + 7 * A_DAY)
    )
    here = Community.objects.filter(programme=programme, stage=Community.Stage.OPEN)
    members = Membership.objects.filter(community__in=here, state=Membership.State.ACTIVE)
    size = members.order_by().values("person").distinct().count()
    questions = Post.objects.filter(
        community__in=here, kind=Post.Kind.QUESTION, removed_at=None, hidden_at=None
    )
    asked, answered = _asked_and_answered(
        questions.filter(created_at__gte=since, created_at__lt=until)
    )
    solved = _solved(questions.filter(solved_at__gte=since, solved_at__lt=until))
    told: dict[str, Any] = {}
    if asked.tells(size):
        told["asked"] = asked.done
        if answered.tells(size):
            told["answered"] = answered.done
    if solved.tells(size):
        told["solved"] = solved.done
    return told


def _asked_and_answered(questions: Any) -> tuple[Counted, Counted]:
    asked, answered = Counted(), Counted()
    known: dict[uuid.UUID, tuple[dt.datetime, uuid.UUID | None]] = {}
    for pk, community, at, author in questions.values_list(
        "pk", "community", "created_at", "author"
    ):
        known[pk] = (at, author)
        asked.add(community, author)
    done: set[uuid.UUID] = set()
    for question, community, at, author in _answers(questions):
        asked_at, asker = known[question]
        if author != asker and at <= asked_at + A_DAY and question not in done:
            done.add(question)
            answered.add(community, author)
    return asked, answered


def _answers(questions: Any) -> Any:
    """The first come first, so that whoever was first is who counts."""
    rows = Post.objects.filter(
        question__in=questions.values("pk"), author__isnull=False, removed_at=None, hidden_at=None
    )
    return rows.order_by("created_at", "pk").values_list(
        "question", "community", "created_at", "author"
    )


def _solved(questions: Any) -> Counted:
    """Counted by whoever answered first, since a question is solved by its answers."""
    solved = Counted()
    places = dict(questions.values_list("pk", "community"))
    first: dict[uuid.UUID, uuid.UUID] = {}
    for question, _community, _at, author in _answers(questions):
        first.setdefault(question, author)
    for question, community in places.items():
        solved.add(community, first.get(question))
    return solved
