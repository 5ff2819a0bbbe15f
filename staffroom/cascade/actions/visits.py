"""Planning a support visit: nothing begins without the teacher's yes to the focus."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.cascade.models import SupportVisit, VisitPause
from staffroom.cascade.queries import visits as asking
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.ids import uuid7
from staffroom.core.texts import bounded
from staffroom.people.models import Person

MAX_FOCUS = 300
State = SupportVisit.State
#: As far ahead as one plans.
AHEAD = dt.timedelta(days=180)


@transaction.atomic
def plan(
    *,
    by: Person,
    teacher: Person,
    day: dt.date,
    at: dt.time | None = None,
    focus: str = "",
    id: uuid.UUID | None = None,
) -> SupportVisit:
    """Ask a teacher for a visit, with a focus or without: then the teacher names one."""
    training = asking.training_of(by, teacher)
    if training is None or teacher.pk == by.pk:
        raise NotYours
    programme = training.session.programme
    _check_day(day, programme.timezone)
    until = asking.paused_until(teacher)
    if until and day < until:
        raise Refused(
            _("%(name)s asks for no visit just now. Choose a later day.")
            % {"name": teacher.first_name},
            "day",
        )
    if id and (known := SupportVisit.objects.filter(pk=id).first()):
        return _mine(known.visitor_id == by.pk, known)
    living = SupportVisit.objects.filter(visitor=by, teacher=teacher, day__gte=today())
    if living.filter(state__in=[State.ASKED, State.AGREED]).exists():
        raise Refused(_("A visit is planned already. Change its day or focus instead."), "day")
    visit = SupportVisit(
        id=id or uuid7(),
        programme=programme,
        visitor=by,
        teacher=teacher,
        school=training.school,
        training=training.session,
        day=day,
        at=at,
        focus=_focus(focus),
    )
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        known = SupportVisit.objects.get(pk=visit.pk)
        return _mine(known.visitor_id == by.pk, known)
    audit.write("visit.asked", actor=by, on=visit)
    outbox.put("visit.asked", visit=str(visit.pk))
    return visit


@transaction.atomic
def agree(*, by: Person, visit: SupportVisit, focus: str = "") -> None:
    """The teacher's yes: to the focus that stands there, or to another of the teacher's own."""
    held = hold(visit)
    check_teacher(by, held)
    _check_planned(held)
    chosen = _focus(focus) or held.focus
    if not chosen:
        raise Refused(_("Write what you would like help with."), "focus")
    held.focus, held.state, held.agreed_at = chosen, State.AGREED, now()
    held.save(update_fields=["focus", "state", "agreed_at"])
    audit.write("visit.agreed", actor=by, on=held)
    outbox.put("visit.agreed", visit=str(held.pk))


@transaction.atomic
def decline(*, by: Person, visit: SupportVisit, until: dt.date | None = None) -> None:
    """Not now: the visit is off, and until that day nobody asks."""
    held = hold(visit)
    check_teacher(by, held)
    _check_planned(held)
    held.state = State.DECLINED
    held.save(update_fields=["state"])
    audit.write("visit.declined", actor=by, on=held)
    if until is not None:
        pause(by=by, until=until, zone=held.programme.timezone)


@transaction.atomic
def pause(*, by: Person, until: dt.date | None, zone: str = "UTC") -> None:
    """A teacher wants no visit before a day; without a day, visits are welcome again."""
    if until is None or until <= today(zone):
        VisitPause.objects.filter(person=by).delete()
        audit.write("visit.welcome", actor=by)
        return
    if until > today(zone) + AHEAD:
        raise Refused(_("Please choose a day within half a year."), "until")
    VisitPause.objects.update_or_create(person=by, defaults={"until": until, "at": now()})
    audit.write("visit.paused", actor=by)


@transaction.atomic
def change(
    *, by: Person, visit: SupportVisit, day: dt.date, at: dt.time | None = None, focus: str = ""
) -> None:
    """The visitor moves the visit or proposes another focus; a new focus or day needs a new yes."""
    held = hold(visit)
    check_visitor(by, held)
    _check_planned(held)
    _check_day(day, held.programme.timezone)
    said = _focus(focus)
    same = said == held.focus and day == held.day
    held.day, held.at, held.focus = day, at, said
    if not same:
        held.state, held.agreed_at = State.ASKED, None
    held.save(update_fields=["day", "at", "focus", "state", "agreed_at"])
    audit.write("visit.changed", actor=by, on=held)


@transaction.atomic
def call_off(*, by: Person, visit: SupportVisit) -> None:
    held = hold(visit)
    check_visitor(by, held)
    _check_planned(held)
    held.state = State.OFF
    held.save(update_fields=["state"])
    audit.write("visit.called_off", actor=by, on=held)


def hold(visit: SupportVisit) -> SupportVisit:
    """The row, held; whoever asks for it has been checked against it anew."""
    rows = SupportVisit.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=visit.pk)


def check_teacher(by: Person, visit: SupportVisit) -> None:
    _mine(visit.teacher_id == by.pk, visit)


def check_visitor(by: Person, visit: SupportVisit) -> None:
    _mine(visit.visitor_id == by.pk, visit)


def _mine(mine: bool, visit: SupportVisit) -> SupportVisit:
    if not mine:
        raise NotYours
    return visit


def _check_planned(visit: SupportVisit) -> None:
    if visit.state == State.HELD:
        raise Refused(_("This visit has been held. What was agreed stays as it is."))
    if visit.state not in {State.ASKED, State.AGREED}:
        raise Refused(_("This visit is off. Plan a new one."))


def _check_day(day: dt.date, zone: str) -> None:
    here = today(zone)
    if day < here:
        raise Refused(_("This day has passed. Choose one that is to come."), "day")
    if day > here + AHEAD:
        raise Refused(_("Please choose a day within half a year."), "day")


def _focus(text: str) -> str:
    return bounded(one_line(text), MAX_FOCUS, "focus")
