"""Where the schools of a list stand: in the country, in the sea, swapped, far from their own area."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from staffroom.places.imports import geo
from staffroom.places.imports.problems import Problem
from staffroom.places.imports.read_schools import Reader
from staffroom.places.imports.records import Fixes, SchoolRecord


def coordinate_problems(
    records: list[SchoolRecord],
    country: str,
    fixes: Fixes,
    reader: Reader,
    around: Sequence[geo.Place] = (),
) -> list[Problem]:
    """Each place against the country's box, else against the spread of the rest, then neighbours."""
    known = [(r.latitude, r.longitude) for r in records if r.latitude is not None]
    box, where = geo.box_of(country), "country"
    if box is None:
        box, where = geo.spread(known), "rows"  # type: ignore[arg-type]
    told = _where(box, where) if box else ""
    column = reader.head("latitude")
    problems: list[Problem] = []
    for record in records:
        if record.latitude is None or record.longitude is None:
            if "latitude" in reader.columns.at:
                problems.append(Problem(record.row, column, "", "no_coordinates"))
            continue
        kind = _misplaced(record.latitude, record.longitude, box)
        if kind:
            problems.append(_mend(record, kind, told, column, fixes))
    return problems + _strays(records, box, told, reader, fixes, around)


def _where(box: geo.Box, what: str) -> str:
    args = {"w": box.west, "e": box.east, "s": box.south, "n": box.north}
    args = {key: round(value, 1) for key, value in args.items()}
    if what == "country":
        return _("the country (longitude %(w)s to %(e)s, latitude %(s)s to %(n)s)") % args
    return _("where the other rows lie (longitude %(w)s to %(e)s, latitude %(s)s to %(n)s)") % args


def _misplaced(latitude: float, longitude: float, box: geo.Box | None) -> str:
    if abs(latitude) < 0.01 and abs(longitude) < 0.01:
        return "zero"
    if box is None:
        return "" if abs(latitude) <= 90 and abs(longitude) <= 180 else "outside"
    if box.holds(latitude, longitude):
        return ""
    if box.holds(longitude, latitude):
        return "swapped"
    if any(box.holds(latitude * y, longitude * x) for y, x in ((-1, 1), (1, -1), (-1, -1))):
        return "sign_lost"
    return "outside"


def _mend(record: SchoolRecord, kind: str, where: str, column: str, fixes: Fixes) -> Problem:
    value = f"{record.latitude}, {record.longitude}"
    if kind == "swapped" and fixes.swapped:
        record.latitude, record.longitude = record.longitude, record.latitude
        return Problem(record.row, column, value, "swapped_back")
    if fixes.drop_coordinates and kind != "swapped":
        record.latitude = record.longitude = None
        return Problem(record.row, column, value, "dropped_coordinates")
    args = {"where": where, "latitude": record.latitude, "longitude": record.longitude}
    return Problem(record.row, column, value, kind, args)


def _strays(
    records: list[SchoolRecord],
    box: geo.Box | None,
    where: str,
    reader: Reader,
    fixes: Fixes,
    around: Sequence[geo.Place],
) -> list[Problem]:
    """Schools nearer to another area's schools than to their own, and lonely ones."""
    places = [
        (r.latitude, r.longitude, r.path[0] if r.path else "")
        if r.latitude is not None and r.longitude is not None
        and (box is None or box.holds(r.latitude, r.longitude))
        else None
        for r in records
    ]  # fmt: skip
    found = []
    names, column = reader.spellings.chosen(), reader.head("latitude")
    for stray in geo.strays(places, around):
        record = records[stray.index]
        if _home_when_swapped(record, records, box):
            found.append(_mend(record, "swapped", where, column, fixes))
            continue
        value = f"{record.latitude}, {record.longitude}"
        if stray.other is None:
            found.append(
                Problem(record.row, column, value, "far_from_all", {"km": round(stray.km)})
            )
            continue
        found.append(
            Problem(record.row, column, value, "far_from_area",
                    {"area": names[record.path[:1]], "km": round(stray.km),
                     "other": names.get((stray.other,), stray.other.title()),
                     "near": max(1, round(stray.near_km))})
        )  # fmt: skip
    return found


def _home_when_swapped(
    record: SchoolRecord, records: list[SchoolRecord], box: geo.Box | None
) -> bool:
    """Whether the swapped place is in the country and near another school of the same area."""
    if box is None or not box.holds(record.longitude or 0, record.latitude or 0):
        return False
    swapped = (record.longitude or 0.0, record.latitude or 0.0)
    return any(
        other is not record
        and other.path == record.path
        and other.latitude is not None
        and other.longitude is not None
        and geo.km_between(swapped, (other.latitude, other.longitude)) < geo.FAR_FROM_OWN
        for other in records
    )
