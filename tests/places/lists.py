"""Builders of small lists for the importer's tests."""

import csv
import io

from staffroom.places.imports import columns, sheet
from staffroom.places.imports.check import Checked, check_schools
from staffroom.places.imports.records import Fixes

LEVELS = ["County", "Sub-county", "Zone"]
HEADER = ["code", "school_name", "level", "county", "sub_county", "zone", "lat", "lon"]


def row(code: object = "1", name: str = "Ukasi", **other: object) -> list[str]:
    """A good school of Kitui; keywords put other values over it."""
    values = {
        "code": code,
        "school_name": name,
        "level": "Primary",
        "county": "Kitui",
        "sub_county": "Mwingi Central",
        "zone": "Mwingi",
        "lat": "-0.93",
        "lon": "38.06",
    } | other
    return [str(values[name]) for name in HEADER]


def to_csv(rows: list[list[str]], header: list[str] | None = None, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header or HEADER, *rows])
    return out.getvalue()


def check(
    rows: list[list[str]], fixes: Fixes | None = None, header: list[str] | None = None,
    country: str = "KE",
) -> Checked:  # fmt: skip
    table = sheet.read(to_csv(rows, header).encode())
    found = columns.guess(
        table.header, [cells for _n, cells in table.rows], levels=LEVELS, country=country
    )
    return check_schools(table, found, LEVELS, country, fixes or Fixes())


def kinds(checked: Checked, row_number: int | None = None) -> set[str]:
    return {p.kind for p in checked.problems if row_number is None or p.row == row_number}
