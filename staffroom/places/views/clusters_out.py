"""A plan to take along: a list of its schools, and a sheet of paper for each cluster."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from staffroom.core.errors import NotYours
from staffroom.core.ids import from_short
from staffroom.core.tables import download
from staffroom.places import cluster_export, cluster_map, cluster_queries
from staffroom.places.access import planner
from staffroom.places.cluster_words import said
from staffroom.places.models import ClusterPlan, Posting, on_date
from staffroom.places.views.clusters import plan_of
from staffroom.places.views.common import here

#: More sheets are printed block by block, circle by circle.
MOST_SHEETS = 250


@planner
def csv(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponseBase:
    plan = plan_of(request, cluster_plan)
    return download("clusters", "csv", cluster_export.HEAD, cluster_export.rows(plan))


@planner
def xlsx(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponseBase:
    plan = plan_of(request, cluster_plan)
    return download("clusters", "xlsx", cluster_export.HEAD, cluster_export.rows(plan))


@planner
def sheets(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    """`?cluster=`, `?circle=`, `?block=`, or all of the plan: each cluster on a page of its own."""
    plan = plan_of(request, cluster_plan)
    clusters = list(cluster_queries.clusters_of(plan, **_only(request)))
    if not clusters:
        return redirect("cluster_plan", plan.pk)
    context: dict[str, Any] = {"plan": plan, "many": len(clusters)}
    if len(clusters) > MOST_SHEETS:
        context["blocks"] = cluster_queries.blocks_of(plan)
        context["circles"] = [] if context["blocks"] else cluster_queries.circles_of(plan)
    else:
        context["sheets"] = _sheets(request, plan, clusters)
    return render(request, "places/clusters_print.html", context)


def _only(request: HttpRequest) -> dict[str, uuid.UUID]:
    fields = {"cluster": "pk", "circle": "circle", "block": "circle__block"}
    try:
        return {
            field: from_short(request.GET[name])
            for name, field in fields.items()
            if name in request.GET
        }
    except ValueError:
        raise NotYours from None


def _sheets(request: HttpRequest, plan: ClusterPlan, clusters: list[Any]) -> list[dict[str, Any]]:
    rows = cluster_queries.schools_by_cluster(plan, clusters)
    heads = _heads(request, [row.school_id for own in rows.values() for row in own])
    colour = cluster_map.colours_of(plan)
    out = []
    for cluster in clusters:
        own = rows[cluster.pk]
        for number, row in enumerate(own, 1):
            vars(row)["number"], vars(row)["said"] = number, said(row.note)
            vars(row)["head"] = heads.get(row.school_id)
        drawn = cluster_map.draw_one(plan, cluster, own, colour)
        out.append({"cluster": cluster, "schools": own, "map": drawn})
    return out


def _heads(request: HttpRequest, schools: list[uuid.UUID]) -> dict[uuid.UUID, Posting]:
    """The head teacher of each school who lets their number be printed."""
    found = Posting.objects.filter(
        on_date(here(request)), school__in=schools, role=Posting.Role.HEAD, person__print_phone=True,
        person__erased_at=None,
    ).exclude(person__phone=None)  # fmt: skip
    return {posting.school_id: posting for posting in found.select_related("person")}
