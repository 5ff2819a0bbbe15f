"""Visits and return sessions in what reaches every room: Today, *Me*, taken along, forgotten."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.cascade.access import can_run
from staffroom.cascade.hooks import returns
from staffroom.cascade.hooks.lines import session_lines
from staffroom.cascade.models import (
    SupportVisit,
    TrainingSession,
    VisitAnswer,
    VisitPause,
)
from staffroom.cascade.queries import visits as asking
from staffroom.core import hooks
from staffroom.core.clock import today
from staffroom.core.retention import Rule
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places.access import PLANNERS
from staffroom.places.models import Appointment, on_date

Row = dict[str, str]
State = SupportVisit.State


def today_rows(person: Person, communities: Sequence[Any]) -> list[Row]:
    """A visit that is near or asked, words unread, a next step that is due."""
    rows = returns.today_rows(person)
    if asking.calls(person):
        rows += [_today_row(person, each) for each in asking.calling(person)]
    return rows[:3]


def _today_row(person: Person, visit: SupportVisit) -> Row:
    icon, title = _says(person, visit)
    other = visit.visitor if visit.teacher_id == person.pk else visit.teacher
    day = date_format(visit.day, "j F")
    return {
        "url": reverse("visit", args=[visit.pk]),
        "icon": icon,
        "title": title,
        "text": listed([other.first_name if other else "", day]),
    }


def _says(person: Person, visit: SupportVisit) -> tuple[str, str]:
    mine = visit.teacher_id == person.pk
    if visit.state == State.ASKED:
        return "cal", _("May I visit you? You choose the focus")
    if visit.state == State.AGREED:
        near = visit.day <= today(visit.programme.timezone)
        return "cal", _("A support visit today") if near else _("A support visit tomorrow")
    if mine and visit.read_version < visit.version:
        return "book", _("Please read what was written")
    if not mine and visit.answered_at and visit.answer_read_at is None:
        return "say", _("The teacher has answered")
    return "tried", _("A next step is due")


def me_entries(person: Person) -> list[Row]:
    """For whoever visits, is visited, or was trained; and the office's counts."""
    rows = []
    shown = asking.is_visitor(person) or asking.of_person(person).exists()
    if shown or person.training_invitations.exists():
        rows.append(
            {
                "url": reverse("visits"),
                "group": "work",
                "icon": "cal",
                "title": _("Support visits"),
                "text": _("Help in school after a training; between two people"),
            }
        )
    if Appointment.objects.filter(on_date(today()), person=person, role__in=PLANNERS).exists():
        rows.append(
            {
                "url": reverse("visit_figures"),
                "group": "work",
                "icon": "map",
                "title": _("Support visits by circle"),
                "text": _("Counts of whole circles"),
            }
        )
    return rows


def lines(request: HttpRequest, session: TrainingSession) -> list[Row]:
    """On a training session's page: its return session, to plan, to bring something to, to lead."""
    person: Person = request.user  # type: ignore[assignment]
    return returns.lines(person, session, may_run=can_run(person, session))


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Both have it all: what was written and what was answered."""
    pause = VisitPause.objects.filter(person=person)
    return {
        "support_visits": [_exported(person, each) for each in asking.of_person(person)],
        "no_visits_before": [dict(row) for row in pause.values("until")],
        **returns.export(person),
    }


def _exported(person: Person, visit: SupportVisit) -> dict[str, Any]:
    return {
        "as": "teacher" if visit.teacher_id == person.pk else "visitor",
        "day": visit.day,
        "state": visit.state,
        "focus": visit.focus,
        **visit.words(),
        "next_day": visit.next_day,
        "came_of_it": visit.next_said,
        "answers": list(visit.answers.values("part", "text", "disagrees", "take_out", "at")),
        "before": list(visit.versions.values("number", "words", "at")),
    }


def erase(person: Person, keep_contributions: bool) -> None:
    """A teacher's visits go. A visitor's name goes; the words too, unless they may stay."""
    SupportVisit.objects.filter(teacher=person).delete()
    VisitPause.objects.filter(person=person).delete()
    mine = SupportVisit.objects.filter(visitor=person)
    mine.filter(state__in=[State.ASKED, State.AGREED]).update(state=State.OFF)
    if not keep_contributions:
        for visit in mine:
            visit.versions.all().delete()
        mine.update(seen="", offered="", next_step="")
        VisitAnswer.objects.filter(visit__in=mine).update(take_out="")
    mine.update(visitor=None)
    returns.erase(person, keep_contributions)


def merge_people(keep: Person, drop: Person) -> None:
    """Nobody visits themselves; one pause a person."""
    both = [keep, drop]
    SupportVisit.objects.filter(visitor__in=both, teacher__in=both).delete()
    if VisitPause.objects.filter(person=keep).exists():
        VisitPause.objects.filter(person=drop).delete()
    returns.merge_people(keep, drop)


def _old(before: dt.datetime) -> QuerySet[SupportVisit]:
    """By the day of the visit, and of a next step that lies later."""
    day = before.date()
    past = Q(next_day=None) | Q(next_day__lte=day)
    return SupportVisit.objects.filter(past, made_at__lt=before, day__lte=day)


def _over(before: dt.datetime) -> QuerySet[VisitPause]:
    return VisitPause.objects.filter(at__lt=before, until__lte=before.date())


def rules() -> list[Rule]:
    return [
        Rule(
            "support_visits",
            gettext_lazy("Support visits: what was agreed, seen, offered, and answered"),
            gettext_lazy("For the teacher and the visitor, while they work on it"),
            days=365,
            least=30,
            most=730,
            due=_old,
        ),
        Rule(
            "visit_pauses",
            gettext_lazy("That a teacher wants no support visit for a while"),
            gettext_lazy("So that nobody asks"),
            days=1,
            most=30,
            due=_over,
        ),
        *returns.rules(),
    ]


def register() -> None:
    session_lines.add(lines)
    hooks.today_rows.add(today_rows)
    hooks.me_entries.add(me_entries)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
