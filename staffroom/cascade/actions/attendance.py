"""Writing down who came. However often and by whomever: one attendance a person and day."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.cascade import attendance_codes as codes
from staffroom.cascade.access import can_attend, check_runs
from staffroom.cascade.models import (
    Attendance,
    AttendanceMark,
    Guest,
    How,
    Invitation,
    Said,
    SessionDay,
    TrainingSession,
)
from staffroom.core import audit, ids, limits
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person
from staffroom.places import queries as places
from staffroom.places.imports.names import fold as fold_name

#: Wrong codes an hour, so that nobody finds one by trying.
TRIES = 20


def mark(
    *,
    by: Person,
    day: SessionDay,
    who: Person | Guest,
    said: str,
    how: str = How.LIST,
    reason: str | None = None,
    written_at: dt.datetime | None = None,
) -> Attendance:
    """`said` is present, absent, or empty: what I said before is taken back."""
    check_runs(by, day.session)
    check_day(day)
    check_belongs(day.session, who)
    with transaction.atomic():
        return _write(by, day, who, said, how, reason, written_at or now())


@transaction.atomic
def mark_sheet(
    *,
    by: Person,
    day: SessionDay,
    said: Mapping[uuid.UUID, str],
    roster: Mapping[uuid.UUID, Person | Guest],
    how: str = How.PAPER,
    reasons: Mapping[uuid.UUID, str] | None = None,
    written_at: dt.datetime | None = None,
) -> int:
    """A whole sheet; how many rows say something. All of it or nothing.

    `roster` is who may stand on it: whoever calls has looked that they belong to the session.
    """
    check_runs(by, day.session)
    check_day(day)
    moment, why = written_at or now(), reasons or {}
    for who, word in said.items():
        if who not in roster:
            raise NotYours
        _write(by, day, roster[who], word, how, why.get(who), moment)
    return sum(1 for word in said.values() if word)


@transaction.atomic
def arrive(
    *, person: Person, session: TrainingSession, code: str, written_at: dt.datetime | None = None
) -> SessionDay:
    """ "I am here": with the code of the day, at the moment of writing, whenever it is sent."""
    if not can_attend(person, session):
        raise NotYours
    limits.take("attendance", f"{session.pk} {person.pk}", limit=TRIES, seconds=3600)
    moment = written_at or now()
    zone = ZoneInfo(session.programme.timezone)
    day = session.days.filter(day=moment.astimezone(zone).date()).first()
    if day is None:
        raise Refused(_("This training has no day on that date."), "code")
    check_day(day)
    if not codes.holds(code, day.pk, moment):
        raise Refused(_why_not(session, day, code, moment, zone), "code")
    _write(person, day, person, Said.PRESENT, How.CODE, None, moment)
    return day


def _why_not(
    session: TrainingSession, day: SessionDay, code: str, moment: dt.datetime, zone: ZoneInfo
) -> str:
    given = codes.plain(code)
    if any(codes.of_day(other.pk) == given for other in session.days.exclude(pk=day.pk)):
        return _("This is the code of another day. Scan the one of today.")
    begins = dt.datetime.combine(day.day, dt.time(), zone)
    if codes.was_good(code, day.pk, begins, moment):
        return _("This code is no longer good. Scan the one that is shown now.")
    return _("This is not the code of today. It has six letters and digits.")


@transaction.atomic
def decide(*, by: Person, attendance: Attendance, said: str) -> None:
    """Where marks differ, a trainer says what was; empty: let the marks speak again."""
    session = attendance.day.session
    check_runs(by, session)
    found = _locked(attendance.pk)
    found.decided = said
    found.decided_by, found.decided_at = (by, now()) if said else (None, None)
    _settle(found)
    audit.write("attendance.decided", actor=by, on=found, said=said)


@transaction.atomic
def give_reason(*, by: Person, attendance: Attendance, reason: str) -> None:
    check_runs(by, attendance.day.session)
    attendance.reason = one_line(reason)[:200]
    attendance.save(update_fields=["reason"])
    audit.write("attendance.reason", actor=by, on=attendance)


@transaction.atomic
def add_guest(
    *,
    by: Person,
    day: SessionDay,
    name: str,
    school_words: str = "",
    id: uuid.UUID | None = None,
    how: str = How.LIST,
    written_at: dt.datetime | None = None,
) -> Guest:
    """Somebody who came and whom no account is found for: the name is kept, to be matched later."""
    check_runs(by, day.session)
    check_day(day)
    if id and (known := Guest.objects.filter(pk=id).first()):
        if known.session_id != day.session_id:
            raise NotYours
        return known
    moment = written_at or now()
    guest = _same_guest(day.session, name, school_words)
    if guest is None:
        guest = Guest.objects.create(
            id=id or ids.uuid7(),
            session=day.session,
            name=one_line(name)[:80],
            school_words=one_line(school_words)[:80],
            written_by=by,
            written_at=moment,
        )
        audit.write("attendance.guest_added", actor=by, on=guest)
    _write(by, day, guest, Said.PRESENT, how, None, moment)
    return guest


def _same_guest(session: TrainingSession, name: str, school_words: str) -> Guest | None:
    """Two who key in one sheet write the same name; without a school it may be any of that name."""
    for each in Guest.objects.filter(session=session):
        places_fit = not school_words or fold_name(each.school_words) == fold_name(school_words)
        if places_fit and fold_name(each.name) == fold_name(name):
            return each
    return None


@transaction.atomic
def match_guest(*, by: Person, guest: Guest, person: Person) -> None:
    """The name was this person: what was written down for it is theirs."""
    check_runs(by, guest.session)
    check_belongs(guest.session, person)
    for held in Attendance.objects.filter(guest=guest).select_related("day"):
        kept, _made = Attendance.objects.get_or_create(day=held.day, person=person)
        fold(held, kept)
    audit.write("attendance.guest_matched", actor=by, on=guest, person=person.pk)
    guest.delete()


def fold(held: Attendance, kept: Attendance) -> None:
    """Two rows turn out to be of one person and day: the marks of both stand on one."""
    mine = {each.by_id: each for each in kept.marks.all() if each.by_id}
    for each in held.marks.all():
        rival = mine.get(each.by_id) if each.by_id else None
        if rival is not None and rival.written_at >= each.written_at:
            continue
        if rival is not None:
            rival.delete()
        each.attendance = kept
        each.save(update_fields=["attendance"])
    if not kept.decided and held.decided:
        kept.decided, kept.decided_by_id = held.decided, held.decided_by_id
        kept.decided_at = held.decided_at
    kept.reason = kept.reason or held.reason
    held.delete()
    _settle(kept)


def check_day(day: SessionDay) -> None:
    session = day.session
    if session.state == TrainingSession.State.CANCELLED:
        raise Refused(_("This training was cancelled."))
    if day.day > today(session.programme.timezone):
        raise Refused(_("This day is still to come."))


def check_belongs(session: TrainingSession, who: Person | Guest) -> None:
    """Guests of this session; people who were invited, or who belong to the programme."""
    if isinstance(who, Guest):
        fits = who.session_id == session.pk
    else:
        fits = (
            Invitation.objects.filter(session=session, person=who).exists()
            or places.people_of(session.programme).filter(pk=who.pk).exists()
        )
    if not fits:
        raise NotYours


def _write(
    by: Person,
    day: SessionDay,
    who: Person | Guest,
    said: str,
    how: str,
    reason: str | None,
    moment: dt.datetime,
) -> Attendance:
    """An older word of the same writer, however late it arrives, does not win over a newer."""
    of: dict[str, Any] = {"guest": who} if isinstance(who, Guest) else {"person": who}
    if not said and not Attendance.objects.filter(day=day, **of).exists():
        return Attendance(day=day, **of)
    row, _made = Attendance.objects.get_or_create(day=day, **of)
    row = _locked(row.pk)
    held = AttendanceMark.objects.filter(attendance=row, by=by).first()
    if held is not None and held.written_at > moment:
        return row
    if reason is not None:
        row.reason = one_line(reason)[:200]
    if held is None and not said:
        return row
    AttendanceMark.objects.update_or_create(
        attendance=row,
        by=by,
        defaults={"said": said, "how": how, "written_at": moment, "at": now()},
    )
    if row.decided and row.decided_by_id == by.pk and said:
        row.decided = said  # whoever decided says it anew
    _settle(row)
    if held is None or (held.said, held.how) != (said, how):
        audit.write("attendance.marked", actor=by, on=row, said=said, how=how)
    return row


def _locked(attendance: uuid.UUID) -> Attendance:
    return Attendance.objects.select_for_update().get(pk=attendance)


def _settle(row: Attendance) -> None:
    """What follows from the marks, and from a decision where there is one."""
    marks = [each for each in AttendanceMark.objects.filter(attendance=row) if each.said]
    words = {each.said for each in marks}
    if row.decided:
        row.state = row.decided
    elif len(words) > 1:
        row.state = Attendance.UNCLEAR
    else:
        row.state = words.pop() if words else ""
    fitting = [each.how for each in marks if each.said == row.state]
    row.how = fitting[-1] if fitting else ""
    row.save()
