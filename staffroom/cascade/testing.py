"""Tests, fidelity and feedback as hosts of instruments: who may make, read, answer, change them."""

import datetime as dt
import uuid

from django.db.models import Max

from staffroom.cascade.access import can_attend, can_plan, check_plans, trains
from staffroom.cascade.models import (
    Invitation,
    SessionTrainer,
    TestSitting,
    TrainingForm,
    TrainingSession,
)
from staffroom.core.clock import today
from staffroom.core.errors import NotYours
from staffroom.instruments.models import Instrument
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.places.supervision import supervised_by

FORMS, DAY = "training", "training_day"
#: So long after the last day answers are taken; then figures are told, and change no more.
OPEN_FOR = dt.timedelta(days=7)


class FormHost:
    """The forms of a programme's training: the office writes them, who is at a session answers."""

    def check_make(self, by: Person, host_id: uuid.UUID, kind: str) -> None:
        programme = Programme.objects.filter(pk=host_id).first()
        if programme is None:
            raise NotYours
        check_plans(by, programme)

    def check_read(self, by: Person, instrument: Instrument) -> None:
        self.check_make(by, instrument.host_id, instrument.kind)

    def check_answer(self, by: Person, instrument: Instrument) -> None:
        """At which session is asked by the action, which knows it."""
        here = {"session__programme": instrument.host_id}
        asked = Invitation.objects.filter(person=by, **here)
        if asked.exclude(state=Invitation.State.WITHDRAWN).exists():
            return
        if not SessionTrainer.objects.filter(trainer__person=by, **here).exists():
            self.check_make(by, instrument.host_id, instrument.kind)

    def check_change(self, by: Person, instrument: Instrument) -> None:
        self.check_make(by, instrument.host_id, instrument.kind)


class DayHost:
    """The feedback of one session: a copy of the programme's form, which nobody changes."""

    def check_make(self, by: Person, host_id: uuid.UUID, kind: str) -> None:
        raise NotYours

    def check_read(self, by: Person, instrument: Instrument) -> None:
        self.check_answer(by, instrument)

    def check_answer(self, by: Person, instrument: Instrument) -> None:
        session = TrainingSession.objects.filter(pk=instrument.host_id).first()
        if session is None or not can_attend(by, session):
            raise NotYours

    def check_change(self, by: Person, instrument: Instrument) -> None:
        raise NotYours


def last_day(session: TrainingSession) -> dt.date | None:
    day: dt.date | None = session.days.aggregate(last=Max("day"))["last"]
    return day or (session.delivered_at.date() if session.delivered_at else None)


def may_sit_after(session: TrainingSession, day: dt.date) -> bool:
    """From the last day on."""
    last = last_day(session)
    return last is not None and day >= last


def is_shut(session: TrainingSession, day: dt.date | None = None) -> bool:
    last = last_day(session)
    return last is not None and (day or today(session.programme.timezone)) > last + OPEN_FOR


def form_in_use(programme: Programme, use: str, subject: str = "") -> TrainingForm | None:
    """The newest published one: of this subject, else of every subject."""
    published = TrainingForm.objects.filter(
        programme=programme, use=use, instrument__versions__published_at__isnull=False
    ).select_related("instrument")
    for each in dict.fromkeys((subject, "")):
        if found := published.filter(subject=each).order_by("-made_at", "-pk").first():
            return found
    return None


def test_of(session: TrainingSession) -> Instrument | None:
    """The test of this session. Once somebody has sat it, it stays the same one."""
    sat = (
        TestSitting.objects.filter(session=session)
        .order_by("made_at")
        .select_related("instrument")
        .first()
    )
    if sat is not None:
        return sat.instrument
    form = form_in_use(session.programme, TrainingForm.Use.TEST, session.subject)
    return form.instrument if form else None


def supervises_here(person: Person, session: TrainingSession) -> bool:
    """Whether this person supervises anybody who is invited: then no figure is for them."""
    below = supervised_by(person)
    return bool(below) and session.invitations.filter(person__in=below).exists()


def can_see_learned(person: Person, session: TrainingSession) -> bool:
    """The session's own trainers alone, and none who supervises anybody in it; not the office.

    From figures by session the office could tell one trainer's effect.
    """
    return trains(person, session) and not supervises_here(person, session)


def may_observe(person: Person, session: TrainingSession) -> bool:
    return trains(person, session) or can_plan(person, session.programme)
