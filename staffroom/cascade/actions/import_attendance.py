"""A filled-in sheet: all of it or nothing, and the same sheet again changes nothing."""

import uuid

from django.db import transaction

from staffroom.cascade.access import check_runs
from staffroom.cascade.actions import attendance as acts
from staffroom.cascade.attendance_sheet import guest_named
from staffroom.cascade.models import AttendanceMark, Guest, How, SessionDay, TrainingSession
from staffroom.core import audit
from staffroom.core.errors import NotYours
from staffroom.people.models import Person

Line = dict[str, str]


@transaction.atomic
def import_lines(*, by: Person, session: TrainingSession, lines: list[Line]) -> dict[str, int]:
    """Write the lines that `attendance_sheet.read` found good; how many are new, or as before."""
    check_runs(by, session)
    days = {str(day.pk): day for day in session.days.all()}
    wanted = {uuid.UUID(line["who"]) for line in lines if line["who"]}
    people = {str(each.pk): each for each in Person.objects.filter(pk__in=wanted, erased_at=None)}
    if any(line["day"] not in days for line in lines) or len(people) < len(wanted):
        raise NotYours
    new = 0
    for key, day in days.items():
        day.session = session
        new += _day(by, day, people, [line for line in lines if line["day"] == key])
    audit.write("attendance.imported", actor=by, on=session, rows=new)
    return {"new": new, "same": len(lines) - new}


def _day(by: Person, day: SessionDay, people: dict[str, Person], lines: list[Line]) -> int:
    """The lines of one day; how many say something that this writer had not said."""
    marks = AttendanceMark.objects.filter(by=by, attendance__day=day).exclude(said="")
    known = {
        person or guest: said
        for person, guest, said in marks.values_list(
            "attendance__person_id", "attendance__guest_id", "said"
        )
    }
    roster: dict[uuid.UUID, Person | Guest] = {}
    said: dict[uuid.UUID, str] = {}
    reasons: dict[uuid.UUID, str] = {}
    for line in lines:
        who = people.get(line["who"]) or _guest(by, day, line)
        if known.get(who.pk) == line["said"]:
            continue
        roster[who.pk], said[who.pk] = who, line["said"]
        if line["reason"]:
            reasons[who.pk] = line["reason"]
    if said:
        acts.mark_sheet(by=by, day=day, said=said, roster=roster, how=How.FILE, reasons=reasons)
    return len(said)


def _guest(by: Person, day: SessionDay, line: Line) -> Guest:
    return guest_named(day.session, line["name"]) or acts.add_guest(
        by=by, day=day, name=line["name"], school_words=line["school"], how=How.FILE
    )
