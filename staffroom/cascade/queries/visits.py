"""Support visits as their two people see them. Every query begins with the person."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import F, Max, Q, QuerySet

from staffroom.cascade.models import (
    Invitation,
    SessionTrainer,
    SupportVisit,
    TrainingSession,
    VisitPause,
)
from staffroom.cascade.queries.came import came
from staffroom.communities import offices
from staffroom.core.clock import today
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person
from staffroom.places import queries as places
from staffroom.places import supervision
from staffroom.places.models import Appointment, Posting, on_date

State = SupportVisit.State
#: A first visit is due so long after the last day of a training.
SIX_WEEKS = dt.timedelta(weeks=6)
#: A training longer ago calls nobody any more.
LONG_AGO = dt.timedelta(weeks=26)
MOST = 60


@dataclass(frozen=True)
class Due:
    """A teacher of one's reach whom one has not visited since the training."""

    person: Person
    school: str
    session: TrainingSession
    ended: dt.date

    @property
    def by(self) -> dt.date:
        return self.ended + SIX_WEEKS


def of_person(person: Person) -> QuerySet[SupportVisit]:
    """The visits in which this person is one of the two."""
    mine = SupportVisit.objects.filter(Q(visitor=person) | Q(teacher=person))
    return mine.select_related("visitor", "teacher", "school", "programme", "training")


def visit_of(person: Person, visit: uuid.UUID) -> SupportVisit | None:
    return of_person(person).filter(pk=visit).first()


def coming(person: Person) -> list[SupportVisit]:
    """What is asked or agreed, the next first; from a month ago on, so that none is forgotten."""
    since = today() - dt.timedelta(days=31)
    waits = of_person(person).filter(state__in=[State.ASKED, State.AGREED], day__gte=since)
    return list(waits.order_by("day", "at", "pk")[:MOST])


def held(person: Person) -> QuerySet[SupportVisit]:
    return of_person(person).filter(state=State.HELD).order_by("-day", "-pk")


def paused_until(person: Person) -> dt.date | None:
    """Until when this teacher wants no visit."""
    found = VisitPause.objects.filter(person=person, until__gt=today()).first()
    return found.until if found else None


def trained_by(person: Person) -> QuerySet[TrainingSession]:
    """The sessions that the person led, and all others of the same circles."""
    mine = TrainingSession.objects.filter(session_trainers__trainer__person=person)
    rows = mine.values_list("circle", "cluster__circle")
    circles = {each for row in rows for each in row if each is not None}
    around = Q(circle__in=circles) | Q(cluster__circle__in=circles)
    return TrainingSession.objects.filter(Q(pk__in=mine.values("pk")) | around)


def reach(visitor: Person) -> QuerySet[Invitation]:
    """Whom this person may support: who came to a training, as their invitations.

    Of one's own sessions and circles; those one supervises; those whose school lies where one is
    appointed as trainer or adviser.
    """
    training = TrainingSession.objects.filter(kind=TrainingSession.Kind.TRAINING)
    who = Q(session__in=trained_by(visitor).values("pk")) | Q(
        person__in=supervision.supervised_by(visitor)
    )
    for each in offices.appointments(visitor, offices.TRAINER, offices.ADVISER):
        there = Posting.objects.filter(on_date(today()), school__programme=each.programme_id)
        if each.area_id is not None:
            areas = supervision.descendants({each.area_id}, today())
            there = there.filter(school__in=places.schools_in(areas).values("pk"))
        who |= Q(person__in=there.values("person"), session__programme=each.programme_id)
    return came(training).filter(who).exclude(person=visitor)


def may_visit(visitor: Person, teacher: Person) -> bool:
    return reach(visitor).filter(person=teacher, person__is_active=True).exists()


def is_visitor(person: Person) -> bool:
    """Whether there is anybody whom this person may support, or a visit of theirs."""
    if SupportVisit.objects.filter(visitor=person).exists():
        return True
    return _might(person) and reach(person).exists()


def _might(person: Person) -> bool:
    """One query for the many who visit nobody."""
    return bool(_MIGHT.rows(person.pk, today()))


_MIGHT = Prepared(
    lambda person, day: (
        Person.objects.filter(pk=person)
        .filter(
            Q(
                pk__in=SessionTrainer.objects.filter(trainer__person=person).values(
                    "trainer__person"
                )
            )
            | supervision.supervising_place(person, day)
            | Q(appointments__in=_posts(person, day))
        )
        .values_list("pk")[:1]
    ),
    uuid.UUID,
    dt.date,
)


def _posts(person: uuid.UUID, day: dt.date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        on_date(day), person=person, role__in=[offices.TRAINER, offices.ADVISER]
    )


def due(visitor: Person) -> list[Due]:
    """Whom to visit, whose training is longest ago first. Only one's own visits count: what others
    did is not told. Who wants no visit now is not in it."""
    day = today()
    asked = (
        reach(visitor)
        .filter(person__is_active=True)
        .exclude(person__in=VisitPause.objects.filter(until__gt=day).values("person"))
        .annotate(ended=Max("session__days__day"))
        .filter(ended__lte=day, ended__gt=day - LONG_AGO)
        .select_related("person", "session", "school")
        .order_by("ended", "person__name", "pk")
    )
    latest: dict[uuid.UUID, dt.date] = {}
    mine = SupportVisit.objects.filter(visitor=visitor).exclude(
        state__in=[State.DECLINED, State.OFF]
    )
    for teacher, at in mine.values_list("teacher_id", "day"):
        latest[teacher] = max(at, latest.get(teacher, at))
    found: dict[uuid.UUID, Due] = {}
    for each in asked:
        ended: dt.date = each.ended
        if latest.get(each.person_id, dt.date.min) < ended:
            school = each.school.name if each.school else ""
            found[each.person_id] = Due(each.person, school, each.session, ended)
    return sorted(found.values(), key=lambda one: (one.ended, one.person.name))[:MOST]


def training_of(visitor: Person, teacher: Person) -> Invitation | None:
    """The latest training of this teacher that brings the visitor there."""
    rows = reach(visitor).filter(person=teacher).annotate(ended=Max("session__days__day"))
    return rows.select_related("session__programme", "school").order_by("-ended", "-pk").first()


def calling(person: Person) -> list[SupportVisit]:
    """What may stand on Today: a visit near or asked, words unread, a next step that is due."""
    found = _calling(person.pk, *_days()).order_by("day", "pk")
    return list(found.select_related("visitor", "teacher", "programme")[:9])


def calls(person: Person) -> bool:
    """One query for the many for whom nothing waits."""
    return bool(_CALLS.rows(person.pk, *_days()))


def _days() -> tuple[dt.date, dt.date, dt.date]:
    """Today, tomorrow, a week ago."""
    day = today()
    return day, day + dt.timedelta(days=1), day - dt.timedelta(days=7)


def _calling(
    person: uuid.UUID, day: dt.date, tomorrow: dt.date, week: dt.date
) -> QuerySet[SupportVisit]:
    teacher, visitor = Q(teacher=person), Q(visitor=person)
    waits = teacher & Q(state=State.ASKED, day__gte=day)
    near = (teacher | visitor) & Q(state=State.AGREED, day__range=(day, tomorrow))
    unread = teacher & Q(state=State.HELD, read_version__lt=F("version"))
    answered = visitor & Q(state=State.HELD, answered_at__isnull=False, answer_read_at=None)
    step = (teacher | visitor) & Q(
        state=State.HELD, next_done_at=None, next_day__range=(week, tomorrow)
    )
    return SupportVisit.objects.filter(waits | near | unread | answered | step)


_CALLS = Prepared(
    lambda *values: _calling(*values).values_list("pk")[:1], uuid.UUID, dt.date, dt.date, dt.date
)
