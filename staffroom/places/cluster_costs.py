"""What a change of a plan of clusters costs: metres more or less, and whether the plan allows it.

Great-circle metres as `methods.formation.earth` counts them, for a few schools and without NumPy.
"""

import math
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from staffroom.core.clock import today
from staffroom.places import cluster_words, queries
from staffroom.places.models import (
    Area,
    Cluster,
    ClusterPlan,
    ClusterSchool,
    School,
    SchoolArea,
    on_date,
)

RADIUS = 6371.0088  # mean radius of the earth in km, as in `methods.formation.earth`
Place = tuple[float, float]
Places = dict[uuid.UUID, Place]


def metres(one: Place, other: Place) -> int:
    """Whole metres from one place to another: 2R·asin(c/2) of the chord, exact also when short."""
    chord = math.dist(_vector(one), _vector(other))
    return round(2000 * RADIUS * math.asin(min(chord / 2, 1.0)))


def _vector(place: Place) -> tuple[float, float, float]:
    y, x = math.radians(place[0]), math.radians(place[1])
    return math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)


def places_of(plan: ClusterPlan, rows: Iterable[ClusterSchool]) -> Places:
    """Where the schools are; those placed by their area's middle stand there again."""
    found, lost = {}, []
    for row in rows:
        own = place_of(row.school)
        if own is not None and not cluster_words.has(row.note, "by_area"):
            found[row.school_id] = own
        elif row.cluster_id is not None:
            lost.append(row.school_id)
    return found | _by_area(plan, lost) if lost else found


def place_of(school: School) -> Place | None:
    if school.latitude is None or school.longitude is None:
        return None
    return school.latitude, school.longitude


def _by_area(plan: ClusterPlan, schools: list[uuid.UUID]) -> Places:
    from staffroom.places.actions.clusters_form import settings_of
    from staffroom.places.cluster_lot import lot_of

    day = today(plan.programme.timezone)
    lot = lot_of(plan.programme, plan.area, settings_of(plan), day)
    wanted = set(schools)
    pairs = zip(lot.ids, lot.at, strict=True)
    return {school: at for school, at in pairs if school in wanted and at is not None}


@dataclass(frozen=True)
class Cost:
    """Of moving one school to `cluster`. `change`: metres more in all, less where negative."""

    cluster: Cluster
    metres: int
    change: int
    size: int
    why: str

    @property
    def km(self) -> float:
        return self.metres / 1000

    @property
    def km_more(self) -> float:
        return max(self.change, 0) / 1000

    @property
    def km_less(self) -> float:
        return max(-self.change, 0) / 1000


def bounds(plan: ClusterPlan) -> tuple[int, int]:
    """The least and the most schools of a cluster."""
    return plan.settings.get("min", 25), plan.settings.get("max", 35)


def sizes(plan: ClusterPlan) -> dict[uuid.UUID, int]:
    """How many schools each cluster has."""
    rows = ClusterSchool.objects.filter(plan=plan, cluster__isnull=False).order_by()
    return dict(rows.values_list("cluster").annotate(n=Count("pk")))


def costs(
    plan: ClusterPlan, row: ClusterSchool, clusters: Iterable[Cluster], at: Place | None = None
) -> list[Cost]:
    """What it costs to move the school to each of the clusters, the cheapest first."""
    at = at or places_of(plan, [row]).get(row.school_id)
    if at is None:
        return []
    many, stay = sizes(plan), why_stays(plan, row)
    every = [one for one in clusters if one.pk != row.cluster_id]
    around = _apart(plan, row.school, every)
    out = []
    for cluster in every:
        centre = place_of(cluster.centre)
        if centre is None:
            continue
        way, size = metres(at, centre), many.get(cluster.pk, 0) + 1
        why = stay or around.get(cluster.pk, "") or why_full(plan, cluster, size)
        out.append(Cost(cluster, way, way - row.metres, size, why))
    return sorted(out, key=lambda cost: (cost.metres, cost.cluster.number))


def why_stays(plan: ClusterPlan, row: ClusterSchool) -> str:
    """Why its cluster cannot do without the school; empty where it can."""
    if row.cluster is None:
        return ""
    if row.cluster.centre_id == row.school_id:
        return _("It is the central school of its cluster: choose another one first.")
    left, least = sizes(plan).get(row.cluster.pk, 0) - 1, bounds(plan)[0]
    if left < least:
        return _(
            "Cluster %(number)s would have %(n)s schools, and at least %(least)s must stay. "
            "Move another school there first."
        ) % {"number": row.cluster.number, "n": left, "least": least}
    return ""


def why_full(plan: ClusterPlan, cluster: Cluster, size: int) -> str:
    most = bounds(plan)[1]
    if size <= most:
        return ""
    return _(
        "Cluster %(number)s would have %(n)s schools, and at most %(most)s fit. "
        "Move another school out of it first."
    ) % {"number": cluster.number, "n": size, "most": most}


def _apart(plan: ClusterPlan, school: School, clusters: list[Cluster]) -> dict[uuid.UUID, str]:
    """Clusters that the plan keeps apart from the school, and why."""
    out = {}
    kind = plan.settings.get("apart")
    if kind in {"level", "sector"}:
        own = getattr(school, kind)
        for cluster in clusters:
            if getattr(cluster.centre, kind) != own:
                out[cluster.pk] = _(
                    "Schools of another kind are there, and this plan keeps kinds apart."
                )
    depth = plan.settings.get("within")
    if depth:
        at = _areas_at(plan, [school, *(cluster.centre for cluster in clusters)], depth)
        for cluster in clusters:
            if at.get(cluster.centre_id) != at.get(school.pk):
                out[cluster.pk] = _(
                    "It lies in another area, and no cluster of this plan crosses that border."
                )
    return out


def _areas_at(
    plan: ClusterPlan, schools: list[School], depth: int
) -> dict[uuid.UUID, uuid.UUID | None]:
    day = today(plan.programme.timezone)
    own = dict(
        SchoolArea.objects.filter(on_date(day), school__in=[school.pk for school in schools])
        .order_by("starts")
        .values_list("school_id", "area_id")
    )
    lines = queries.area_paths(set(own.values()), day)
    wide = set(
        Area.objects.filter(pk__in={a for line in lines.values() for a in line}, level__depth=depth)
        .values_list("pk", flat=True)
    )  # fmt: skip
    return {
        school: next((area for area in lines[narrow] if area in wide), None)
        for school, narrow in own.items()
    }


@dataclass(frozen=True)
class Centre:
    """A school as the centre of its cluster; `total`: metres that all go to it."""

    row: ClusterSchool
    total: int
    change: int

    @property
    def km(self) -> float:
        return self.total / 1000


def centres(plan: ClusterPlan, rows: list[ClusterSchool]) -> list[Centre]:
    """Every school of a cluster that could be its centre, the best first."""
    at = places_of(plan, rows)
    known = [row for row in rows if row.school_id in at]
    now = sum(row.metres for row in rows)
    totals = [
        (row, sum(metres(at[row.school_id], at[other.school_id]) for other in known))
        for row in known
        if not cluster_words.has(row.note, "by_area")
    ]
    found = [Centre(row, total, total - now) for row, total in totals]
    return sorted(found, key=lambda centre: (centre.total, centre.row.school.name))


def nearest(clusters: Iterable[Cluster], at: Place, most: int = 8) -> list[Cluster]:
    """The clusters whose centres are nearest."""
    known = [
        (metres(at, place), cluster.number, cluster)
        for cluster in clusters
        if (place := place_of(cluster.centre)) is not None
    ]
    return [cluster for _way, _number, cluster in sorted(known, key=lambda one: one[:2])[:most]]
