"""Plans of clusters: the list, a plan with its map and table, and each of its parts."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from staffroom.core.errors import NotYours
from staffroom.places import cluster_queries
from staffroom.places.access import planner
from staffroom.places.models import Cluster, ClusterPlan


def plan_of(request: HttpRequest, cluster_plan: uuid.UUID) -> ClusterPlan:
    """The plan, in the planner's programme."""
    plans = cluster_queries.plans_of(request.programme)  # type: ignore[attr-defined]
    found = plans.select_related("programme", "area", "made_from").filter(pk=cluster_plan).first()
    if found is None:
        raise NotYours
    return found


def cluster_in(plan: ClusterPlan, cluster: uuid.UUID) -> Cluster:
    found = cluster_queries.clusters_of(plan, pk=cluster).first()
    if found is None:
        raise NotYours
    return found


@planner
def plans(request: HttpRequest) -> HttpResponse:
    found = list(cluster_queries.plans_of(request.programme))  # type: ignore[attr-defined]
    totals = cluster_queries.figures_of(found)
    context = {"plans": [(plan, totals[plan.pk]) for plan in found]}
    return render(request, "places/clusters.html", context)


@planner
def one(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    plan = plan_of(request, cluster_plan)
    context = {
        "plan": plan,
        "figures": cluster_queries.figures(plan),
        "clusters": cluster_queries.clusters_of(plan),
    }
    return render(request, "places/clusters_plan.html", context)


@planner
def cluster(request: HttpRequest, cluster_plan: uuid.UUID, cluster: uuid.UUID) -> HttpResponse:
    plan = plan_of(request, cluster_plan)
    found = cluster_in(plan, cluster)
    context = {"plan": plan, "cluster": found, "schools": cluster_queries.schools_of(found)}
    return render(request, "places/clusters_cluster.html", context)
