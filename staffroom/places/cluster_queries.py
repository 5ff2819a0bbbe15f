"""What pages and other rooms ask of a plan of clusters: its totals and its rows. Read only."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Sum

from staffroom.places.models import (
    Block,
    Circle,
    Cluster,
    ClusterPlan,
    ClusterSchool,
    Programme,
    School,
)

Ids = Iterable[uuid.UUID]


@dataclass(frozen=True)
class Figures:
    """The totals of a plan, or of a part of it; `metres` is the sum of the ways to the centres."""

    schools: int
    placed: int
    clusters: int
    circles: int
    blocks: int
    metres: int
    longest: int
    bound: int | None = None

    @property
    def unplaced(self) -> int:
        return self.schools - self.placed

    @property
    def km(self) -> float:
        return self.metres / 1000

    @property
    def km_a_school(self) -> float:
        return self.metres / self.placed / 1000 if self.placed else 0.0

    @property
    def km_longest(self) -> float:
        return self.longest / 1000

    @property
    def gap(self) -> float | None:
        """How far `metres` may be above the best there is: 0.02 for two per cent; None: not proven."""
        if self.bound is None or not self.placed or (self.bound == 0 < self.metres):
            return None
        return max(0.0, (self.metres - self.bound) / self.bound) if self.bound else 0.0

    @property
    def gap_percent(self) -> float | None:
        return None if self.gap is None else self.gap * 100


def plans_of(programme: Programme) -> QuerySet[ClusterPlan]:
    return ClusterPlan.objects.filter(programme=programme).select_related("area")


def figures(plan: ClusterPlan) -> Figures:
    """Of the whole plan."""
    return figures_of([plan])[plan.pk]


def figures_of(plans: Iterable[ClusterPlan]) -> dict[uuid.UUID, Figures]:
    """Of each plan, in four queries for all of them."""
    every = list(plans)
    ids = [plan.pk for plan in every]
    rows = {
        row["plan"]: row
        for row in ClusterSchool.objects.filter(plan__in=ids)
        .values("plan")
        .annotate(
            all=Count("pk"), placed=Count("cluster"), longest=Max("metres"), way=Sum("metres")
        )
    }
    many = [_count(model, ids) for model in (Cluster, Circle, Block)]
    out = {}
    for plan in every:
        row: Any = rows.get(plan.pk) or {}
        clusters, circles, blocks = (count.get(plan.pk, 0) for count in many)
        out[plan.pk] = Figures(
            row.get("all", 0), row.get("placed", 0), clusters, circles, blocks,
            row.get("way") or 0, row.get("longest") or 0, plan.bound,
        )  # fmt: skip
    return out


def _count(model: Any, plans: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = model.objects.filter(plan__in=plans).values("plan").annotate(n=Count("pk"))
    return {row["plan"]: row["n"] for row in rows.order_by()}


def figures_in(rows: Iterable[Any]) -> Figures:
    """Of some clusters, as `clusters_of` counted them."""
    every = list(rows)
    placed = sum(row.many for row in every)
    circles = {row.circle_id for row in every} - {None}
    blocks = {row.circle.block_id for row in every if row.circle_id} - {None}
    return Figures(
        placed, placed, len(every), len(circles), len(blocks),
        sum(row.metres or 0 for row in every), max((row.longest or 0 for row in every), default=0),
    )  # fmt: skip


def clusters_of(plan: ClusterPlan, **only: Any) -> QuerySet[Cluster]:
    """The plan's clusters (`circle=`, `circle__block=` for some), each with `many` schools, the sum
    of their `metres` and the `longest` way; names are read without a further query."""
    count = ClusterSchool.objects.filter(cluster=OuterRef("pk")).order_by().values("cluster")
    of = lambda what: Subquery(count.annotate(it=what).values("it"))  # noqa: E731
    return (
        Cluster.objects.filter(plan=plan, **only)
        .select_related("centre", "circle__block")
        .annotate(many=of(Count("pk")), metres=of(Sum("metres")), longest=of(Max("metres")))
    )


def blocks_of(plan: ClusterPlan) -> list[tuple[Block, Figures]]:
    """Each block with its totals."""
    rows = list(clusters_of(plan, circle__block__isnull=False))
    return [
        (block, figures_in(row for row in rows if row.circle and row.circle.block_id == block.pk))
        for block in Block.objects.filter(plan=plan)
    ]


def circles_of(plan: ClusterPlan, **only: Any) -> list[tuple[Circle, Figures]]:
    """Each circle (`block=` for those of one) with its totals."""
    circles = list(Circle.objects.filter(plan=plan, **only))
    by_circle: dict[uuid.UUID, list[Cluster]] = {circle.pk: [] for circle in circles}
    for row in clusters_of(plan, circle__in=circles):
        if row.circle_id:
            by_circle[row.circle_id].append(row)
    return [(circle, figures_in(by_circle[circle.pk])) for circle in circles]


def schools_of(cluster: Cluster) -> QuerySet[ClusterSchool]:
    """The nearest first, so the centre before all."""
    return (
        ClusterSchool.objects.filter(cluster=cluster)
        .select_related("school")
        .order_by("metres", "school__name", "pk")
    )


def schools_by_cluster(plan: ClusterPlan, clusters: Iterable[Any]) -> dict[uuid.UUID, list[Any]]:
    """`schools_of` each, in one query."""
    out: dict[uuid.UUID, list[Any]] = {cluster.pk: [] for cluster in clusters}
    found = ClusterSchool.objects.filter(plan=plan, cluster__isnull=False)
    if len(out) <= 100:
        found = found.filter(cluster__in=list(out))
    for row in found.select_related("school").order_by("metres", "school__name", "pk"):
        if row.cluster_id in out:
            out[row.cluster_id].append(row)
    return out


def plans_with(school: School) -> QuerySet[ClusterSchool]:
    """The school's cluster in each plan, published ones first, the newest before."""
    return (
        ClusterSchool.objects.filter(school=school, cluster__isnull=False)
        .select_related("plan", "cluster__centre")
        .order_by("-plan__state", "-plan__made_at")[:6]
    )


def worst_of(plan: ClusterPlan) -> ClusterSchool | None:
    """Whoever has the longest way."""
    return (
        ClusterSchool.objects.filter(plan=plan, cluster__isnull=False)
        .select_related("school", "cluster__centre")
        .order_by("-metres", "pk")
        .first()
    )


def unplaced_of(plan: ClusterPlan) -> QuerySet[ClusterSchool]:
    """Schools without a cluster; `note` says why (`cluster_words.said`)."""
    return (
        ClusterSchool.objects.filter(plan=plan, cluster=None)
        .select_related("school")
        .order_by("note", "school__name", "pk")
    )


def why_unplaced(plan: ClusterPlan) -> Counter[str]:
    """How many schools wait, by the note that is kept."""
    rows = ClusterSchool.objects.filter(plan=plan, cluster=None).values_list("note")
    return Counter(dict(rows.annotate(n=Count("pk")).order_by("-n", "note")))
