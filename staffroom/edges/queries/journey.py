"""One person's part in each own community, term after term: worked out when that person looks, kept nowhere."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.utils.formats import date_format

from staffroom.communities.models import Community, Membership, Term
from staffroom.communities.wall import readable_by
from staffroom.conversations import sealed
from staffroom.conversations.models import Helped, Post, ReadMark, Thanks
from staffroom.core.clock import today
from staffroom.methods.health.journey import Acts, Level, level
from staffroom.people.models import Person
from staffroom.places.models import SchoolTerm

#: So many terms back are shown.
MOST_TERMS = 6
Weeks = dict[uuid.UUID, set[int]]


@dataclass(frozen=True)
class Span:
    """A school term; a quarter of the year where none is known."""

    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Step:
    name: str
    level: Level


@dataclass(frozen=True)
class Journey:
    community: Community
    steps: tuple[Step, ...]


def journeys(person: Person) -> list[Journey]:
    """By community, the newest term first; the same few queries however much was said."""
    came: dict[uuid.UUID, dt.date] = {}
    communities: dict[uuid.UUID, Community] = {}
    for membership in (
        Membership.objects.filter(
            person=person,
            state=Membership.State.ACTIVE,
            community__in=readable_by(person).values("pk"),
        )
        .select_related("community__programme")
        .order_by("community__name")
    ):
        communities[membership.community_id] = membership.community
        came[membership.community_id] = (membership.joined_at or membership.asked_at).date()
    done = _Done(person, list(communities))
    terms = _school_terms({each.programme_id for each in communities.values()})
    return [
        Journey(each, _steps(done, pk, came[pk], terms[each.programme_id], today(each.timezone)))
        for pk, each in communities.items()
    ]


def _steps(
    done: "_Done", community: uuid.UUID, came: dt.date, terms: list[Span], now: dt.date
) -> tuple[Step, ...]:
    spans = [
        span for span in terms or _quarters(came, now) if span.first <= now and span.last >= came
    ]
    return tuple(
        Step(span.name, level(done.acts(community, span, came, now)))
        for span in spans[-MOST_TERMS:][::-1]
    )


class _Done:
    """In which weeks the person did what, in each community."""

    def __init__(self, person: Person, communities: list[uuid.UUID]) -> None:
        self.wrote, self.marked, self.read = (defaultdict(set) for _ in range(3))
        here = Post.objects.filter(community__in=communities)
        for community, at in here.filter(author=person).values_list("community", "created_at"):
            self.wrote[community].add(_week(at.date()))
        nameless = here.filter(anonymous=True)
        own = sealed.among(person, nameless.order_by().values("pk"))
        for community, at in here.filter(pk__in=own).values_list("community", "created_at"):
            self.wrote[community].add(_week(at.date()))
        for kind in (Helped, Thanks):
            marks = kind.objects.filter(person=person, post__community__in=communities)
            for community, at in marks.values_list("post__community", "at"):
                self.marked[community].add(_week(at.date()))
        self.until: dict[uuid.UUID, int] = {}
        marks_of_reading = ReadMark.objects.filter(person=person, community__in=communities)
        for community, question, until in marks_of_reading.values_list(
            "community", "question", "until"
        ):
            week = _week(until.date())
            self.read[community].add(week)
            if question is None:
                self.until[community] = max(week, self.until.get(community, week))
        self.served: dict[uuid.UUID, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
        for community, starts, ended in Term.objects.filter(
            person=person, community__in=communities, starts__isnull=False
        ).values_list("community", "starts", "ended_at"):
            begun = starts.date() if starts else dt.date.max
            self.served[community].append((begun, ended.date() if ended else None))

    def acts(self, community: uuid.UUID, span: Span, came: dt.date, now: dt.date) -> Acts:
        first, last = max(span.first, came), min(span.last, now)
        weeks = set(range(_week(first), _week(last) + 1))
        # A room is read from where one came to the mark.
        through = (
            set(range(_week(came), self.until[community] + 1)) if community in self.until else set()
        )
        return Acts(
            weeks=len(weeks),
            since=max(0, _week(last) - _week(came)),
            wrote=len(weeks & self.wrote[community]),
            marked=len(weeks & self.marked[community]),
            read=len(weeks & (self.read[community] | through)),
            served=any(
                starts <= last and (ended is None or ended >= first)
                for starts, ended in self.served[community]
            ),
        )


def _week(day: dt.date) -> int:
    return day.toordinal() // 7


def _school_terms(programmes: set[uuid.UUID]) -> dict[uuid.UUID, list[Span]]:
    found: dict[uuid.UUID, list[Span]] = {each: [] for each in programmes}
    for term in SchoolTerm.objects.filter(programme__in=programmes).order_by("first_day"):
        found[term.programme_id].append(Span(term.name, term.first_day, term.last_day))
    return found


def _quarters(came: dt.date, now: dt.date) -> list[Span]:
    spans = []
    day = dt.date(came.year, (came.month - 1) // 3 * 3 + 1, 1)
    while day <= now:
        after = dt.date(day.year + (day.month == 10), (day.month + 2) % 12 + 1, 1)
        last = after - dt.timedelta(days=1)
        name = f"{date_format(day, 'F')} – {date_format(last, 'F Y')}"
        spans.append(Span(name, day, last))
        day = after
    return spans
