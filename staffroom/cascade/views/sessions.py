"""Training sessions: the office's list, one session, one's own; made, changed, told."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from staffroom.cascade import calendars
from staffroom.cascade.access import at_session, can_plan, can_run, planner, runs_session
from staffroom.cascade.actions import sessions as acts
from staffroom.cascade.forms.sessions import TIERS, CancelForm, SessionForm, TellForm
from staffroom.cascade.hooks.lines import session_lines
from staffroom.cascade.models import Invitation, SessionMaterial, TrainingSession
from staffroom.cascade.queries import sessions as asking
from staffroom.core import access, flash
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import Form
from staffroom.core.ids import NOBODY, from_short
from staffroom.core.paging import paged
from staffroom.library.models import Resource
from staffroom.people.models import Person
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places.imports.geo import km_between
from staffroom.places.views.common import ask

WHEN = ("coming", "past", "cancelled")


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]


@require_safe
@planner
def listed(request: HttpRequest) -> HttpResponse:
    when = request.GET.get("when", "coming")
    when = when if when in WHEN else "coming"
    words = request.GET.get("q", "").strip()[:80]
    found = asking.of_programme(request.programme, when, words)  # type: ignore[attr-defined]
    tabs = zip(WHEN, (_("Coming"), _("Past"), _("Cancelled")), strict=True)
    context = paged(request, found) | {"when": when, "words": words, "tabs": list(tabs)}
    return render(request, "cascade/sessions.html", context)


@require_safe
@access.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    rows = list(asking.invitations_of(_me(request)).order_by("-first"))
    day = today()
    for row in rows:
        vars(row)["km"] = _km(row)
    context = {
        "coming": [row for row in rows[::-1] if row.last and row.last >= day],
        "past": [row for row in rows if not row.last or row.last < day],
    }
    return render(request, "cascade/my_training.html", context)


@require_safe
@access.signed_in
def train(request: HttpRequest) -> HttpResponse:
    found = asking.of_trainer(_me(request)).select_related("venue")
    day = today()
    context = {
        "untold": list(asking.untold(_me(request), day)),
        "coming": list(found.filter(last__gte=day).order_by("first")[:50]),
        "past": list(found.filter(last__lt=day).order_by("-last")[:50]),
    }
    return render(request, "cascade/my_sessions.html", context)


def _km(invitation: Invitation) -> float | None:
    """From the teacher's school to the venue."""
    one, other = invitation.school, invitation.session.venue
    if not one or not other or one.latitude is None or other.latitude is None:
        return None
    if one.longitude is None or other.longitude is None:
        return None
    km = km_between((one.latitude, one.longitude), (other.latitude, other.longitude))
    return round(km, 1)


@require_safe
@at_session
def one(request: HttpRequest, training: uuid.UUID) -> HttpResponse:
    session: TrainingSession = request.training  # type: ignore[attr-defined]
    person = _me(request)
    mine = asking.invitations_of(person).filter(session=session).first()
    runs = can_run(person, session)
    days = list(session.days.all())
    context: dict[str, Any] = {
        "session": session,
        "days": days,
        "tier": TIERS.get(session.tier, ""),  # type: ignore[call-overload]
        "subject": SUBJECTS.get(session.subject, ""),
        "trainers": [
            link.trainer.person
            for link in session.session_trainers.select_related("trainer__person")
            if link.trainer.person
        ],
        "mine": mine,
        "why": asking.why_words(mine) if mine else "",
        "km": _km(mine) if mine else None,
        "materials": materials_of(session)
        .filter(resource__removed_at=None, resource__hidden_at=None)
        .select_related("resource"),
        "runs": runs,
        "plans": can_plan(person, session.programme),
        "begun": bool(days) and days[0].day <= today(session.programme.timezone),
        "over": bool(days) and days[-1].day < today(session.programme.timezone),
        "lines": [
            line for part in session_lines.call(request=request, session=session) for line in part
        ],
    }
    if runs:
        context["asked"] = _asked(session)
    return render(request, "cascade/session.html", context)


def _asked(session: TrainingSession) -> list[Invitation]:
    found = (
        session.invitations.exclude(state=Invitation.State.WITHDRAWN)
        .select_related("person", "school", "session")
        .order_by("school__name", "person__name")
    )
    rows = list(found)
    for row in rows:
        vars(row)["why_said"] = asking.why_words(row)
    return rows


def materials_of(session: TrainingSession) -> QuerySet[SessionMaterial]:
    return SessionMaterial.objects.filter(session=session)


def _sheet(fields: dict[str, Any]) -> acts.Sheet:
    return acts.Sheet(**fields)


@planner
def new(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    copied = TrainingSession.objects.filter(
        programme=programme, pk=_id(request.GET.get("like", ""))
    ).first()
    initial = _initial(copied) | {"days": ""} if copied else {}
    form = SessionForm(request.POST or None, programme=programme, initial=initial)
    return ask(
        request,
        form,
        lambda **fields: acts.make(by=_me(request), programme=programme, sheet=_sheet(fields)),
        title=_("New training session"),
        do=_("Make it"),
        back=reverse("training"),
        said=_("The session is there. Invite people next."),
    )


def _id(text: str) -> uuid.UUID:
    try:
        return from_short(text)
    except ValueError:
        return NOBODY


def _initial(session: TrainingSession) -> dict[str, Any]:
    day = session.days.first()
    links = session.session_schools.select_related("school")
    trainers = session.session_trainers.select_related("trainer__person")
    return {
        "title": session.title,
        "about": session.about,
        "tier": session.tier,
        "subject": session.subject,
        "days": ", ".join(each.day.isoformat() for each in session.days.all()),
        "begins": day and day.begins,
        "ends": day and day.ends,
        "venue": session.venue.code if session.venue else "",
        "venue_words": session.venue_words,
        "seats": session.seats,
        "trainers": ", ".join(link.trainer.person.name for link in trainers if link.trainer.person),
        "schools": "\n".join(link.school.code for link in links),
        "places": max((link.places for link in links), default=1),
    }


@planner
def edit(request: HttpRequest, training: uuid.UUID) -> HttpResponse:
    session = _mine(request, training)
    form = SessionForm(request.POST or None, programme=session.programme, initial=_initial(session))
    return ask(
        request,
        form,
        lambda **fields: acts.change(by=_me(request), session=session, sheet=_sheet(fields)),
        title=_("Change the session"),
        fact=session.title,
        note=_("When the days change, whoever had said yes is asked again."),
        do=_("Save"),
        back=reverse("training_session", args=[session.pk]),
        said=_("Saved."),
    )


def _mine(request: HttpRequest, training: uuid.UUID) -> TrainingSession:
    programme = request.programme  # type: ignore[attr-defined]
    found = TrainingSession.objects.filter(programme=programme, pk=training)
    session = found.select_related("programme", "venue").first()
    if session is None:
        raise NotYours
    return session


@planner
def cancel(request: HttpRequest, training: uuid.UUID) -> HttpResponse:
    session = _mine(request, training)
    return ask(
        request,
        CancelForm(request.POST or None),
        lambda reason: acts.cancel(by=_me(request), session=session, reason=reason),
        title=_("Cancel the session"),
        fact=session.title,
        do=_("Cancel it"),
        back=reverse("training_session", args=[session.pk]),
        said=_("Cancelled. Whoever was invited reads it on Today."),
    )


@runs_session
def told(request: HttpRequest, training: uuid.UUID) -> HttpResponse:
    """Held as planned, or otherwise; sent from the phone's outbox where there is no signal."""
    session: TrainingSession = request.training  # type: ignore[attr-defined]
    form: Form = TellForm(request.POST or None, initial={"otherwise": session.changed})
    if request.method == "POST" and form.is_valid():
        try:
            acts.tell(by=_me(request), session=session, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Written down."))
            return redirect("training_session", training)
    status = 422 if request.method == "POST" else 200
    return render(request, "cascade/told.html", {"form": form, "session": session}, status=status)


@runs_session
def materials(request: HttpRequest, training: uuid.UUID) -> HttpResponse:
    session: TrainingSession = request.training  # type: ignore[attr-defined]
    if request.method == "POST":
        chosen = [_id(text) for text in request.POST.getlist("resource")]
        acts.give_out(by=_me(request), session=session, resources=chosen)
        flash.say(request, _("Saved."))
        return redirect("training_session", training)
    words = request.GET.get("q", "").strip()[:80]
    given = materials_of(session).values("resource")
    open_ones = Resource.objects.filter(
        programme=session.programme, for_all=True, removed_at=None, hidden_at=None
    )
    found = open_ones.exclude(pk__in=given)
    if words:
        found = found.filter(title__icontains=words)
    elif session.subject:
        found = found.filter(subjects__contains=session.subject)
    context = {
        "session": session,
        "words": words,
        "given": open_ones.filter(pk__in=given).order_by("title"),
        "found": found.order_by("title")[:40],
    }
    return render(request, "cascade/materials.html", context)


@require_safe
@at_session
def calendar(request: HttpRequest, training: uuid.UUID) -> HttpResponse:
    session: TrainingSession = request.training  # type: ignore[attr-defined]
    answer = HttpResponse(
        calendars.of_session(session), content_type="text/calendar; charset=utf-8"
    )
    name = slugify(session.title) or "training"
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer
