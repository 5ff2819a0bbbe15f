"""Attendance and certificates: taken along, forgotten, merged, kept for as long as said."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.cascade import attendance_sheet
from staffroom.cascade.access import can_attend, can_run
from staffroom.cascade.actions.attendance import fold
from staffroom.cascade.hooks.lines import session_lines
from staffroom.cascade.models import (
    Attendance,
    AttendanceMark,
    Certificate,
    Guest,
    TrainingSession,
)
from staffroom.core import hooks
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.places import lists
from staffroom.places.supervision import has_supervising_place


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The days, what was written down about them, and the certificates."""
    came = Attendance.objects.filter(person=person).select_related("day__session")
    wrote = AttendanceMark.objects.filter(by=person).select_related("attendance__day__session")
    return {
        "training_attendance": [
            {
                "session": row.day.session.title,
                "day": row.day.day,
                "state": row.state,
                "how": row.how,
                "reason": row.reason,
            }
            for row in came.order_by("day__day")
        ],
        "training_attendance_written": [
            {
                "session": mark.attendance.day.session.title,
                "day": mark.attendance.day.day,
                "how": mark.how,
                "written": mark.written_at,
            }
            for mark in wrote.order_by("written_at")
        ],
        "training_certificates": [
            {
                "title": each.title,
                "name": each.name,
                "code": each.code_shown,
                "days": each.days,
                "of_days": each.of_days,
                "last_day": each.last_day,
                "given": each.issued_at,
                "withdrawn": each.withdrawn_at,
                "withdrawn_why": each.withdrawn_why,
            }
            for each in Certificate.objects.filter(person=person).order_by("issued_at")
        ],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    """The days and certificates go; what the person wrote about others stays, and does not say who."""
    Attendance.objects.filter(person=person).delete()
    Certificate.objects.filter(person=person).delete()
    AttendanceMark.objects.filter(by=person).update(by=None)
    Attendance.objects.filter(decided_by=person).update(decided_by=None)
    Guest.objects.filter(written_by=person).update(written_by=None)
    Certificate.objects.filter(issued_by=person).update(issued_by=None)
    Certificate.objects.filter(withdrawn_by=person).update(withdrawn_by=None)


def merge_people(keep: Person, drop: Person) -> None:
    """Two accounts of one person: one attendance a day, with what was written about either."""
    for held in Attendance.objects.filter(person=drop).select_related("day"):
        mine = Attendance.objects.filter(day=held.day_id, person=keep).first()
        if mine is not None:
            fold(held, mine)


def rules() -> list[Rule]:
    return [
        Rule(
            "certificates",
            gettext_lazy("Certificates of training"),
            gettext_lazy("So that whoever holds one can show for years that it is good"),
            days=3650,
            least=365,
            most=14600,
            due=lambda before: Certificate.objects.filter(issued_at__lt=before),
        )
    ]


def me_entries(person: Person) -> list[dict[str, str]]:
    entries = []
    if has_supervising_place(person):
        entries.append(
            {
                "url": reverse("school_attendance"),
                "group": "work",
                "icon": "cal",
                "title": _("Training of our teachers"),
                "text": _("Who came, at the schools I look after"),
            }
        )
    return entries


def lines(request: HttpRequest, session: TrainingSession) -> list[dict[str, str]]:
    """What the page of a training session links to: {"url", "icon", "title", "text"}."""
    person: Person = request.user  # type: ignore[assignment]
    found = []
    if can_attend(person, session):
        found.append(
            {
                "url": reverse("attendance_here", args=[session.pk]),
                "icon": "pin",
                "title": _("I am here"),
                "text": _("With the code that hangs in the hall"),
            }
        )
    if can_run(person, session):
        found.append(
            {
                "url": reverse("attendance", args=[session.pk]),
                "icon": "tick",
                "title": _("Attendance"),
                "text": _("Who came, day by day; also without signal"),
            }
        )
        found.append(
            {
                "url": reverse("attendance_certificates", args=[session.pk]),
                "icon": "stamp",
                "title": _("Certificates"),
                "text": _("For whoever came on enough days"),
            }
        )
    return found


def register() -> None:
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
    hooks.me_entries.add(me_entries)
    session_lines.add(lines)
    lists.add(
        lists.List(
            "attendance", gettext_lazy("Attendance at training"),
            gettext_lazy("Who came to which session; a sheet comes back on the page of its session"),
            attendance_sheet.table,
        )
    )  # fmt: skip
