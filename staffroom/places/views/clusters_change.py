"""A draft changed by hand: where a school goes, where a cluster meets, what things are called.

Every form carries the version of the plan that was seen (`actions.clusters_change`).
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import flash, ids
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.people.models import Person
from staffroom.places import (
    cluster_costs,
    cluster_drag,
    cluster_map,
    cluster_moves,
    cluster_queries,
)
from staffroom.places.access import check_draws, planner
from staffroom.places.actions import clusters_change as actions
from staffroom.places.cluster_change_forms import BlockForm, CentreForm, CircleForm, NameForm
from staffroom.places.cluster_words import said
from staffroom.places.models import Block, Circle, Cluster, ClusterPlan, ClusterSchool
from staffroom.places.views.clusters import cluster_in, part_of, plan_of

#: So many neighbours does a cluster's page show; a school is offered two more.
BESIDE = 6


@planner
def plan(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    """What was changed last, and the way to each cluster, circle and block."""
    found = draft_of(request, cluster_plan)
    clusters = cluster_queries.clusters_of(found)
    context = paged(request, clusters, 50) | {
        "plan": found,
        "moves": cluster_moves.told(found),
        "waiting": list(cluster_queries.unplaced_of(found)[:50]),
        "circles": found.circles.select_related("block"),
        "blocks": found.blocks.all(),
    }
    for row in context["waiting"]:
        vars(row)["said"] = said(row.note)
    return render(request, "places/clusters_change.html", context)


@planner
@require_POST
def undo(request: HttpRequest, cluster_plan: uuid.UUID) -> HttpResponse:
    found = draft_of(request, cluster_plan)
    try:
        actions.undo(by=_person(request), plan=found, version=version_of(request))
    except Refused as error:
        flash.say(request, error.message)
    else:
        flash.say(request, _("Undone."))
    return redirect(_back(request, found))


@planner
def cluster(request: HttpRequest, cluster_plan: uuid.UUID, cluster: uuid.UUID) -> HttpResponse:
    """A cluster with its schools and its neighbours; a school can be dragged from one to another."""
    plan = draft_of(request, cluster_plan)
    found = cluster_in(plan, cluster)
    beside = _beside(plan, found)
    colour = cluster_map.colours_of(plan)
    for row in [found, *beside]:
        vars(row)["colour"] = colour[row.pk]
    schools = list(cluster_queries.schools_of(found))
    least, most = cluster_costs.bounds(plan)
    context = {
        "plan": plan,
        "cluster": found,
        "figures": cluster_queries.figures_in([found]),
        "schools": schools,
        "beside": beside,
        "map": cluster_drag.draw([found, *beside], colour),
        "least": least,
        "most": most,
        "moves": cluster_moves.told(plan, most=5),
    }
    return render(request, "places/clusters_adjust.html", context)


@planner
def school(request: HttpRequest, cluster_plan: uuid.UUID, school: uuid.UUID) -> HttpResponse:
    """One school: what each cluster near it would cost, and the move itself."""
    plan = draft_of(request, cluster_plan)
    row = (
        ClusterSchool.objects.select_related("school", "cluster__centre")
        .filter(plan=plan, school=school)
        .first()
    )
    if row is None:
        raise NotYours
    problem = ""
    if request.method == "POST":
        try:
            actions.move_school(
                by=_person(request), plan=plan, version=version_of(request),
                school=row.school, to=_cluster(plan, request.POST.get("to", "")),
            )  # fmt: skip
        except Refused as error:
            problem = error.message
            plan.refresh_from_db()
            row.refresh_from_db()
        else:
            flash.say(request, _("Moved."), undo=_way_back(plan))
            return redirect(_back(request, plan, row.cluster))
    at = cluster_costs.places_of(plan, [row]).get(row.school_id)
    clusters = plan.clusters.select_related("centre")
    near = cluster_costs.nearest(clusters, at, BESIDE + 3) if at else []
    context = {
        "plan": plan,
        "row": row,
        "said": said(row.note),
        "known": at is not None,
        "left": cluster_costs.sizes(plan)[row.cluster_id] - 1 if row.cluster_id else None,
        "costs": cluster_costs.costs(plan, row, near, at),
        "chosen": request.POST.get("to", ""),
        "problem": problem,
        "back": _back(request, plan, row.cluster),
        "from_cluster": request.POST.get("back") or request.GET.get("back", ""),
    }
    return render(request, "places/clusters_school.html", context, status=422 if problem else 200)


@planner
def centre(request: HttpRequest, cluster_plan: uuid.UUID, cluster: uuid.UUID) -> HttpResponse:
    plan = draft_of(request, cluster_plan)
    found = cluster_in(plan, cluster)
    rows = list(cluster_queries.schools_of(found))
    form = CentreForm(
        request.POST or None, cluster=found, centres=cluster_costs.centres(plan, rows)
    )
    schools = {ids.short(row.school_id): row.school for row in rows}
    return changing(
        request,
        plan,
        form,
        lambda version: actions.choose_centre(
            by=_person(request), plan=plan, version=version, cluster=found,
            school=schools[form.cleaned_data["centre"]],
        ),
        title=_("Where they meet"),
        fact=_label(found),
        back=reverse("cluster_adjust", args=[plan.pk, found.pk]),
    )  # fmt: skip


@planner
def name(request: HttpRequest, cluster_plan: uuid.UUID, cluster: uuid.UUID) -> HttpResponse:
    plan = draft_of(request, cluster_plan)
    found = cluster_in(plan, cluster)
    form = NameForm(request.POST or None, initial={"name": found.name})
    return changing(
        request,
        plan,
        form,
        lambda version: actions.rename(
            by=_person(request), plan=plan, version=version, thing=found,
            name=form.cleaned_data["name"],
        ),
        title=_("What it is called"),
        fact=_label(found),
        note=_("Left empty, it is called by its central school."),
        back=reverse("cluster_adjust", args=[plan.pk, found.pk]),
    )  # fmt: skip


@planner
def to_circle(request: HttpRequest, cluster_plan: uuid.UUID, cluster: uuid.UUID) -> HttpResponse:
    plan = draft_of(request, cluster_plan)
    found = cluster_in(plan, cluster)
    circles = {ids.short(one.pk): one for one in plan.circles.select_related("block")}
    own = ids.short(found.circle_id) if found.circle_id else ""
    form = CircleForm(request.POST or None, initial={"circle": own}, circles=circles)
    return changing(
        request,
        plan,
        form,
        lambda version: actions.move_cluster(
            by=_person(request), plan=plan, version=version, cluster=found,
            circle=circles[form.cleaned_data["circle"]],
        ),
        title=_("Its circle"),
        fact=_label(found),
        back=reverse("cluster_adjust", args=[plan.pk, found.pk]),
    )  # fmt: skip


@planner
def circle(
    request: HttpRequest, cluster_plan: uuid.UUID, cluster_circle: uuid.UUID
) -> HttpResponse:
    """Its name and its block."""
    plan = draft_of(request, cluster_plan)
    found: Circle = part_of(plan, Circle, cluster_circle)
    blocks = {ids.short(one.pk): one for one in plan.blocks.all()}
    own = ids.short(found.block_id) if found.block_id else ""
    form = BlockForm(
        request.POST or None, initial={"name": found.name, "block": own}, blocks=blocks
    )

    def act(version: int) -> None:
        chosen = form.cleaned_data.get("block")
        actions.change_circle(
            by=_person(request), plan=plan, version=version, circle=found,
            name=form.cleaned_data["name"], block=blocks[chosen] if chosen else None,
        )  # fmt: skip

    return changing(
        request, plan, form, act,
        title=_("Circle %(n)s") % {"n": found.number},
        fact=plan.name,
        back=reverse("cluster_change", args=[plan.pk]),
    )  # fmt: skip


@planner
def block(request: HttpRequest, cluster_plan: uuid.UUID, cluster_block: uuid.UUID) -> HttpResponse:
    plan = draft_of(request, cluster_plan)
    found = part_of(plan, Block, cluster_block)
    form = NameForm(request.POST or None, initial={"name": found.name})
    return changing(
        request,
        plan,
        form,
        lambda version: actions.rename(
            by=_person(request), plan=plan, version=version, thing=found,
            name=form.cleaned_data["name"],
        ),
        title=_("Block %(n)s") % {"n": found.number},
        fact=plan.name,
        back=reverse("cluster_change", args=[plan.pk]),
    )  # fmt: skip


def draft_of(request: HttpRequest, cluster_plan: uuid.UUID) -> ClusterPlan:
    """The plan, where the person may change it."""
    plan = plan_of(request, cluster_plan)
    check_draws(_person(request), plan.programme, plan.area)
    return plan


def changing(
    request: HttpRequest,
    plan: ClusterPlan,
    form: Any,
    act: Callable[[int], Any],
    *,
    title: str,
    fact: str,
    back: str,
    note: str = "",
) -> HttpResponse:
    """One form on a page that carries the plan's version: refused, it carries the new one."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(version_of(request))
            except Refused as error:
                form.refuse(error)
                plan.refresh_from_db(fields=["version"])
            else:
                flash.say(request, _("Saved."), undo=_way_back(plan))
                return redirect(back)
    context = {"form": form, "plan": plan, "title": title, "fact": fact, "back": back, "note": note}
    return render(request, "places/clusters_ask.html", context, status=status)


def version_of(request: HttpRequest) -> int:
    """The version that the person saw, in the form or in the address of the way back; else none."""
    told = request.POST.get("version") or request.GET.get("version", "")
    return int(told) if told.isascii() and told.isdigit() else -1


def _way_back(plan: ClusterPlan) -> str:
    """Undoes what was just done, as long as nothing else was."""
    plan.refresh_from_db(fields=["version"])
    return f"{reverse('cluster_undo', args=[plan.pk])}?version={plan.version}"


def _beside(plan: ClusterPlan, cluster: Cluster) -> list[Cluster]:
    at = cluster_costs.place_of(cluster.centre)
    others = cluster_queries.clusters_of(plan).exclude(pk=cluster.pk)
    return cluster_costs.nearest(others, at, BESIDE) if at else []


def _cluster(plan: ClusterPlan, told: str) -> Cluster:
    try:
        found = plan.clusters.select_related("centre").filter(pk=ids.from_short(told)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refused(_("Please choose one."), "to")
    return found


def _back(request: HttpRequest, plan: ClusterPlan, cluster: Cluster | None = None) -> str:
    """The cluster from whose page it was done, else the school's own, else the plan's changes."""
    told = request.POST.get("back") or request.GET.get("back", "")
    try:
        wanted = ids.from_short(told) if told else None
    except ValueError:
        wanted = None
    if wanted and plan.clusters.filter(pk=wanted).exists():
        return reverse("cluster_adjust", args=[plan.pk, wanted])
    if cluster is not None:
        return reverse("cluster_adjust", args=[plan.pk, cluster.pk])
    return reverse("cluster_change", args=[plan.pk])


def _label(cluster: Cluster) -> str:
    name = cluster.name or cluster.centre.name
    return _("Cluster %(n)s: %(name)s") % {"n": cluster.number, "name": name}


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
