"""Where schools can be: the country's box, the spread of the other rows, the nearest neighbour."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

#: West, south, east, north in degrees, rounded outwards. Countries not listed: `spread`.
BOXES = {
    "AF": (60, 29, 75, 39), "AO": (11, -18.5, 24.5, -4), "BD": (88, 20.5, 93, 27),
    "BF": (-6, 9, 3, 15.5), "BI": (28.8, -4.6, 31, -2.2), "BJ": (0.5, 6, 4, 12.6),
    "BT": (88.5, 26.5, 92.3, 28.5), "BW": (19.8, -27, 29.5, -17.7), "CD": (12, -13.6, 31.5, 5.5),
    "CF": (14.3, 2, 27.6, 11.1), "CG": (11, -5.2, 18.8, 3.8), "CI": (-8.8, 4.2, -2.4, 10.9),
    "CM": (8.3, 1.5, 16.4, 13.2), "DJ": (41.5, 10.8, 43.6, 12.9), "EG": (24.5, 21.8, 37, 31.8),
    "ER": (36.3, 12.2, 43.3, 18.1), "ET": (32.8, 3.3, 48.1, 15), "GA": (8.6, -4.1, 14.7, 2.4),
    "GH": (-3.4, 4.5, 1.4, 11.3), "GM": (-17, 13, -13.7, 13.9), "GN": (-15.2, 7.1, -7.5, 12.8),
    "GW": (-16.9, 10.8, -13.5, 12.8), "ID": (94.5, -11.3, 141.2, 6.3), "IN": (68, 6.5, 97.6, 35.7),
    "KE": (33.8, -4.9, 42, 5.5), "KH": (102.2, 9.8, 107.8, 14.8), "LA": (100, 13.8, 107.8, 22.6),
    "LK": (79.4, 5.8, 82, 10), "LR": (-11.7, 4.2, -7.2, 8.7), "LS": (26.9, -30.8, 29.6, -28.4),
    "MA": (-17.3, 20.6, -0.9, 36.1), "MG": (43, -25.8, 50.7, -11.7), "ML": (-12.4, 10, 4.4, 25.1),
    "MM": (92, 9.4, 101.3, 28.7), "MR": (-17.3, 14.6, -4.7, 27.4), "MW": (32.5, -17.3, 36.1, -9.2),
    "MZ": (30, -27, 41, -10.3), "NA": (11.5, -29.1, 25.4, -16.8), "NE": (0, 11.6, 16.1, 23.6),
    "NG": (2.5, 4, 14.8, 14), "NP": (79.9, 26.2, 88.3, 30.6), "PG": (140.7, -12, 160, 0),
    "PH": (116, 4.4, 127, 21.5), "PK": (60.7, 23.4, 77.3, 37.3), "RW": (28.7, -3, 31, -0.9),
    "SD": (21.7, 8.5, 38.8, 23.3), "SL": (-13.5, 6.8, -10.1, 10.1), "SN": (-17.7, 12.2, -11.2, 16.8),
    "SO": (40.8, -1.8, 51.6, 12.2), "SS": (23.3, 3.3, 36.1, 12.4), "SZ": (30.7, -27.4, 32.3, -25.6),
    "TD": (13.3, 7.3, 24.1, 23.6), "TG": (-0.3, 6, 1.9, 11.2), "TL": (123.9, -9.7, 127.5, -8),
    "TZ": (29.2, -11.9, 40.7, -0.8), "UG": (29.4, -1.6, 35.2, 4.4), "VN": (102, 8, 110, 23.5),
    "YE": (41.7, 12, 54.7, 19.1), "ZA": (16.3, -35, 33.1, -22), "ZM": (21.8, -18.2, 33.9, -8.1),
    "ZW": (25.1, -22.6, 33.2, -15.5),
}  # fmt: skip
KM = 111.2
CELL = 0.25
#: A school is far from its area when its own are farther than this and another's are half as far.
FAR_FROM_OWN = 25.0
LONELY = 100.0
FEW = 10  # too few schools to call one of them far away


@dataclass(frozen=True)
class Box:
    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def box_of(country: str) -> Box | None:
    sides = BOXES.get(country.upper())
    return Box(*sides) if sides else None


def spread(points: Sequence[tuple[float, float]]) -> Box | None:
    """Where nearly all (latitude, longitude) lie: the middle 96 % and half as much on each side."""
    if len(points) < 20:
        return None
    sides = []
    for axis in (0, 1):
        values = sorted(point[axis] for point in points)
        cut = max(1, len(values) // 50)
        low, high = values[cut], values[-1 - cut]
        room = max(high - low, 0.5) * 0.5
        sides.append((low - room, high + room))
    (south, north), (west, east) = sides
    return Box(west, south, east, north)


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two (latitude, longitude); flat-earth, true enough below 300 km."""
    width = math.cos(math.radians((one[0] + other[0]) / 2))
    return KM * math.hypot(one[0] - other[0], (one[1] - other[1]) * width)


@dataclass(frozen=True)
class Stray:
    """A place far from its own area's; `other` is None when it is far from every school."""

    index: int
    km: float
    other: str | None
    near_km: float


Place = tuple[float, float, str]


def strays(listed: Sequence[Place | None], around: Sequence[Place] = ()) -> list[Stray]:
    """Listed places (latitude, longitude, area) without a neighbour of their own area nearby.

    Neighbours are the other places of the list and those `around`, already known.

    Returns those whose own area's nearest school is more than `FAR_FROM_OWN` km away while another
    area's is less than half as far, and those with no school at all within `LONELY` km.
    """
    places = [*listed, *around]
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    owned: dict[tuple[int, int, str], int] = defaultdict(int)
    areas: dict[str, list[int]] = defaultdict(list)
    for index, place in enumerate(places):
        if place is not None:
            cell = _cell(place)
            cells[cell].append(index)
            owned[(*cell, place[2])] += 1
            areas[place[2]].append(index)
    found: list[Stray] = []
    if sum(place is not None for place in places) < FEW:
        return found
    for index, place in enumerate(listed):
        if place is None or _accompanied(place, owned):
            continue
        stray = _stray(index, place, places, cells, areas)
        if stray:
            found.append(stray)
    return found


def _cell(place: tuple[float, float, str]) -> tuple[int, int]:
    return math.floor(place[0] / CELL), math.floor(place[1] / CELL)


def _accompanied(place: tuple[float, float, str], owned: dict[tuple[int, int, str], int]) -> bool:
    y, x = _cell(place)
    around = sum(owned.get((y + dy, x + dx, place[2]), 0) for dy in (-1, 0, 1) for dx in (-1, 0, 1))
    return around > 1


def _stray(
    index: int,
    place: tuple[float, float, str],
    places: Sequence[tuple[float, float, str] | None],
    cells: dict[tuple[int, int], list[int]],
    areas: dict[str, list[int]],
) -> Stray | None:
    near_km, nearest = _nearest(index, place, places, cells)
    if near_km > LONELY:
        return Stray(index, LONELY, None, near_km)
    if not place[2] or len(areas[place[2]]) < 10:
        return None
    own = min(
        km_between(place[:2], places[other][:2])  # type: ignore[index]
        for other in areas[place[2]]
        if other != index
    )
    area = places[nearest][2] if nearest is not None else ""  # type: ignore[index]
    if own > FAR_FROM_OWN and area and area != place[2] and near_km < own / 2:
        return Stray(index, own, area, near_km)
    return None


def _nearest(
    index: int,
    place: tuple[float, float, str],
    places: Sequence[tuple[float, float, str] | None],
    cells: dict[tuple[int, int], list[int]],
) -> tuple[float, int | None]:
    """The nearest other place within about `LONELY` km, ring by ring of cells."""
    y, x = _cell(place)
    best, nearest = math.inf, None
    for ring in range(int(LONELY / KM / CELL) + 3):
        for dy in range(-ring, ring + 1):
            for dx in range(-ring, ring + 1):
                if max(abs(dy), abs(dx)) != ring:
                    continue
                for other in cells.get((y + dy, x + dx), ()):
                    if other != index:
                        km = km_between(place[:2], places[other][:2])  # type: ignore[index]
                        if km < best:
                            best, nearest = km, other
        if best < ring * CELL * KM * 0.9:
            break
    return best, nearest
