"""Plans of a cascade: the list, a plan, what stands in its way, its trainers."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from staffroom.cascade import cascade_words as words
from staffroom.cascade.access import planner
from staffroom.cascade.actions import cascade as acts
from staffroom.cascade.cascade_picture import picture
from staffroom.cascade.forms.cascade import CascadeForm, ChoicesForm
from staffroom.cascade.models import CascadePlan, Trainer, TrainingSession
from staffroom.cascade.planning import Choices
from staffroom.core import flash, heartbeat
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.core.tables import download
from staffroom.people.models import Person
from staffroom.places import queries
from staffroom.places.models import ClusterPlan

PATIENCE = 20  # seconds without a worker before we say so


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]


def plan_of(request: HttpRequest, cascade_plan: uuid.UUID) -> CascadePlan:
    programme = request.programme  # type: ignore[attr-defined]
    plans = CascadePlan.objects.filter(programme=programme, pk=cascade_plan)
    found = plans.select_related("programme", "clusters").first()
    if found is None:
        raise NotYours
    return found


@require_safe
@planner
def plans(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    ready = ClusterPlan.objects.filter(programme=programme, clusters__isnull=False).exists()
    found = CascadePlan.objects.filter(programme=programme).select_related("clusters")
    return render(request, "cascade/plans.html", {"plans": found, "ready": ready})


@planner
def new(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    form = CascadeForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.create(
                by=_me(request), programme=programme, clusters=form.cleaned_data["clusters"],
                name=form.cleaned_data["name"], choices=form.asked(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("cascade_progress", made.pk)
    return _ask(request, form, _("Plan a cascade"), reverse("cascades"))


def _ask(request: HttpRequest, form: ChoicesForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    status = 422 if request.method == "POST" else 200
    return render(request, "cascade/plan_form.html", context, status=status)


@planner
def again(request: HttpRequest, cascade_plan: uuid.UUID) -> HttpResponse:
    """Other choices; or, posted with `what` and `value`, one change that makes a plan."""
    plan = plan_of(request, cascade_plan)
    choices = Choices.of(plan.settings)
    back = reverse("cascade", args=[plan.pk])
    if request.method == "POST" and "what" in request.POST:
        try:
            changed = _relaxed(plan, choices, request.POST["what"])
            acts.again(by=_me(request), plan=plan, choices=changed)
        except Refused as refusal:
            flash.say(request, refusal.message)
            return redirect(back)
        return redirect("cascade_progress", plan.pk)
    form = ChoicesForm(request.POST or None, initial=ChoicesForm.initial_of(choices))
    if request.method == "POST" and form.is_valid():
        try:
            acts.again(by=_me(request), plan=plan, choices=form.asked())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("cascade_progress", plan.pk)
    return _ask(request, form, _("Plan it again"), back)


def _relaxed(plan: CascadePlan, choices: Choices, what: str) -> Choices:
    ways = dict(plan.failed.get("ways", []))
    if what not in ways:
        raise NotYours
    return replace(choices, **{what: ways[what]})


@require_safe
@planner
def one(request: HttpRequest, cascade_plan: uuid.UUID) -> HttpResponse:
    plan = plan_of(request, cascade_plan)
    if plan.state == CascadePlan.State.PLANNING:
        return redirect("cascade_progress", plan.pk)
    context: dict[str, Any] = {
        "plan": plan,
        "choices": Choices.of(plan.settings),
        "figures": words.figures(plan.figures),
        "picture": picture(plan.figures) if plan.figures else "",
        "failed": words.failed(plan),
        "ways": words.ways(plan),
        "sessions": TrainingSession.objects.filter(plan=plan).count(),
        "free": Trainer.objects.filter(plan=plan, person=None).count(),
    }
    return render(request, "cascade/plan.html", context)


@require_safe
@planner
def progress(request: HttpRequest, cascade_plan: uuid.UUID) -> HttpResponse:
    """A page that asks again by itself, without script, and ends at the plan."""
    plan = plan_of(request, cascade_plan)
    if plan.state != CascadePlan.State.PLANNING:
        return redirect("cascade", plan.pk)
    waited = (now() - plan.began_at).total_seconds() if plan.began_at else 0
    context = {"plan": plan, "nobody": waited > PATIENCE and not heartbeat.alive("worker")}
    response = render(request, "cascade/plan_progress.html", context)
    response["Refresh"] = str(round(min(max(2, waited / 6), 10)))
    return response


@require_POST
@planner
def publish(request: HttpRequest, cascade_plan: uuid.UUID) -> HttpResponse:
    return _do(request, cascade_plan, acts.publish, "cascade_progress")


@require_POST
@planner
def withdraw(request: HttpRequest, cascade_plan: uuid.UUID) -> HttpResponse:
    return _do(request, cascade_plan, acts.withdraw, "cascade")


@require_POST
@planner
def remove(request: HttpRequest, cascade_plan: uuid.UUID) -> HttpResponse:
    plan = plan_of(request, cascade_plan)
    try:
        acts.remove(by=_me(request), plan=plan)
    except Refused as refusal:
        flash.say(request, refusal.message)
        return redirect("cascade", plan.pk)
    flash.say(request, _("The draft is removed."))
    return redirect("cascades")


def _do(request: HttpRequest, cascade_plan: uuid.UUID, act: Any, to: str) -> HttpResponse:
    plan = plan_of(request, cascade_plan)
    try:
        act(by=_me(request), plan=plan)
    except Refused as refusal:
        flash.say(request, refusal.message)
        to = "cascade"
    return redirect(to, plan.pk)


@require_safe
@planner
def trainers(request: HttpRequest, cascade_plan: uuid.UUID) -> HttpResponse:
    plan = plan_of(request, cascade_plan)
    found = words.trainers_of(plan)
    if request.GET.get("free"):
        found = found.filter(person=None)
    context = paged(request, found, 50) | {"plan": plan, "free": request.GET.get("free")}
    return render(request, "cascade/trainers.html", context)


@planner
def trainer(request: HttpRequest, cascade_plan: uuid.UUID, trainer: uuid.UUID) -> HttpResponse:
    """Who holds a place: found by name, then chosen."""
    plan = plan_of(request, cascade_plan)
    held = words.trainers_of(plan).filter(pk=trainer).first()
    if held is None:
        raise NotYours
    error = ""
    if request.method == "POST":
        person = words.chosen(plan.programme, request.POST.get("person", ""))
        try:
            acts.appoint(by=_me(request), trainer=held, person=person)
        except Refused as refusal:
            error = refusal.message
        else:
            flash.say(request, _("Saved."))
            return redirect("cascade_trainers", plan.pk)
    asked = request.GET.get("q", "").strip()[:80]
    context = {
        "plan": plan,
        "held": held,
        "words": asked,
        "people": queries.search_people(plan.programme, asked)[:20] if asked else [],
        "sessions": TrainingSession.objects.filter(session_trainers__trainer=held)
        .prefetch_related("days")
        .select_related("venue"),
        "error": error,
    }
    return render(request, "cascade/trainer.html", context, status=422 if error else 200)


@require_safe
@planner
def table(request: HttpRequest, cascade_plan: uuid.UUID, form: str) -> HttpResponseBase:
    """The schedule of a published plan: a row a day of a session."""
    if form not in {"csv", "xlsx"}:
        raise NotYours
    plan = plan_of(request, cascade_plan)
    return download("cascade", form, words.SCHEDULE, words.schedule(plan))
