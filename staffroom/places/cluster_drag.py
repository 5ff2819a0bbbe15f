"""A few neighbouring clusters drawn so that a school can be dragged from one to another.

The page carries where each school is, so that the cost is counted at once, on the phone
(`static/cluster-drag.js`); what is counted in the end is counted by `cluster_costs`.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from staffroom.core.ids import short
from staffroom.methods.formation import drawing
from staffroom.places import cluster_costs
from staffroom.places.models import ClusterSchool

Spot = tuple[float, float]


@dataclass
class Dot:
    """A school at `x`, `y` that can be dragged. `at`: latitude and longitude."""

    key: str
    name: str
    metres: int
    at: str
    x: float
    y: float


@dataclass
class Land:
    """A cluster: its hull, its centre at `x`, `y`, the dots of its other schools."""

    key: str
    number: int
    name: str
    colour: int
    size: int
    at: str
    x: float
    y: float
    hull: str
    lines: str
    dots: list[Dot]


@dataclass
class Chart:
    width: float
    height: float
    lands: list[Land]


def draw(clusters: Sequence[Any], colour: dict[uuid.UUID, int]) -> Chart | None:
    """`clusters`: as `cluster_queries.clusters_of` counts them, the page's own first."""
    rows = ClusterSchool.objects.filter(cluster__in=[one.pk for one in clusters])
    inside: dict[uuid.UUID, list[ClusterSchool]] = defaultdict(list)
    places = []
    for row in rows.select_related("school").order_by("metres", "pk"):
        at = cluster_costs.place_of(row.school)
        if at is not None and row.cluster_id and not row.note.startswith("by_area|"):
            inside[row.cluster_id].append(row)
            places.append(at)
    if not places:
        return None
    paper = drawing.paper(places, tallest=560, margin=20)
    lands = [
        _land(one, inside[one.pk], paper, colour.get(one.pk, 1))
        for one in clusters
        if cluster_costs.place_of(one.centre) is not None
    ]
    return Chart(paper.width, paper.height, lands)


def _land(cluster: Any, rows: list[ClusterSchool], paper: drawing.Paper, colour: int) -> Land:
    centre = cluster_costs.place_of(cluster.centre)
    assert centre is not None
    x, y = paper.spot(centre)
    dots = []
    for row in rows:
        at = cluster_costs.place_of(row.school)
        if at is not None and row.school_id != cluster.centre_id:
            dots.append(
                Dot(
                    short(row.school_id), row.school.name, row.metres, _at(at), *paper.spot(at)
                )
            )  # fmt: skip
    spots = [(x, y), *((dot.x, dot.y) for dot in dots)]
    hull = "L".join(f"{a} {b}" for a, b in drawing.hull(spots))
    lines = "".join(f"M{x} {y}L{dot.x} {dot.y}" for dot in dots)
    return Land(
        short(cluster.pk), cluster.number, cluster.name or cluster.centre.name, colour,
        cluster.many or 0, _at(centre), x, y, f"M{hull}z", lines, dots,
    )  # fmt: skip


def _at(place: tuple[float, float]) -> str:
    return f"{place[0]:.6f},{place[1]:.6f}"
