"""Which coordinates cannot be believed, and where such a school stands all the same: in its ward."""

from collections import defaultdict
from collections.abc import Sequence

from staffroom.cli import BadInput
from staffroom.cli._school_sheet import SchoolSheet
from staffroom.places.imports import geo
from staffroom.places.imports.columns import STEPS
from staffroom.places.imports.names import fold

#: The country is known when so many of all places lie in its box.
NEARLY_ALL = 0.9
#: Too wide an area (km from its middle to its farthest school) says too little about where one is.
WIDEST = 30.0

Place = tuple[float, float]


def doubt(sheet: SchoolSheet) -> None:
    """Fill `why` of the schools whose coordinates are missing or cannot be right."""
    for index, (y, x) in enumerate(zip(sheet.latitude, sheet.longitude, strict=True)):
        if not sheet.why[index] and (said := _impossible(y, x)):
            sheet.why[index] = said
            sheet.lost.add(index)
    good = [
        (y, x)
        for y, x, why in zip(sheet.latitude, sheet.longitude, sheet.why, strict=True)
        if y is not None and x is not None and not why
    ]
    box, where = bulk(good)
    if box is None:
        return
    for index, (y, x) in enumerate(zip(sheet.latitude, sheet.longitude, strict=True)):
        if y is None or x is None or sheet.why[index] or box.holds(y, x):
            continue
        sheet.lost.add(index)
        sheet.why[index] = (
            f"latitude and longitude look swapped: the other way round they lie {where}"
            if box.holds(x, y)
            else f"{y:g}, {x:g} lies far from {where.removeprefix('in ')}"
        )


def _impossible(latitude: float | None, longitude: float | None) -> str:
    if latitude is None and longitude is None:
        return "no coordinates"
    if latitude is None or longitude is None:
        return "only one of latitude and longitude"
    if abs(latitude) < 0.01 and abs(longitude) < 0.01:
        return "coordinates 0, 0: the place was not known"
    if abs(latitude) > 90 or abs(longitude) > 180:
        if abs(longitude) <= 90 and abs(latitude) <= 180:
            return "latitude and longitude look swapped"
        return f"{latitude:g}, {longitude:g} is no place on the globe"
    return ""


def bulk(places: Sequence[Place]) -> tuple[geo.Box | None, str]:
    """The box where nearly all lie: a country's, else the spread of most; None for a few rows."""
    if not places:
        return None, ""
    best, _smallest, country = max(
        (
            sum(1 for place in places if geo.Box(*sides).holds(*place)),
            -(sides[2] - sides[0]) * (sides[3] - sides[1]),
            code,
        )
        for code, sides in geo.BOXES.items()
    )
    if best >= NEARLY_ALL * len(places):
        return geo.Box(*geo.BOXES[country]), f"in {country}, where the other schools are"
    swapped = max(
        sum(1 for y, x in places if geo.Box(*sides).holds(x, y)) for sides in geo.BOXES.values()
    )
    if swapped >= NEARLY_ALL * len(places) and best < len(places) / 2:
        raise BadInput(
            "latitude and longitude look swapped in the whole list. Say which column is which: "
            '--columns "latitude=NAME,longitude=NAME".'
        )
    return geo.spread(places), "in the part of the world where the other schools are"


def by_area(sheet: SchoolSheet) -> dict[int, tuple[Place, str]]:
    """For schools in doubt for their coordinates: the middle of the smallest area known, and its name.

    Narrow areas first; only areas whose located schools stand near together.
    """
    found: dict[int, tuple[Place, str]] = {}
    columns = _area_columns(sheet)
    if not columns:
        return found
    widest = columns[-1]
    for column in columns:
        members: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, cells in enumerate(sheet.cells):
            if cells[column]:
                members[fold(cells[widest]), fold(cells[column])].append(index)
        for which in members.values():
            lost = [index for index in which if index in sheet.lost and index not in found]
            middle = _middle(sheet, which) if lost else None
            if middle:
                area = f"{sheet.header[column]} {sheet.cells[which[0]][column]}"
                found |= dict.fromkeys(lost, (middle, area))
    return found


def _area_columns(sheet: SchoolSheet) -> list[int]:
    """The columns that hold administrative areas, those with most different values first."""
    words = set().union(*STEPS)
    areas = [index for index, head in enumerate(sheet.header) if fold(head) in words]
    return sorted(areas, key=lambda column: -len({cells[column] for cells in sheet.cells}))


def _middle(sheet: SchoolSheet, which: Sequence[int]) -> Place | None:
    places = [
        (y, x)
        for index in which
        if not sheet.why[index]
        and (y := sheet.latitude[index]) is not None
        and (x := sheet.longitude[index]) is not None
    ]
    if not places:
        return None
    middle = (
        sum(y for y, _x in places) / len(places),
        sum(x for _y, x in places) / len(places),
    )
    near = all(geo.km_between(middle, place) <= WIDEST for place in places)
    return middle if near else None
