"""Which schools a plan of clusters is made of, where each stands, and what keeps them apart."""

import datetime as dt
import math
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.methods.formation import sizes
from staffroom.places import queries
from staffroom.places.cluster_words import could, joined, note
from staffroom.places.imports import geo
from staffroom.places.models import Area, AreaParent, Programme, School, SchoolArea, on_date
from staffroom.places.supervision import descendants

#: The country's box judges where at least so many of all places lie in it.
MOST_IN_IT = 0.5
#: Too wide an area (km from its middle to its farthest school) says too little about where one is.
WIDEST = 30.0

Key = tuple[str, str]
Place = tuple[float, float]


@dataclass(frozen=True)
class Settings:
    """What is asked of a plan. `within`: the depth of the areas that no cluster crosses."""

    least: int = 25
    most: int = 35
    clusters: int | None = None
    within: int | None = None
    apart: str = ""
    circle_least: int | None = 3
    circle_most: int | None = 4
    blocks: int | None = 4
    seconds: int = 10
    seed: int = 0

    @property
    def circle(self) -> tuple[int, int] | None:
        low, high = self.circle_least, self.circle_most
        return (low or high or 1, high or low or 1) if low or high else None


@dataclass
class Lot:
    """One place a school in every list; `why`: what keeps it from being placed, or ""."""

    ids: list[uuid.UUID]
    at: list[Place | None]
    why: list[str]
    note: list[str]
    key: list[Key]
    called: dict[Key, str]
    doubt: str = ""
    parts: dict[Key, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def ready(self) -> int:
        """How many can be placed."""
        return sum(not why for why in self.why)

    @property
    def by_area(self) -> int:
        return sum(bool(text) and not why for text, why in zip(self.note, self.why, strict=True))


@dataclass
class Drawn:
    """By index in the lot: `label` (-1 unplaced), `metres`. By cluster, in the order of their numbers:
    `number`, `name`, `centre` (index in the lot), `circle` (-1 none). By circle: `block` (-1 none).
    `circles`, `blocks`: number and name of each. `moved`: notes by index in the lot."""

    label: list[int]
    metres: list[int]
    centre: list[int]
    number: list[int]
    name: list[str]
    circle: list[int]
    circles: list[tuple[int, str]]
    block: list[int]
    blocks: list[tuple[int, str]]
    bound: int | None
    notes: list[str] = field(default_factory=list)
    moved: dict[int, str] = field(default_factory=dict)


def lot_of(programme: Programme, area: Area | None, settings: Settings, day: dt.date) -> Lot:
    """The open schools of the programme or the area, located and keyed."""
    found = School.objects.filter(queries.open_on(day), programme=programme)
    if area is not None:
        inside = SchoolArea.objects.filter(on_date(day), area__in=descendants({area.pk}, day))
        found = found.filter(pk__in=inside.values("school"))
    rows = list(
        found.order_by("code").values_list("pk", "latitude", "longitude", "level", "sector")
    )
    paths = _paths(programme, [row[0] for row in rows], day)
    lot = Lot([row[0] for row in rows], [], [], [""] * len(rows), [], {})
    for _pk, latitude, longitude, _level, _sector in rows:
        why = _impossible(latitude, longitude)
        lot.why.append(why)
        known = latitude is not None and longitude is not None
        lot.at.append((latitude, longitude) if known and not why else None)  # type: ignore[arg-type]
    _far(lot, programme)
    _astray(lot, paths)
    _by_area(lot, paths)
    apart = [{"level": row[3], "sector": row[4]}.get(settings.apart, "") for row in rows]
    _keys(lot, paths, apart, programme, settings.within)
    return lot


AreaRow = tuple[uuid.UUID, str, int]


def _paths(
    programme: Programme, schools: list[uuid.UUID], day: dt.date
) -> dict[uuid.UUID, list[AreaRow]]:
    """For each school its areas, narrowest first, with name and depth."""
    narrowest = dict(
        SchoolArea.objects.filter(on_date(day), school__programme=programme).values_list(
            "school_id", "area_id"
        )
    )
    parents = dict(
        AreaParent.objects.filter(on_date(day), area__programme=programme).values_list(
            "area_id", "parent_id"
        )
    )
    rows: dict[uuid.UUID, AreaRow] = {
        pk: (pk, name, depth)
        for pk, name, depth in Area.objects.filter(programme=programme).values_list(
            "pk", "name", "level__depth"
        )
    }
    lines: dict[uuid.UUID, list[AreaRow]] = {}
    for area in set(narrowest.values()):
        line, at = [], area
        while at in rows and rows[at] not in line:
            line.append(rows[at])
            at = parents.get(at, at)
        lines[area] = line
    return {school: lines[narrowest[school]] for school in schools if school in narrowest}


def _impossible(latitude: float | None, longitude: float | None) -> str:
    if latitude is None and longitude is None:
        return note("no_place")
    if latitude is None or longitude is None:
        return note("half_place")
    if abs(latitude) < 0.01 and abs(longitude) < 0.01:
        return note("zero")
    if abs(latitude) > 90 or abs(longitude) > 180:
        return note("swapped")
    return ""


def _far(lot: Lot, programme: Programme) -> None:
    """Doubt places outside the country; where most are outside, doubt the country, and say so."""
    good = [place for place in lot.at if place is not None]
    box = geo.box_of(programme.country)
    outside = sum(not box.holds(*place) for place in good) if box else 0
    if outside > len(good) * MOST_IN_IT:
        lot.doubt = note("elsewhere", outside, len(good))
        box = None
    box = box or geo.spread(good)
    if box is None:
        return
    for index, place in enumerate(lot.at):
        if place is not None and not box.holds(*place):
            lot.why[index] = note("swapped" if box.holds(*reversed(place)) else "far")
            lot.at[index] = None


def _astray(lot: Lot, paths: dict[uuid.UUID, list[AreaRow]]) -> None:
    """Doubt places far from all others of their widest area, and among those of another."""
    listed: list[tuple[float, float, str] | None] = []
    for school, place in zip(lot.ids, lot.at, strict=True):
        line = paths.get(school)
        listed.append((*place, line[-1][1] if line else "") if place else None)
    for stray in geo.strays(listed):
        area = (listed[stray.index] or (0, 0, ""))[2]
        lot.why[stray.index] = note("stray", round(stray.km), area if stray.other else "")
        lot.at[stray.index] = None


def _by_area(lot: Lot, paths: dict[uuid.UUID, list[AreaRow]]) -> None:
    """Schools in doubt stand in the middle of the smallest area whose schools stand near together."""
    lost = [index for index, why in enumerate(lot.why) if why and lot.ids[index] in paths]
    wanted = {area for index in lost for area, _name, _depth in paths[lot.ids[index]]}
    members: dict[uuid.UUID, list[Place]] = defaultdict(list)
    for school, place in zip(lot.ids, lot.at, strict=True):
        if place is not None:
            for area, _name, _depth in paths.get(school, []):
                if area in wanted:
                    members[area].append(place)
    middles = {area: _middle(places) for area, places in members.items()}
    for index in lost:
        for area, name, _depth in paths[lot.ids[index]]:
            middle = middles.get(area)
            if middle is not None:
                lot.note[index] = joined(note("by_area", name), lot.why[index])
                lot.at[index], lot.why[index] = middle, ""
                break


def _middle(places: list[Place]) -> Place | None:
    middle = (
        math.fsum(y for y, _x in places) / len(places),
        math.fsum(x for _y, x in places) / len(places),
    )
    near = all(geo.km_between(middle, place) <= WIDEST for place in places)
    return middle if near else None


def _keys(
    lot: Lot, paths: dict[uuid.UUID, list[AreaRow]], apart: list[str], programme: Programme,
    within: int | None,
) -> None:  # fmt: skip
    from staffroom.places.imports.names import fold

    level = programme.levels.filter(depth=within).first() if within else None
    for index, school in enumerate(lot.ids):
        area = next((row for row in paths.get(school, []) if row[2] == within), None)
        if level and area is None and not lot.why[index]:
            lot.why[index] = note("no_area", level.name)
        key = (str(area[0]) if area else "", fold(apart[index]))
        lot.key.append(key)
        lot.called.setdefault(key, ", ".join(filter(None, [area[1] if area else "", apart[index]])))


def cut(lot: Lot, settings: Settings) -> list[str]:
    """Fill `lot.parts`; schools of a part that cannot be cut within bounds wait, told why.

    > notes about those parts. Refused where nothing can be formed.
    """
    low, high = settings.least, settings.most
    _refuse_bounds(settings)
    if not lot.ids:
        raise Refused(_("No school is open here. Import the list of schools first."))
    for index, why in enumerate(lot.why):
        if not why:
            lot.parts.setdefault(lot.key[index], []).append(index)
    if not lot.parts:
        raise Refused(
            _(
                "None of the %(n)s schools has coordinates that can be used. Add latitude and "
                "longitude to the list of schools and import it again."
            )
            % {"n": len(lot)}
        )
    bad = [key for key in lot.parts if not sizes.possible(len(lot.parts[key]), low, high)]
    notes = [note("bounds", len(lot.parts[key]), low, high, lot.called[key]) for key in bad]
    if len(bad) == len(lot.parts):
        raise Refused(_refusal(lot, bad, low, high), "least")
    for key, text in zip(bad, notes, strict=True):
        for index in lot.parts.pop(key):
            lot.why[index] = text
    _refuse_number(lot, settings)
    return notes


def _refuse_bounds(settings: Settings) -> None:
    if settings.least > settings.most:
        raise Refused(_("The largest cluster must not be smaller than the smallest."), "most")
    circle = settings.circle
    if circle and circle[0] > circle[1]:
        raise Refused(
            _("A circle’s most clusters must not be fewer than its fewest."), "circle_most"
        )
    if settings.blocks and not circle:
        raise Refused(
            _(
                "Blocks are made of circles: say how many clusters a circle has, or leave this empty."
            ),
            "blocks",
        )


def _refusal(lot: Lot, bad: list[Key], low: int, high: int) -> str:
    n = max(len(lot.parts[key]) for key in bad)
    values = {"n": n, "low": low, "high": high, "could": could(n, low, high)}
    if len(bad) == 1:
        return (
            _(
                "%(n)s schools cannot be cut into clusters of %(low)s to %(high)s; %(could)s could. "
                "Choose other sizes, or a wider area."
            )
            % values
        )
    return _(
        "None of the %(parts)s parts can be cut into clusters of %(low)s to %(high)s; the largest "
        "has %(n)s schools, and %(could)s could. Choose other sizes, or keep less apart."
    ) % (values | {"parts": len(bad)})


def _refuse_number(lot: Lot, settings: Settings) -> None:
    if settings.clusters is None:
        return
    room = [
        sizes.possible(len(which), settings.least, settings.most) for which in lot.parts.values()
    ]
    least, most = sum(each[0] for each in room), sum(each[-1] for each in room)
    if not least <= settings.clusters <= most:
        raise Refused(
            _(
                "%(n)s schools cannot be cut into %(clusters)s clusters of %(low)s to %(high)s; "
                "%(fewest)s to %(most)s clusters could."
            )
            % {
                "n": sum(map(len, lot.parts.values())), "clusters": settings.clusters,
                "low": settings.least, "high": settings.most, "fewest": least, "most": most,
            },
            "clusters",
        )  # fmt: skip
