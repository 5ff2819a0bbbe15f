"""Plans of clusters: the list, a plan with its map and table, and each of its parts."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from staffroom.core.errors import NotYours
from staffroom.core.paging import paged
from staffroom.places import cluster_map, cluster_queries
from staffroom.places.access import can_administer, can_draw, planner
from staffroom.places.cluster_publish import changed_since
from staffroom.places.cluster_words import has, said
from staffroom.places.models import Block, Circle, ClusterPlan
from staffroom.places.views.common import here

#: What a table of clusters, or of schools, can be sorted by.
SORTS = {"": "number", "name": "centre__name", "schools": "many", "km": "metres", "far": "longest"}
SCHOOL_SORTS = {"": "metres", "name": "school__name", "code": "school__code"}
PAGE = 50


def plan_of(request: HttpRequest, cluster_plan: uuid.UUID) -> ClusterPlan:
    """The plan, in the planner's programme."""
    plans = cluster_queries.plans_of(request.programme)  # type: ignore[attr-defined]
    found = plans.select_related("programme", "area", "made_from").filter(pk=cluster_plan).first()
    if found is None:
        raise NotYours
    return found


def cluster_in(plan: ClusterPlan, cluster: uuid.UUID) -> Any:
    found = cluster_queries.clusters_of(plan, pk=cluster).first()
    if found is None:
        raise NotYours
    return found


def part_of(plan: ClusterPlan, model: Any, part: uuid.UUID) -> Any:
    """A block or a circle of this plan."""
    found = model.objects.filter(plan=plan, pk=part).first()
    if found is None:
        raise NotYours
    return found


@planner
def plans(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    found = list(cluster_queries.plans_of(programme))
    totals = cluster_queries.figures_of(found)
    context = {
        "plans": [(plan, totals[plan.pk]) for plan in found],
        "administers": can_administer(request.user, programme),  # type: ignore[arg-type]
    }
    return render(request, "places/clusters.html", context)


@planner
def one(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    plan = plan_of(request, cluster_plan)
    figures = cluster_queries.figures(plan)
    context = {
        "figures": figures,
        "draws": can_draw(request.user, plan.programme, plan.area),  # type: ignore[arg-type]
        "worst": cluster_queries.worst_of(plan) if figures.metres else None,
        "waiting": _said(cluster_queries.why_unplaced(plan)) if figures.unplaced else [],
        "by_area": plan.schools.filter(cluster__isnull=False, note__startswith="by_area|").count(),
        "moved": plan.schools.filter(note__contains="moved|").count() if plan.made_from_id else 0,
        "notes": [said(each) for each in plan.settings.get("notes", [])],
        "since": len(changed_since(plan, here(request))) if figures.clusters else 0,
    }
    if figures.blocks > 1:
        context["blocks"] = cluster_queries.blocks_of(plan)
    return _part(request, plan, {}, context)


@planner
def block(request: HttpRequest, cluster_plan: uuid.UUID, cluster_block: uuid.UUID) -> HttpResponse:
    plan = plan_of(request, cluster_plan)
    found = part_of(plan, Block, cluster_block)
    context = {"of_block": found, "circles": cluster_queries.circles_of(plan, block=found)}
    return _part(request, plan, {"circle__block": found}, context)


@planner
def circle(
    request: HttpRequest, cluster_plan: uuid.UUID, cluster_circle: uuid.UUID
) -> HttpResponse:
    plan = plan_of(request, cluster_plan)
    found = part_of(plan, Circle, cluster_circle)
    return _part(request, plan, {"circle": found}, {"of_circle": found, "of_block": found.block})


def _part(
    request: HttpRequest, plan: ClusterPlan, only: dict[str, Any], context: dict[str, Any]
) -> HttpResponse:
    clusters = cluster_queries.clusters_of(plan, **only)
    rows = list(clusters)
    colour = cluster_map.colours_of(plan) if rows else {}
    sort, by, heads = _sorted(request, SORTS)
    context |= paged(request, clusters.order_by(by, "number"), PAGE)
    for row in context["page"]:
        vars(row)["colour"] = colour[row.pk]
    context |= {
        "plan": plan,
        "map": cluster_map.draw(plan, rows, colour) if rows else None,
        "sort": sort,
        "heads": heads,
    }
    context.setdefault("figures", cluster_queries.figures_in(rows))
    return render(request, "places/clusters_plan.html", context)


@planner
def cluster(request: HttpRequest, cluster_plan: uuid.UUID, cluster: uuid.UUID) -> HttpResponse:
    plan = plan_of(request, cluster_plan)
    found = cluster_in(plan, cluster)
    schools = list(cluster_queries.schools_of(found))
    for number, row in enumerate(schools, 1):
        vars(row)["number"], vars(row)["said"] = number, said(row.note)
    sort, by, heads = _sorted(request, SCHOOL_SORTS)
    context = {
        "plan": plan,
        "cluster": found,
        "draws": can_draw(request.user, plan.programme, plan.area),  # type: ignore[arg-type]
        "figures": cluster_queries.figures_in([found]),
        "map": cluster_map.draw_one(plan, found, schools, cluster_map.colours_of(plan)),
        "schools": sorted(schools, key=lambda row: _key(row, by), reverse=by.startswith("-")),
        "sort": sort,
        "heads": heads,
    }
    return render(request, "places/clusters_cluster.html", context)


@planner
def remarks(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    """Schools about which something is to be said: waiting, placed by their area, moved."""
    plan = plan_of(request, cluster_plan)
    found = plan.schools.exclude(note="").select_related("school", "cluster")
    which = request.GET.get("of", "")
    if which == "waiting":
        found = found.filter(cluster=None)
    elif which == "moved":
        found = found.filter(note__contains="moved|")
    elif which == "by_area":
        found = found.filter(cluster__isnull=False, note__startswith="by_area|")
    context = paged(request, found.order_by("school__name", "pk"), PAGE) | {"plan": plan}
    for row in context["page"]:
        vars(row)["said"], vars(row)["moved"] = said(row.note), has(row.note, "moved")
    return render(request, "places/clusters_remarks.html", context)


def _said(counted: dict[str, int]) -> list[tuple[str, int]]:
    return [(said(kept) or kept, n) for kept, n in counted.items()][:8]


def _sorted(request: HttpRequest, sorts: dict[str, str]) -> tuple[str, str, dict[str, Any]]:
    """What the table is sorted by ("-km": the most first), the field, and each head's link."""
    sort = request.GET.get("sort", "")
    name, down = sort.removeprefix("-"), sort.startswith("-")
    if name not in sorts:
        sort, name, down = "", "", False
    heads = {}
    for each in sorts:
        same = each == name
        now = ("descending" if down else "ascending") if same else ""
        to = f"-{each}" if same and not down else each
        heads[each or "first"] = {"url": f"?sort={to}#table", "now": now}
    return sort, ("-" if down else "") + sorts[name], heads


def _key(row: Any, by: str) -> tuple[Any, int]:
    field = by.lstrip("-")
    at = {"metres": row.metres, "school__name": row.school.name, "school__code": row.school.code}
    return at[field], row.number
