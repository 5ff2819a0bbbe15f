"""Asking for a plan of clusters: the form, what it would take, and how far the worker is."""

import uuid
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import flash, heartbeat
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.people.models import Person
from staffroom.places import progress
from staffroom.places.access import check_draws, planner
from staffroom.places.actions import clusters_form as actions
from staffroom.places.cluster_forms import AgainForm, PlanForm, SettingsForm
from staffroom.places.cluster_words import said
from staffroom.places.models import Area, ClusterPlan, Programme
from staffroom.places.views.clusters import plan_of
from staffroom.places.views.common import ask

SOONEST, LATEST = 2, 10  # seconds between two looks
PATIENCE = 20  # seconds without a worker before we say so


@planner
def new(request: HttpRequest) -> HttpResponse:
    programme: Programme = request.programme  # type: ignore[attr-defined]
    form = PlanForm(request.POST or None, programme=programme)
    context = {"title": _("A new plan of clusters"), "back": reverse("cluster_plans")}
    if request.method == "POST" and form.is_valid():
        name, area = form.cleaned_data["name"], form.cleaned_data["area"]
        try:
            context |= _looked(_person(request), programme, area, form)
            if request.POST.get("do") == "form":
                plan = actions.create_plan(
                    by=_person(request), programme=programme, name=name, area=area,
                    settings=form.asked(),
                )  # fmt: skip
                return redirect("cluster_plan_progress", plan.pk)
        except Refused as error:
            form.refuse(error)
    return _page(request, form, context)


@planner
def anew(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    """A draft with other numbers."""
    plan = plan_of(request, cluster_plan)
    check_draws(_person(request), plan.programme, plan.area)
    kept = vars(actions.settings_of(plan))
    form = SettingsForm(request.POST or None, initial=kept, programme=plan.programme)
    back = reverse("cluster_plan", args=[plan.pk])
    context = {"title": _("Form it with other numbers"), "fact": plan.name, "back": back}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _looked(_person(request), plan.programme, plan.area, form)
            if request.POST.get("do") == "form":
                actions.form_anew(by=_person(request), plan=plan, settings=form.asked())
                return redirect("cluster_plan_progress", plan.pk)
        except Refused as error:
            form.refuse(error)
    return _page(request, form, context)


def _looked(by: Person, programme: Programme, area: Area | None, form: SettingsForm) -> dict:
    """What would be taken: told before anything begins."""
    check_draws(by, programme, area)
    lot = actions.look(programme, area, form.asked())
    waiting: dict[str, int] = {}
    for why in filter(None, lot.why):
        waiting[why] = waiting.get(why, 0) + 1
    return {
        "lot": lot,
        "doubt": said(lot.doubt),
        "waiting": [
            (said(why), n) for why, n in sorted(waiting.items(), key=lambda each: -each[1])[:12]
        ],
    }


def _page(request: HttpRequest, form: SettingsForm, context: dict) -> HttpResponse:
    refused = request.method == "POST" and bool(form.errors)
    if refused:
        context.pop("lot", None)
    context["form"] = form
    return render(request, "places/clusters_form.html", context, status=422 if refused else 200)


@planner
def again(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    """A new draft for the schools of today, from this plan."""
    plan = plan_of(request, cluster_plan)
    check_draws(_person(request), plan.programme, plan.area)
    made: list[ClusterPlan] = []

    def act(name: str) -> None:
        made.append(actions.reform_plan(by=_person(request), plan=plan, name=name))

    initial = {"name": f"{plan.name} {now().year}"[:80]}
    response = ask(
        request,
        AgainForm(request.POST or None, initial=initial),
        act,
        title=_("Form it again for the schools of today"),
        fact=plan.name,
        note=_(
            "Schools that closed go out, schools that opened come in, and as few others as possible "
            "change their cluster. It becomes a new draft; this plan stays as it is."
        ),
        do=_("Form it again"),
        back=reverse("cluster_plan", args=[plan.pk]),
        said=_("It is being formed."),
    )
    return redirect("cluster_plan_progress", made[0].pk) if made else response


@planner
@require_POST
def remove(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    plan = plan_of(request, cluster_plan)
    try:
        actions.remove_plan(by=_person(request), plan=plan)
    except Refused as error:
        flash.say(request, error.message)
        return redirect("cluster_plan", plan.pk)
    flash.say(request, _("The draft is removed."))
    return redirect("cluster_plans")


@planner
def show(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    """A page that asks again by itself, without script, and ends at the plan."""
    plan = plan_of(request, cluster_plan)
    if plan.state != ClusterPlan.State.FORMING:
        return redirect("cluster_plan", plan.pk)
    waited = (now() - plan.began_at).total_seconds() if plan.began_at else 0
    told = progress.told(plan)
    done, of = told or (0, 0)
    zone = ZoneInfo(plan.programme.timezone)
    context = {
        "plan": plan,
        "begun": told is not None,
        "done": min(done, of),
        "of": of,
        "began": plan.began_at.astimezone(zone) if plan.began_at else None,
        "nobody": told is None and waited > PATIENCE and not heartbeat.alive("worker"),
    }
    response = render(request, "places/clusters_progress.html", context)
    response["Refresh"] = str(round(min(max(SOONEST, waited / 6), LATEST)))
    return response


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
