"""A plan copied to a new draft; two plans side by side."""

import uuid

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.core import flash
from staffroom.core.errors import Refused
from staffroom.core.paging import paged
from staffroom.people.models import Person
from staffroom.places import cluster_compare, cluster_map, cluster_queries
from staffroom.places.access import planner
from staffroom.places.actions import clusters_publish as actions
from staffroom.places.cluster_change_forms import PlanNameForm
from staffroom.places.views.clusters import plan_of
from staffroom.places.views.clusters_change import draft_of

PAGE = 50


@planner
def copy(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    plan = draft_of(request, cluster_plan)
    by: Person = request.user  # type: ignore[assignment]
    named = _("%(plan)s, changed") % {"plan": plan.name}
    form = PlanNameForm(request.POST or None, initial={"name": named[:80]})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.copy_plan(by=by, plan=plan, name=form.cleaned_data["name"])
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("This is the copy: a draft that you can change."))
            return redirect("cluster_plan", made.pk)
    context = {
        "form": form,
        "title": _("Copy to a new draft"),
        "fact": plan.name,
        "do": _("Copy it"),
        "back": reverse("cluster_plan", args=[plan.pk]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "places/ask.html", context, status=status)


@planner
def choose(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    """With which other plan of the programme."""
    plan = plan_of(request, cluster_plan)
    others = cluster_queries.plans_of(plan.programme).exclude(pk=plan.pk)
    others = others.filter(clusters__isnull=False).distinct()
    context = paged(request, others.order_by("-made_at"), PAGE) | {"plan": plan}
    return render(request, "places/clusters_compare_choose.html", context)


@planner
def show(request: HttpRequest, cluster_plan: uuid.UUID, other_plan: uuid.UUID) -> HttpResponse:
    first, second = plan_of(request, cluster_plan), plan_of(request, other_plan)
    found = cluster_compare.compared([first.pk], [second.pk])
    totals = cluster_queries.figures_of([first, second])
    own, other = cluster_compare.colours(first, second, found.match)
    sides = [
        (plan, list(cluster_queries.clusters_of(plan)), colour)
        for plan, colour in ((first, own), (second, other))
    ]
    maps = cluster_map.draw_pair(*sides)
    context = paged(request, found.changes, PAGE) | {
        "first": first,
        "second": second,
        "figures": cluster_compare.figure_rows(
            totals[first.pk], totals[second.pk], *(rows for _plan, rows, _colour in sides)
        ),
        "found": found,
        "pairs": list(zip((first, second), maps, strict=True)) if maps else [],
    }
    return render(request, "places/clusters_compare.html", context)


@planner
def csv(
    request: HttpRequest, cluster_plan: uuid.UUID, other_plan: uuid.UUID
) -> StreamingHttpResponse:
    first, second = plan_of(request, cluster_plan), plan_of(request, other_plan)
    response = StreamingHttpResponse(
        cluster_compare.changes_csv(first, second), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="changes.csv"'
    return response
