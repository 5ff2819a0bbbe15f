"""The ways to training: under *Me*, on Today; what is told by a note."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from staffroom.cascade.models import Attendance, Invitation, SessionTrainer, TrainingSession
from staffroom.cascade.queries import sessions as asking
from staffroom.communities.models import Community
from staffroom.core import hooks
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places.access import PLANNERS
from staffroom.places.models import Appointment, on_date

Row = dict[str, str]


def me_entries(person: Person) -> list[Row]:
    rows = []
    asked = Invitation.objects.filter(person=person).exists()
    if asked or Attendance.objects.filter(person=person).exists():
        rows.append(
            _entry(
                "my_training",
                "mine",
                "today",
                _("My training"),
                _("Coming and past, where and why"),
            )
        )
    if SessionTrainer.objects.filter(trainer__person=person).exists():
        rows.append(
            _entry(
                "my_sessions",
                "work",
                "talk",
                _("What I train"),
                _("Sessions, plans, how they went"),
            )
        )
    office = Appointment.objects.filter(on_date(today()), person=person, role__in=PLANNERS)
    if office.exists():
        rows.append(
            _entry(
                "training",
                "work",
                "today",
                _("Training sessions"),
                _("Make them, invite, see who comes"),
            )
        )
    return rows


def _entry(name: str, group: str, icon: str, title: str, text: str) -> Row:
    return {"url": reverse(name), "group": group, "icon": icon, "title": title, "text": text}


def today_rows(person: Person, communities: list[Community]) -> list[Row]:
    """What is to be answered, what comes within a week, what has not been told."""
    rows: list[Any] = []
    day = today()
    for each in asking.coming(person)[:3]:
        first = each.first
        url = reverse("training_session", args=[each.session_id])
        when = date_format(first, "l j F")
        if each.session.state == TrainingSession.State.CANCELLED:
            if each.state != Invitation.State.DECLINED:
                title = _("Cancelled: %(title)s") % {"title": each.session.title}
                rows.append(_row(url, title, each.session.changed[:120]))
        elif each.state == Invitation.State.SENT:
            rows.append(
                _row(url, _("You are invited: %(title)s") % {"title": each.session.title}, when)
            )
        elif each.state == Invitation.State.ACCEPTED and (first - day).days <= 7:
            rows.append(_row(url, each.session.title, when))
    for session in asking.untold(person, day)[:1]:
        url = reverse("training_told", args=[session.pk])
        rows.append(_row(url, _("How did it go?"), session.title))
    return rows[:3]


def _row(url: str, title: str, text: str) -> Row:
    return {"url": url, "icon": "today", "title": title, "text": text}


def register() -> None:
    hooks.me_entries.add(me_entries)
    hooks.today_rows.add(today_rows)
