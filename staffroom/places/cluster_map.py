"""The map of a plan or a part of it, drawn on the server: few bytes, no picture, no script needed.

Few clusters are drawn with every school and its line to the centre; many with hulls and centres alone.
"""

import math
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from staffroom.core.addresses import address
from staffroom.methods.formation import drawing
from staffroom.methods.formation.drawing import Place, Spot
from staffroom.places.models import Cluster, ClusterPlan, ClusterSchool

#: Above these a map has no dots.
MOST_CLUSTERS, MOST_SCHOOLS = 45, 1600
LETTER = 6.0  # the mean width of one in a name of `NAME` units
NAME = 11.0
BAR = 12.0  # room for the scale below


@dataclass
class Shape:
    """Clusters of one colour behind one link. `number` stands at `x`, `y`."""

    colour: int
    hull: str
    lines: str = ""
    dots: str = ""
    centres: str = ""
    number: int | None = None
    x: float = 0
    y: float = 0


@dataclass
class Group:
    """What one link opens; `label` stands at `x`, `y` where its clusters have no numbers."""

    url: str
    shapes: list[Shape] = field(default_factory=list)
    label: int | None = None
    x: float = 0
    y: float = 0


@dataclass
class Map:
    width: float
    height: float
    groups: list[Group]
    bar_km: int | float
    bar: float
    names: list[tuple[float, float, str, str]] = field(default_factory=list)
    numbers: list[tuple[float, float, int, bool]] = field(
        default_factory=list
    )  # and: it has a name
    missing: int = 0  # schools that have no coordinates of their own

    @property
    def bar_y(self) -> float:
        return self.height - 8


@dataclass
class _Found:
    """The places of a cluster's schools and of its centre, by cluster."""

    places: dict[uuid.UUID, list[Place]]
    missing: int


def draw(plan: ClusterPlan, rows: Sequence[Any], colour: dict[uuid.UUID, int]) -> Map | None:
    """`rows`: some of the plan's clusters (`cluster_queries.clusters_of`), `colour`: `colours_of`."""
    found = _places(plan, rows)
    paper = _paper(found)
    return _drawn(plan, rows, colour, found, paper) if paper else None


Side = tuple[ClusterPlan, Sequence[Any], dict[uuid.UUID, int]]


def draw_pair(one: Side, other: Side) -> list[Map]:
    """Two plans on paper of the same scale and the same edges; each as `draw` takes it."""
    found = [_places(plan, rows) for plan, rows, _colour in (one, other)]
    every = [place for each in found for places in each.places.values() for place in places]
    if not every:
        return []
    paper = drawing.paper(every)
    return [_drawn(*side, each, paper) for side, each in zip((one, other), found, strict=True)]


def _drawn(
    plan: ClusterPlan, rows: Sequence[Any], colour: dict[uuid.UUID, int], found: _Found,
    paper: drawing.Paper,
) -> Map:  # fmt: skip
    schools = sum(map(len, found.places.values()))
    if len(rows) <= MOST_CLUSTERS and schools <= MOST_SCHOOLS:
        groups = [_one(plan, row, found, paper, colour) for row in rows]
    else:
        groups = _light(plan, rows, found, paper, colour)
    km, bar = paper.bar()
    return Map(paper.width, paper.height + BAR, groups, km, bar, missing=found.missing)


def draw_one(
    plan: ClusterPlan, cluster: Cluster, schools: Sequence[ClusterSchool],
    colour: dict[uuid.UUID, int],
) -> Map | None:  # fmt: skip
    """One cluster with numbers (as in the table) and names of its schools."""
    own = [_place(row) for row in schools]
    places = [place for place in own if place is not None]
    if not places:
        return None
    found = _Found({cluster.pk: places}, len(own) - len(places))
    paper = drawing.paper(places, tallest=400, margin=24)
    group = _one(plan, cluster, found, paper, colour)
    group.url, group.shapes[0].number = "", None
    spots = [paper.spot(place) for place in places]
    named = [row.school.name for row, place in zip(schools, own, strict=True) if place]
    order = [number for number, place in enumerate(own, 1) if place]
    where = drawing.names(
        spots, [min(len(name), 22) * LETTER for name in named], size=NAME, width=paper.width
    )
    names = [
        (spot[0], spot[1], spot[2], name[:21] + "…" if len(name) > 22 else name)
        for spot, name in zip(where, named, strict=True)
        if spot
    ]
    numbers = [
        (round(x + 4, 1), round(y - 3, 1), n, at is not None)
        for (x, y), n, at in zip(spots, order, where, strict=True)
    ]
    km, bar = paper.bar()
    return Map(paper.width, paper.height + BAR, [group], km, bar, names, numbers, found.missing)


def colours_of(plan: ClusterPlan) -> dict[uuid.UUID, int]:
    """1 … 5 of each cluster of the whole plan, so that it keeps its colour from page to page."""
    rows = list(
        Cluster.objects.filter(plan=plan).values_list("pk", "centre__latitude", "centre__longitude")
    )
    known = [(pk, (y, x)) for pk, y, x in rows if y is not None and x is not None]
    out = dict.fromkeys((pk for pk, _y, _x in rows), 1)
    found = drawing.colours([place for _pk, place in known])
    return out | {pk: colour + 1 for (pk, _place), colour in zip(known, found, strict=True)}


def _places(plan: ClusterPlan, rows: Sequence[Cluster]) -> _Found:
    wanted = {row.pk for row in rows}
    found = ClusterSchool.objects.filter(plan=plan, cluster__isnull=False)
    if len(wanted) <= MOST_CLUSTERS:
        found = found.filter(cluster__in=wanted)
    places: dict[uuid.UUID, list[Place]] = defaultdict(list)
    missing = 0
    for cluster, y, x, noted in found.values_list(
        "cluster_id", "school__latitude", "school__longitude", "note"
    ):
        if cluster not in wanted:
            continue
        if y is None or x is None or noted.startswith("by_area|"):
            missing += 1
        else:
            places[cluster].append((y, x))
    return _Found(places, missing)


def _place(row: ClusterSchool) -> Place | None:
    y, x = row.school.latitude, row.school.longitude
    return None if y is None or x is None or row.note.startswith("by_area|") else (y, x)


def _paper(found: _Found) -> drawing.Paper | None:
    every = [place for places in found.places.values() for place in places]
    return drawing.paper(every) if every else None


def _centre(row: Cluster, places: Sequence[Place]) -> Place:
    """The central school's; where that is not known, the middle of the others."""
    y, x = row.centre.latitude, row.centre.longitude
    if y is not None and x is not None and (y, x) in places:
        return y, x
    return (
        math.fsum(place[0] for place in places) / len(places),
        math.fsum(place[1] for place in places) / len(places),
    )


def _one(
    plan: ClusterPlan, row: Cluster, found: _Found, paper: drawing.Paper,
    colour: dict[uuid.UUID, int],
) -> Group:  # fmt: skip
    """A cluster with all it has."""
    group = Group(address("cluster", plan.pk, row.pk))
    places = found.places.get(row.pk)
    if not places:
        return group
    x, y = paper.spot(_centre(row, places))
    spots = [paper.spot(place) for place in places]
    group.shapes.append(
        Shape(
            colour.get(row.pk, 1),
            _around(spots),
            "".join(f"M{_n(x)} {_n(y)}L{_n(a)} {_n(b)}" for a, b in spots if (a, b) != (x, y)),
            "".join(f"M{_n(a)} {_n(b)}h.1" for a, b in spots if (a, b) != (x, y)),
            _diamond(x, y, 11),
            row.number,
            x,
            y,
        )
    )
    return group


def _light(
    plan: ClusterPlan, rows: Sequence[Any], found: _Found, paper: drawing.Paper,
    colour: dict[uuid.UUID, int],
) -> list[Group]:  # fmt: skip
    """Hulls and centres of many clusters: a link for each block, else for each circle, else none."""
    blocks = {row.circle.block_id for row in rows if row.circle_id}
    by_block = len(blocks - {None}) > 1
    groups: dict[Any, Group] = {}
    paths: dict[Any, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    marks: dict[Any, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    middles: dict[Any, list[Spot]] = defaultdict(list)
    for row in rows:
        places = found.places.get(row.pk)
        if not places:
            continue
        over = row.circle and (row.circle.block if by_block else row.circle)
        key = over.pk if over else None
        if key not in groups:
            name = "cluster_block" if by_block else "cluster_circle"
            url = address(name, plan.pk, key) if key else ""
            groups[key] = Group(url, label=over.number if over else None)
        own = colour.get(row.pk, 1)
        spots = [(float(round(x)), float(round(y))) for x, y in map(paper.spot, places)]
        x, y = paper.spot(_centre(row, places))
        paths[key][own].append(_around(spots))
        marks[key][own].append(_diamond(round(x), round(y), 3))
        middles[key].append((x, y))
    for key, group in groups.items():
        group.shapes = [
            Shape(own, "".join(paths[key][own]), centres="".join(marks[key][own]))
            for own in sorted(paths[key])
        ]
        # Among its own centres, so that the number never stands in the neighbour's land.
        group.x, group.y = _inmost(middles[key])
    return list(groups.values())


def _inmost(spots: Sequence[Spot]) -> Spot:
    x = math.fsum(spot[0] for spot in spots) / len(spots)
    y = math.fsum(spot[1] for spot in spots) / len(spots)
    return min(spots, key=lambda spot: math.dist(spot, (x, y)))


def _around(spots: Sequence[Spot]) -> str:
    """The hull's corners as a path of short relative steps."""
    corners = drawing.hull(spots)
    out, (x, y) = f"M{_n(corners[0][0])} {_n(corners[0][1])}", corners[0]
    if len(corners) == 1:
        return f"{out}h.1"
    out += "l"
    for number, (a, b) in enumerate(corners[1:]):
        dx, dy = _n(a - x), _n(b - y)
        out += (
            ("" if not number or dx.startswith("-") else " ")
            + dx
            + ("" if dy[0] == "-" else " ")
            + dy
        )
        x, y = a, b
    return f"{out}z"


def _diamond(x: float, y: float, r: int) -> str:
    return f"M{_n(x)} {_n(y - r)}l{r} {r}-{r} {r}-{r}-{r}z"


def _n(value: float) -> str:
    """As short as it can be written."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
