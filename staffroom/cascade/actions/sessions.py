"""A training session: made, changed, moved, copied, cancelled; and how it went."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.cascade.access import can_run, check_plans
from staffroom.cascade.actions.import_sessions import TRAINS
from staffroom.cascade.models import (
    Invitation,
    SessionDay,
    SessionMaterial,
    SessionSchool,
    SessionTrainer,
    Tier,
    Trainer,
    TrainingSession,
)
from staffroom.cascade.queries import sessions as asking
from staffroom.core import audit
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import clean
from staffroom.core.words import listed
from staffroom.library.models import Resource
from staffroom.people.models import Person
from staffroom.places.calendar import holiday_on
from staffroom.places.models import Programme, School

State = TrainingSession.State
MOST_DAYS = 30


@dataclass(frozen=True)
class Sheet:
    """What is asked of whoever makes a session. `schools`: each gets `places`."""

    title: str
    days: list[dt.date]
    begins: dt.time | None = None
    ends: dt.time | None = None
    tier: str = Tier.TEACHERS
    subject: str = ""
    about: str = ""
    venue: School | None = None
    venue_words: str = ""
    seats: int = 30
    trainers: list[Person] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    places: int = 1


@transaction.atomic
def make(
    *, by: Person, programme: Programme, sheet: Sheet, id: uuid.UUID | None = None
) -> TrainingSession:
    """The same id again finds what it made."""
    check_plans(by, programme)
    known = TrainingSession.objects.filter(pk=id).first() if id else None
    if known is not None:
        if known.programme_id != programme.pk:
            raise NotYours
        return known
    session = TrainingSession(programme=programme, made_by=by, **({"id": id} if id else {}))
    _fill(session, sheet)
    audit.write("session.made", actor=by, on=session)
    return session


@transaction.atomic
def change(*, by: Person, session: TrainingSession, sheet: Sheet) -> TrainingSession:
    """Where the days are others, whoever had said yes is asked again."""
    check_plans(by, session.programme)
    session = TrainingSession.objects.select_for_update().get(pk=session.pk)
    if session.state != State.PLANNED:
        raise Refused(_("It has been held or cancelled; it stays as it is."))
    before = set(session.days.values_list("day", flat=True))
    _fill(session, sheet)
    audit.write("session.changed", actor=by, on=session)
    if before != set(sheet.days):
        session.invitations.filter(state=Invitation.State.ACCEPTED).update(
            state=Invitation.State.SENT, answered_at=None
        )
    return session


def _fill(session: TrainingSession, sheet: Sheet) -> None:
    """One transaction with who calls: everything of the sheet, or a sentence that says what clashes."""
    _check(session, sheet)
    session.title, session.about = one_line(sheet.title), sheet.about.strip()
    session.tier, session.subject, session.seats = sheet.tier, sheet.subject, sheet.seats
    session.venue, session.venue_words = sheet.venue, one_line(sheet.venue_words)
    session.save()
    session.days.exclude(day__in=sheet.days).delete()
    for day in sheet.days:
        SessionDay.objects.update_or_create(
            session=session, day=day, defaults={"begins": sheet.begins, "ends": sheet.ends}
        )
    set_trainers(session, sheet.trainers)
    gone = session.session_schools.exclude(school__in=sheet.schools)
    session.invitations.filter(school__in=list(gone.values_list("school", flat=True))).update(
        state=Invitation.State.WITHDRAWN, note=""
    )
    gone.delete()
    for school in sheet.schools:
        SessionSchool.objects.update_or_create(
            session=session, school=school, defaults={"places": sheet.places}
        )


def _check(session: TrainingSession, sheet: Sheet) -> None:
    if not one_line(sheet.title):
        raise Refused(_("The name is missing."), "title")
    if not sheet.days:
        raise Refused(_("The days are missing."), "days")
    if len(sheet.days) > MOST_DAYS:
        raise Refused(_("At most %(n)s days.") % {"n": MOST_DAYS}, "days")
    for day in sheet.days:
        if free := holiday_on(session.programme, day):
            raise Refused(
                _("%(day)s is free: %(name)s.") % {"day": day.isoformat(), "name": free.name},
                "days",
            )
    if sheet.begins and sheet.ends and sheet.ends <= sheet.begins:
        raise Refused(_("It would end before it starts."), "ends")
    if sheet.venue and (
        held := asking.room_taken(session, sheet.days, sheet.venue, one_line(sheet.venue_words))
    ):
        raise Refused(
            _("On these days there is already: %(titles)s. Write another room.")
            % {"titles": listed(held)},
            "venue_words",
        )
    taken = asking.clashes([session.pk], sheet.days, [person.pk for person in sheet.trainers])
    if taken:
        raise Refused(
            _("On these days they train elsewhere: %(who)s.") % {"who": listed(taken)}, "trainers"
        )
    if sheet.places * len(sheet.schools) > sheet.seats:
        raise Refused(
            _("%(n)s places for schools are more than %(seats)s seats.")
            % {"n": sheet.places * len(sheet.schools), "seats": sheet.seats},
            "seats",
        )


def set_trainers(session: TrainingSession, people: Iterable[Person]) -> None:
    wanted = {person.pk: person for person in people}
    links = {
        link.trainer.person_id: link for link in session.session_trainers.select_related("trainer")
    }
    for known, link in links.items():
        if known is not None and known not in wanted:
            link.delete()
    for pk, person in wanted.items():
        if pk not in links:
            trainer, _made = Trainer.objects.get_or_create(
                programme=session.programme, plan=session.plan, person=person,
                kind=TRAINS[Tier(session.tier)], subject=session.subject,
            )  # fmt: skip
            SessionTrainer.objects.create(session=session, trainer=trainer)


@transaction.atomic
def cancel(*, by: Person, session: TrainingSession, reason: str) -> None:
    """Whoever was asked reads it on Today, with the reason."""
    check_plans(by, session.programme)
    session = TrainingSession.objects.select_for_update().get(pk=session.pk)
    if session.state != State.PLANNED:
        raise Refused(_("It has been held or cancelled; it stays as it is."))
    session.state, session.changed = State.CANCELLED, clean(reason, most=600, field="reason")
    session.save(update_fields=["state", "changed"])
    audit.write("session.cancelled", actor=by, on=session)


@transaction.atomic
def tell(*, by: Person, session: TrainingSession, otherwise: str = "") -> TrainingSession:
    """It was held: as planned, or otherwise and why. Said again, the last word stands."""
    if not can_run(by, session):
        raise NotYours
    session = TrainingSession.objects.select_for_update().get(pk=session.pk)
    if session.state == State.CANCELLED:
        raise Refused(_("It was cancelled."))
    first = session.days.order_by("day").values_list("day", flat=True).first()
    if first is None or first > today(session.programme.timezone):
        raise Refused(_("It has not begun yet."))
    session.changed = clean(otherwise, most=600, field="otherwise", blank=True)
    session.state, session.delivered_at = State.DELIVERED, session.delivered_at or now()
    session.save(update_fields=["changed", "state", "delivered_at"])
    audit.write("session.delivered", actor=by, on=session)
    return session


@transaction.atomic
def give_out(*, by: Person, session: TrainingSession, resources: Iterable[Any]) -> None:
    """These resources of the programme's library, and no others, belong to the session."""
    if not can_run(by, session):
        raise NotYours
    found = Resource.objects.filter(
        programme=session.programme_id, for_all=True, removed_at=None, hidden_at=None,
        pk__in=list(resources),
    )  # fmt: skip
    SessionMaterial.objects.filter(session=session).exclude(resource__in=found).delete()
    for resource in found:
        SessionMaterial.objects.get_or_create(session=session, resource=resource)
    audit.write("session.materials", actor=by, on=session)
