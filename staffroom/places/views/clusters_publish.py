"""A plan published from a day on: what would change, for whom; taken back; what changed since."""

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import flash
from staffroom.core.errors import Refused
from staffroom.people.models import Person
from staffroom.places import cluster_publish
from staffroom.places.access import can_draw, planner
from staffroom.places.actions import clusters_publish as actions
from staffroom.places.cluster_change_forms import PublishForm
from staffroom.places.models import ClusterPlan
from staffroom.places.views.clusters import plan_of
from staffroom.places.views.clusters_change import draft_of, version_of
from staffroom.places.views.common import here

#: So many of the schools that change are named before publishing; the rest in the comparison.
MOST = 50


@planner
def publish(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    """First the day; then what it would change; then the word."""
    plan = draft_of(request, cluster_plan)
    form = PublishForm(request.POST or request.GET or None, initial={"starts": here(request)})
    status, look, starts = 200, None, _day(form)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.publish(
                    by=_person(request), plan=plan, version=version_of(request),
                    **form.cleaned_data,
                )  # fmt: skip
            except Refused as error:
                form.refuse(error)
                plan.refresh_from_db()
            else:
                flash.say(request, _("Published."))
                return redirect("cluster_plan", plan.pk)
    if starts is not None and plan.state == ClusterPlan.State.DRAFT:
        look = cluster_publish.look(plan, starts)
    context = {"form": form, "plan": plan, "starts": starts, "look": look}
    if look is not None:
        context |= {
            "shown": look.changes.changes[:MOST],
            "more": max(0, len(look.changes.changes) - MOST),
            "eve": [(other, starts - dt.timedelta(days=1)) for other in look.ends if starts],
        }
    return render(request, "places/clusters_publish.html", context, status=status)


@planner
@require_POST
def unpublish(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    plan = draft_of(request, cluster_plan)
    try:
        actions.unpublish(by=_person(request), plan=plan)
    except Refused as error:
        flash.say(request, error.message)
    else:
        flash.say(request, _("Taken back: it is a draft again."))
    return redirect("cluster_plan", plan.pk)


@planner
def changed(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    """Schools that closed, opened or moved since the plan was made; and what can be done."""
    plan = plan_of(request, cluster_plan)
    day = here(request)
    context = {
        "plan": plan,
        "since": cluster_publish.changed_since(plan, max(day, plan.starts or day)),
        "draws": can_draw(_person(request), plan.programme, plan.area),
        "again": reverse("cluster_plan_again", args=[plan.pk]),
    }
    return render(request, "places/clusters_changed.html", context)


def _day(form: PublishForm) -> dt.date | None:
    told = form["starts"].value()
    if isinstance(told, dt.date):
        return None  # nothing was chosen yet
    try:
        return parse_date(told or "")
    except ValueError:
        return None


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
