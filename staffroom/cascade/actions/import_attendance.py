"""A filled-in sheet: all of it or nothing, and the same sheet again changes nothing."""

import uuid

from django.db import transaction

from staffroom.cascade.access import check_runs
from staffroom.cascade.actions import attendance as acts
from staffroom.cascade.attendance_sheet import guest_named
from staffroom.cascade.models import AttendanceMark, How, SessionDay, TrainingSession
from staffroom.core import audit
from staffroom.core.errors import NotYours
from staffroom.people.models import Person


@transaction.atomic
def import_lines(
    *, by: Person, session: TrainingSession, lines: list[dict[str, str]]
) -> dict[str, int]:
    """Write the lines that `attendance_sheet.read` found good; how many are new, or as before."""
    check_runs(by, session)
    days = {str(day.pk): day for day in session.days.select_related("session__programme")}
    counts = {"new": 0, "same": 0}
    people = {
        str(person.pk): person
        for person in Person.objects.filter(pk__in=[uuid.UUID(x["who"]) for x in lines if x["who"]])
    }
    for line in lines:
        if line["day"] not in days or (line["who"] and line["who"] not in people):
            raise NotYours
        counts["new" if _write(by, days[line["day"]], people, line) else "same"] += 1
    audit.write("attendance.imported", actor=by, on=session, rows=counts["new"])
    return counts


def _write(by: Person, day: SessionDay, people: dict[str, Person], line: dict[str, str]) -> bool:
    """Whether it says something that this writer had not said."""
    who = people.get(line["who"]) or guest_named(day.session, line["name"])
    reason = line["reason"] or None
    if who is None:
        acts.add_guest(by=by, day=day, name=line["name"], school_words=line["school"], how=How.FILE)
        return True
    field = "person" if isinstance(who, Person) else "guest"
    marks = AttendanceMark.objects.filter(
        by=by, attendance__day=day, **{f"attendance__{field}": who}
    )
    if marks.filter(said=line["said"]).exists():
        return False
    acts.mark(by=by, day=day, who=who, said=line["said"], how=How.FILE, reason=reason)
    return True
