"""What pages and other rooms ask of a plan of clusters: its totals and its rows. Read only."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Sum

from staffroom.places.models import Block, Circle, Cluster, ClusterPlan, ClusterSchool, Programme

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


def schools_of(cluster: Cluster) -> QuerySet[ClusterSchool]:
    """The nearest first, so the centre before all."""
    return (
        ClusterSchool.objects.filter(cluster=cluster)
        .select_related("school")
        .order_by("metres", "school__name", "pk")
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
