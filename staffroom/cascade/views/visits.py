"""My visits: whom to visit, when, and what is agreed. Two people see each of them."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from staffroom.cascade import access_visits
from staffroom.cascade.actions import visits as acts
from staffroom.cascade.forms.visits import Focus, NotNow, Plan
from staffroom.cascade.models import SupportVisit
from staffroom.cascade.queries import visits as asking
from staffroom.cascade.views.visits_common import READS_AND_WRITES, Request, pace, page, sent_id
from staffroom.cascade.visit_calendar import calendar
from staffroom.core import access, flash
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.core.paging import paged
from staffroom.people.models import Person


@require_safe
@access.signed_in
def visits(request: Request) -> HttpResponse:
    """What is planned and what was written, of both sides."""
    return page(
        request,
        "visits/list",
        coming=asking.coming(request.user),
        visitor=asking.is_visitor(request.user),
        until=asking.paused_until(request.user),
        welcome=request.user.training_invitations.exists(),
        **paged(request, asking.held(request.user)),
    )


@require_safe
@access_visits.visitor
def whom(request: Request) -> HttpResponse:
    """Whom to visit: trained in one's circle, and not visited since by oneself."""
    return page(request, "visits/whom", due=asking.due(request.user))


@READS_AND_WRITES
@access_visits.visitor
def new(request: Request, teacher: uuid.UUID) -> HttpResponse:
    person = Person.objects.filter(pk=teacher, is_active=True).first()
    if person is None or not asking.may_visit(request.user, person):
        raise NotYours
    form = Plan(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            pace(request)
            made = acts.plan(
                by=request.user, teacher=person, id=sent_id(request), **form.cleaned_data
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Asked. It begins with the teacher’s yes."))
            return redirect("visit", made.pk)
    context = {"teacher": person, "new_id": sent_id(request) or uuid7()}
    return page(request, "visits/plan", form=form, **context)


@require_safe
@access_visits.at_visit
def visit(request: Request, visit: uuid.UUID) -> HttpResponse:
    """All of it, to both alike."""
    found: SupportVisit = request.visit
    mine = found.teacher_id == request.user.pk
    return page(
        request,
        "visits/visit",
        visit=found,
        is_teacher=mine,
        other=found.visitor if mine else found.teacher,
        parts=parts_of(found),
        versions=list(found.versions.order_by("-number")),
        here=today(found.programme.timezone),
        unread=_unread(found, mine),
        form=Focus() if mine else None,
    )


def parts_of(visit: SupportVisit) -> list[dict[str, Any]]:
    """Each part with its heading and the teacher's answer."""
    titles = {
        "seen": _("What was seen"),
        "offered": _("What was offered"),
        "next_step": _("Next step"),
    }
    said = {each.part: each for each in visit.answers.all()}
    return [
        {"key": key, "title": title, "text": getattr(visit, key), "answer": said.get(key)}
        for key, title in titles.items()
    ]


def _unread(visit: SupportVisit, mine: bool) -> bool:
    if mine:
        return visit.read_version < visit.version
    return visit.answered_at is not None and visit.answer_read_at is None


@READS_AND_WRITES
@access_visits.visited
def focus(request: Request, visit: uuid.UUID) -> HttpResponse:
    """The teacher's yes: to what stands there, or to another focus."""
    found: SupportVisit = request.visit
    form = Focus(request.POST if "focus" in request.POST else None, initial={"focus": found.focus})
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        chosen = form.cleaned_data["focus"] if form.is_bound else ""
        try:
            acts.agree(by=request.user, visit=found, focus=chosen)
        except Refused as refusal:
            form = Focus(request.POST)
            form.is_valid()
            form.refuse(refusal)
        else:
            flash.say(request, _("Agreed. Only that is looked at."))
            return redirect("visit", found.pk)
    return page(request, "visits/focus", form=form, visit=found)


@READS_AND_WRITES
@access_visits.visited
def decline(request: Request, visit: uuid.UUID) -> HttpResponse:
    found: SupportVisit = request.visit
    later = today(found.programme.timezone) + dt.timedelta(weeks=4)
    form = NotNow(request.POST if request.method == "POST" else None, initial={"until": later})
    if request.method == "POST" and form.is_valid():
        try:
            acts.decline(by=request.user, visit=found, until=form.cleaned_data["until"])
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("This visit is off. No reason is asked."))
            return redirect("visits")
    return page(request, "visits/not_now", form=form, visit=found)


@READS_AND_WRITES
@access.signed_in
def not_now(request: Request) -> HttpResponse:
    """A teacher wants no visits for a while, or welcomes them again."""
    form = NotNow(
        request.POST if request.method == "POST" else None,
        initial={"until": asking.paused_until(request.user)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.pause(by=request.user, until=form.cleaned_data["until"])
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Saved."))
            return redirect("visits")
    return page(request, "visits/not_now", form=form, visit=None)


@READS_AND_WRITES
@access_visits.visits_here
def change(request: Request, visit: uuid.UUID) -> HttpResponse:
    found: SupportVisit = request.visit
    said = {"day": found.day, "at": found.at, "focus": found.focus}
    form = Plan(request.POST if request.method == "POST" else None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change(by=request.user, visit=found, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Saved."))
            return redirect("visit", found.pk)
    return page(request, "visits/plan", form=form, teacher=found.teacher, visit=found)


@require_POST
@access_visits.visits_here
def call_off(request: Request, visit: uuid.UUID) -> HttpResponse:
    try:
        acts.call_off(by=request.user, visit=request.visit)
    except Refused as refusal:
        flash.say(request, refusal.message)
    return redirect("visits")


@require_safe
@access.signed_in
def as_calendar(request: Request) -> HttpResponse:
    """The visits to come, for the calendar of one's own phone."""
    answer = HttpResponse(
        calendar(request.user, asking.coming(request.user)),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="visits.ics"'
    answer["Cache-Control"] = "no-store"
    return answer
