"""Clusters as a drawing: places on paper, hulls, colours that tell neighbours apart, names that fit.

Plain Python, because pages draw too and shall not load NumPy.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

Place = tuple[float, float]  # latitude, longitude in degrees
Spot = tuple[float, float]  # x to the right, y down, on the paper

KM_A_DEGREE = math.pi * 6371.0088 / 180
#: How many of the nearest centres count as neighbours.
NEIGHBOURS = 6


@dataclass(frozen=True)
class Paper:
    """Equirectangular, true at the middle latitude. `km`: kilometres a unit."""

    north: float
    west: float
    squeeze: float
    scale: float
    width: float
    height: float
    left: float
    top: float

    def spot(self, place: Place) -> Spot:
        x = _turned(place[1] - self.west) * self.squeeze * self.scale + self.left
        return round(x, 1), round((self.north - place[0]) * self.scale + self.top, 1)

    @property
    def km(self) -> float:
        return KM_A_DEGREE / self.scale

    def bar(self, most: float = 0.3) -> tuple[int | float, float]:
        """A round number of km and its length, at most `most` of the width."""
        room = self.width * most * self.km
        power = 10 ** math.floor(math.log10(room))
        km = next(power * step for step in (5, 2, 1) if power * step <= room)
        return (int(km) if km >= 1 else round(km, 6)), round(km / self.km, 1)


def _turned(degrees: float) -> float:
    """East of the west edge, also where that lies beyond the 180th meridian."""
    return degrees + 360 if degrees < -180 else degrees


def paper(
    places: Sequence[Place], *, width: float = 400, tallest: float = 480, margin: float = 18,
    least_km: float = 1.0,
) -> Paper:  # fmt: skip
    """Paper `width` wide and at most `tallest` high on which all places stand, at least `least_km` wide."""
    every = places or [(0.0, 0.0)]
    south, north = min(y for y, _x in every), max(y for y, _x in every)
    west, east = _sides([x for _y, x in every])
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.05)
    least = least_km / KM_A_DEGREE
    wide, high = max((east - west) * squeeze, least), max(north - south, least / 2)
    inner = width - 2 * margin
    scale = min(inner / wide, (tallest - 2 * margin) / high)
    height = math.ceil((north - south) * scale + 2 * margin)
    height = max(height, 120)
    left = (width - (east - west) * squeeze * scale) / 2
    top = (height - (north - south) * scale) / 2
    return Paper(north, west, squeeze, scale, width, height, left, top)


def _sides(longitudes: Sequence[float]) -> tuple[float, float]:
    """West and east; across the 180th meridian where that is the narrower way round."""
    west, east = min(longitudes), max(longitudes)
    if east - west > 180:
        west = min(x for x in longitudes if x > 0)
        east = max(x for x in longitudes if x <= 0) + 360
    return west, east


def hull(spots: Sequence[Spot]) -> list[Spot]:
    """The corners around the spots (Andrew's monotone chain); one or two spots are their own hull."""
    every = sorted(set(spots))
    if len(every) < 3:
        return every
    lower = _half(every)
    return lower[:-1] + _half(every[::-1])[:-1]


def _half(spots: Sequence[Spot]) -> list[Spot]:
    out: list[Spot] = []
    for spot in spots:
        while len(out) > 1 and _turn(out[-2], out[-1], spot) <= 0:
            out.pop()
        out.append(spot)
    return out


def _turn(a: Spot, b: Spot, c: Spot) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def colours(places: Sequence[Place], many: int = 5) -> list[int]:
    """A colour 0 … many-1 of each centre, so that near ones differ: the most bound first (DSATUR,
    Brélaz 1979), where all are taken the one whose bearers are farthest."""
    near = _near(places)
    beside: list[dict[int, float]] = [{} for _ in places]
    for one, others in enumerate(near):
        for rank, other in enumerate(others):
            weight = 1 / (1 + rank)
            beside[one][other] = max(beside[one].get(other, 0), weight)
            beside[other][one] = max(beside[other].get(one, 0), weight)
    out = [-1] * len(places)
    taken: list[dict[int, float]] = [defaultdict(float) for _ in places]
    used = [0] * many
    waiting = set(range(len(places)))
    edge: set[int] = set()
    while waiting:
        some = edge or {min(waiting)}
        one = min(some, key=lambda i: (-len(taken[i]), -len(beside[i]), i))
        own = taken[one]
        out[one] = min(range(many), key=lambda c: (own.get(c, 0), used[c], c))
        used[out[one]] += 1
        waiting.discard(one)
        edge.discard(one)
        for other, weight in beside[one].items():
            taken[other][out[one]] += weight
            if other in waiting:
                edge.add(other)
    return out


def _near(places: Sequence[Place]) -> list[list[int]]:
    """The nearest centres of each, nearest first; looked for in a grid of about two a cell."""
    if len(places) < 2:
        return [[] for _ in places]
    flat = paper(places, margin=0)
    spots = [flat.spot(place) for place in places]
    side = max(math.sqrt(flat.width * flat.height * 2 / len(places)), 1.0)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(spots):
        cells[int(x // side), int(y // side)].append(index)
    last = int(max(flat.width, flat.height) // side) + 2
    return [_around(index, spots, cells, side, last) for index in range(len(spots))]


def _around(
    index: int, spots: Sequence[Spot], cells: dict[tuple[int, int], list[int]], side: float, last: int
) -> list[int]:  # fmt: skip
    x, y = spots[index]
    column, line = int(x // side), int(y // side)
    found: list[tuple[float, int]] = []
    for ring in range(last):
        for dx in range(-ring, ring + 1):
            step = 1 if abs(dx) == ring else max(2 * ring, 1)
            for dy in range(-ring, ring + 1, step):
                here = cells.get((column + dx, line + dy), ())
                found += [(math.dist(spots[o], (x, y)), o) for o in here if o != index]
        if sum(far <= ring * side for far, _other in found) >= NEIGHBOURS:
            break
    return [other for _far, other in sorted(found)[:NEIGHBOURS]]


def names(
    spots: Sequence[Spot], lengths: Sequence[float], *, size: float, width: float
) -> list[tuple[float, float, str] | None]:
    """Where each name stands (x, y of its baseline, "start" or "end"), None where it would cover
    another or a spot. Earlier spots go first."""
    taken = [(x - 3, y - 3, x + 3, y + 3) for x, y in spots]
    out: list[tuple[float, float, str] | None] = []
    for number, ((x, y), length) in enumerate(zip(spots, lengths, strict=True)):
        chosen = None
        for side, down in (("start", 0.35), ("end", 0.35), ("start", -0.5), ("start", 1.2),
                           ("end", -0.5), ("end", 1.2)):  # fmt: skip
            left = x + 6 if side == "start" else x - 6 - length
            base = y + down * size
            box = (left, base - 0.8 * size, left + length, base + 0.25 * size)
            if left < 0 or box[2] > width:
                continue
            if all(_apart(box, other) for at, other in enumerate(taken) if at != number):
                chosen = round(x + 6 if side == "start" else x - 6, 1), round(base, 1), side
                taken.append(box)
                break
        out.append(chosen)
    return out


def _apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
