"""Tests are sat, keyed in from paper; a day's feedback is given; fidelity is noted."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.cascade.access import can_attend, check_runs
from staffroom.cascade.models import Fidelity, TestSitting, TrainingForm, TrainingSession
from staffroom.cascade.testing import (
    DAY,
    OPEN_FOR,
    form_in_use,
    is_shut,
    last_day,
    may_sit_after,
    test_of,
)
from staffroom.core import audit
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.instruments import actions as instruments
from staffroom.instruments.models import Instrument, Version
from staffroom.instruments.queries.current import newest
from staffroom.people.models import Person
from staffroom.places.supervision import supervises

OCCASIONS = ("before", "after")


@transaction.atomic
def sit(
    *,
    by: Person,
    person: Person,
    session: TrainingSession,
    occasion: str,
    values: Mapping[str, Any],
) -> TestSitting:
    """Keep a person's answers before or after. The same once more changes nothing.

    `by` is the person, or a trainer who keys in the paper of one whom they do not supervise.
    """
    session = _held(session)
    _check_sits(by, person, session)
    version = _version(test_of(session))
    sitting = TestSitting.objects.filter(session=session, person=person).first() or TestSitting(
        session=session, person=person, instrument=version.instrument
    )
    if occasion not in OCCASIONS:
        raise Refused(_("Say whether this is from before or from after."), "occasion")
    if getattr(sitting, f"{occasion}_id"):
        return sitting
    _check_in_time(session, sitting, occasion)
    # Kept as the person's own answers: they are, whoever keyed them in.
    done = instruments.answer(by=person, version=version, values=values, id=uuid7())
    if done.finished_at is None:
        raise Refused(_("Please answer every question; leave out what may be left out."))
    setattr(sitting, occasion, done)
    setattr(sitting, f"{occasion}_keyed_by", by if by != person else None)
    sitting.save()
    if by != person:
        audit.write("test.keyed_in", actor=by, on=session, occasion=occasion)
    return sitting


def _held(session: TrainingSession) -> TrainingSession:
    rows = TrainingSession.objects.select_for_update(of=("self",)).select_related("programme")
    held = rows.filter(pk=session.pk).first()
    if held is None:
        raise NotYours
    if held.state == TrainingSession.State.CANCELLED:
        raise Refused(_("This session was cancelled: nothing is to be filled in."))
    return held


def _check_sits(by: Person, person: Person, session: TrainingSession) -> None:
    if not can_attend(person, session):
        raise NotYours
    if by == person:
        return
    check_runs(by, session)
    if supervises(by, person):
        raise Refused(
            _("You supervise this colleague. Please let another trainer key this paper in."),
            "person",
        )


def _check_in_time(session: TrainingSession, sitting: TestSitting, occasion: str) -> None:
    zone = session.programme.timezone
    if is_shut(session):
        raise Refused(_("The test of this session is over: no more answers are taken."))
    if occasion == "before":
        if sitting.after_id:
            raise Refused(_("You have answered the test from after already. It stays so."))
    elif not may_sit_after(session, today(zone)):
        raise Refused(_("The test from after opens on the last day of the session."))


def _version(instrument: Instrument | None) -> Version:
    found = newest(instrument) if instrument else None
    if found is None:
        raise Refused(_("There is no test for this session."))
    return found


@transaction.atomic
def give_feedback(*, by: Person, session: TrainingSession, values: Mapping[str, Any]) -> None:
    """A participant says how the day was, without a name. It may be changed until the end."""
    session = _held(session)
    if not can_attend(by, session):
        raise NotYours
    if is_shut(session) or not may_sit_after(session, today(session.programme.timezone)):
        raise Refused(_("How it was is asked on the last day and for a week after."))
    instruments.answer(by=by, version=_copy(session), values=values)


def _copy(session: TrainingSession) -> Version:
    """The session's own copy of the feedback form: made with the first answer, held by the session."""
    known = feedback_of(session)
    if known is not None:
        return known
    form = form_in_use(session.programme, TrainingForm.Use.FEEDBACK)
    original = newest(form.instrument) if form else None
    if original is None:
        raise Refused(_("There is no form for this yet."))
    last = last_day(session)
    items = list(original.items.all())
    made = Instrument.objects.create(
        kind=Instrument.Kind.SURVEY,
        host=DAY,
        host_id=session.pk,
        secret=True,
        zone=session.programme.timezone,
        ends_on=last + OPEN_FOR if last else None,
        item_count=len(items),
    )
    version = Version.objects.create(
        instrument=made,
        title=original.title,
        about=original.about,
        language=original.language,
        published_at=now(),
    )
    for item in items:
        item.pk, item.version = uuid7(), version
        item._state.adding = True
        item.save()
    return version


def feedback_of(session: TrainingSession) -> Version | None:
    return (
        Version.objects.filter(instrument__host=DAY, instrument__host_id=session.pk)
        .select_related("instrument")
        .first()
    )


@transaction.atomic
def note_fidelity(*, by: Person, session: TrainingSession, values: Mapping[str, Any]) -> Fidelity:
    """A trainer or an observer says what of the session was done as designed; once."""
    session = _held(session)
    check_runs(by, session)
    if known := Fidelity.objects.filter(session=session, person=by).first():
        return known
    if not may_sit_after(session, today(session.programme.timezone)):
        raise Refused(_("What was done is noted from the last day of the session on."))
    form = form_in_use(session.programme, TrainingForm.Use.FIDELITY)
    version = newest(form.instrument) if form else None
    if version is None:
        raise Refused(_("There is no form for this yet."))
    done = instruments.answer(by=by, version=version, values=values, id=uuid7())
    made = Fidelity.objects.create(session=session, person=by, response=done)
    audit.write("training.fidelity", actor=by, on=session)
    return made
