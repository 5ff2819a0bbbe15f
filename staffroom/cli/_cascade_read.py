"""The clusters that `form-clusters` wrote, and what a list of schools adds, as a network of places."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from staffroom.cli import BadInput
from staffroom.cli._sheets import read_bytes

RADIUS = 6_371_008.8  # metres, mean radius of the earth (Moritz, Geodetic Reference System 1980)
NEEDED = ("id", "cluster", "centre", "km_to_centre")
KNOWN = (*NEEDED, "circle", "block", "teachers", "latitude", "longitude", "name")
#: Our field > the importer's, whose names for it count too.
ALSO = {"id": "code", "name": "name", "latitude": "latitude", "longitude": "longitude"}


@dataclass
class Places:
    """Names beside `network`, in its order. `centre`: ids; `venue`: with the school's name, where it is
    known. `unplaced`: rows without a cluster."""

    network: Any
    school: list[str]
    cluster: list[str]
    circle: list[str]
    block: list[str]
    centre: list[str]
    venue: list[str]
    unplaced: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """`at`: field > column; `rows`: (row number, cells)."""

    at: dict[str, int]
    rows: list[tuple[int, tuple[str, ...]]]

    def cell(self, cells: Sequence[str], what: str) -> str:
        return cells[self.at[what]] if what in self.at else ""


def table(path: Path, needed: Sequence[str]) -> Table:
    from staffroom.places.imports import sheet
    from staffroom.places.imports.columns import SCHOOL_NAMES
    from staffroom.places.imports.names import fold

    read = sheet.read(read_bytes(path))
    heads = [fold(head.replace("_", " ")) for head in read.header]
    at = {}
    for what in KNOWN:
        for name in (what.replace("_", " "), *SCHOOL_NAMES.get(ALSO.get(what, ""), ())):
            if name in heads:
                at[what] = heads.index(name)
                break
    if missing := [what for what in needed if what not in at]:
        raise BadInput(
            f"{path.name} has no column {' and no '.join(missing)}. There are: "
            f"{', '.join(filter(None, read.header))}. It takes what `staffroom form-clusters` writes."
        )
    return Table(at, list(read.rows))


def places(path: Path, schools: Path | None, teachers: int | None, managers: int) -> Places:
    """Read and check. BadInput names row, column and the way out."""
    read = table(path, NEEDED)
    rows = [row for row in read.rows if read.cell(row[1], "cluster")]
    if not rows:
        raise BadInput(f"{path.name} has no school with a cluster, so nobody can be planned for.")
    _no_doubles(read, rows)
    ids = [read.cell(cells, "id") for _row, cells in rows]
    more = _more(schools) if schools else {}
    notes = []
    if schools and (absent := sum(1 for each in ids if each not in more)):
        notes.append(f"{absent} schools of {path.name} are not in {schools.name}.")
    return _network(read, rows, ids, more, teachers, managers, notes)


def _no_doubles(read: Table, rows: Sequence[tuple[int, tuple[str, ...]]]) -> None:
    first: dict[str, int] = {}
    for row, cells in rows:
        code = read.cell(cells, "id")
        if not code:
            raise BadInput(f"row {row}, column id: it is empty. Give the school its id.")
        if code in first:
            raise BadInput(
                f'row {row}, column id: "{code}" already stands in row {first[code]}. Take one of them out.'
            )
        first[code] = row


def _more(path: Path) -> dict[str, dict[str, tuple[int, str]]]:
    """What a list of schools tells of each id: the row, and latitude, longitude, teachers.

    A list without ids has the number of the row for one, as in `form-clusters`.
    """
    read = table(path, ())
    wanted = [what for what in ("latitude", "longitude", "teachers", "name") if what in read.at]
    if not set(wanted) - {"name"}:
        raise BadInput(f"{path.name} has none of the columns latitude, longitude, teachers.")
    return {
        read.cell(cells, "id") or str(row): {what: (row, read.cell(cells, what)) for what in wanted}
        for row, cells in read.rows
    }


def number(row: int, column: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise BadInput(
            f'row {row}, column {column}: "{text}" is no number from {low:g} to {high:g}. Mend it.'
        )
    return value


def _network(
    read: Table, rows: Sequence[tuple[int, tuple[str, ...]]], ids: list[str],
    more: dict[str, dict[str, tuple[int, str]]], teachers: int | None, managers: int, notes: list[str],
) -> Places:  # fmt: skip
    import numpy as np

    from staffroom.methods.cascade.settings import Network

    cluster, clusters = _labels([read.cell(cells, "cluster") for _row, cells in rows])
    circle, circles = _above(read, rows, cluster, clusters, "circle", notes)
    of_circle = [circle[c] for c in cluster]
    block, blocks = _above(read, rows, of_circle, circles, "block", notes)
    centres = _one_each(read, rows, cluster, "centre")
    places = [
        _place(read, row, cells, code, more) for (row, cells), code in zip(rows, ids, strict=True)
    ]
    between = _between([places[ids.index(c)] if c in ids else None for c in centres])
    if between is None:
        notes.append(
            "Without latitude and longitude of the central schools, ways to circle, block and core "
            "venues are not counted. Give the list of schools with --schools."
        )
    metres = [
        round(1000 * number(row, "km_to_centre", read.cell(cells, "km_to_centre"), 0, 2000))
        for row, cells in rows
    ]
    network = Network(
        np.array(cluster), np.array(circle), np.array(block),
        np.array(_teachers(read, rows, ids, more, teachers)), np.full(len(rows), managers),
        np.array(metres), None if between is None else np.array(between),
    )  # fmt: skip
    names = {code: read.cell(cells, "name") for code, (_row, cells) in zip(ids, rows, strict=True)}
    names |= {code: told["name"][1] for code, told in more.items() if "name" in told}
    venues = [f"{code} {names.get(code, '')}".strip() for code in centres]
    unplaced = len(read.rows) - len(rows)
    return Places(network, ids, clusters, circles, blocks, centres, venues, unplaced, notes)


def _labels(names: Sequence[str]) -> tuple[list[int], list[str]]:
    """Numbers for names, in natural order: 2 before 10."""
    kept = sorted(set(names), key=lambda name: (len(name), name) if name.isdigit() else (99, name))
    at = {name: number for number, name in enumerate(kept)}
    return [at[name] for name in names], kept


def _above(
    read: Table, rows: Sequence[tuple[int, tuple[str, ...]]], below: Sequence[int], names: list[str],
    what: str, notes: list[str],
) -> tuple[list[int], list[str]]:  # fmt: skip
    """The circle of each cluster, or the block of each circle."""
    found = _one_each(read, rows, below, what) if what in read.at else []
    if found and all(found):
        return _labels(found)
    if what == "circle":
        notes.append("There are no circles: each cluster is one, with trainers of its own.")
        return list(range(len(names))), list(names)
    notes.append("There are no blocks: all is one block.")
    return [0] * len(names), ["1"]


def _one_each(
    read: Table, rows: Sequence[tuple[int, tuple[str, ...]]], below: Sequence[int], what: str
) -> list[str]:
    """The one value that all rows of a cluster (or circle) have below `what`."""
    found: dict[int, tuple[str, int]] = {}
    for (row, cells), number_ in zip(rows, below, strict=True):
        value = read.cell(cells, what)
        first = found.setdefault(number_, (value, row))
        if first[0] != value:
            raise BadInput(
                f'row {row}, column {what}: "{value}", but "{first[0]}" in row {first[1]}, which is of the '
                f"same {'circle' if what == 'block' else 'cluster'}. It can have one {what} only."
            )
    return [found[number_][0] for number_ in range(len(found))]


def _place(
    read: Table, row: int, cells: Sequence[str], code: str, more: dict[str, dict[str, tuple[int, str]]]
) -> tuple[float, float] | None:  # fmt: skip
    out = []
    for what, most in (("latitude", 90), ("longitude", 180)):
        at, text = more.get(code, {}).get(what, (row, "")) or (row, "")
        if not text:
            at, text = row, read.cell(cells, what)
        if not text:
            return None
        try:
            out.append(float(text))
        except ValueError:
            return None
        if not abs(out[-1]) <= most:
            raise BadInput(f'row {at}, column {what}: "{text}" is no place on the globe. Mend it.')
    return out[0], out[1]


def _between(points: Sequence[tuple[float, float] | None]) -> list[list[int]] | None:
    """Whole great-circle metres (haversine) between all, or None where one place is unknown."""
    known = [(math.radians(p[0]), math.radians(p[1])) for p in points if p is not None]
    if len(known) < len(points):
        return None
    return [[_metres(a, b) for b in known] for a in known]


def _metres(a: tuple[float, float], b: tuple[float, float]) -> int:
    half = math.sin((a[0] - b[0]) / 2) ** 2
    half += math.cos(a[0]) * math.cos(b[0]) * math.sin((a[1] - b[1]) / 2) ** 2
    return round(2 * RADIUS * math.asin(min(1.0, math.sqrt(half))))


def _teachers(
    read: Table, rows: Sequence[tuple[int, tuple[str, ...]]], ids: Sequence[str],
    more: dict[str, dict[str, tuple[int, str]]], total: int | None,
) -> list[int]:  # fmt: skip
    """A school's teachers: the column's, shared to `total` where that is said; evenly without a column."""
    from staffroom.methods.cascade.groups import share

    told = []
    for (row, cells), code in zip(rows, ids, strict=True):
        at, text = more.get(code, {}).get("teachers", (row, "")) or (row, "")
        text = text or read.cell(cells, "teachers")
        told.append(round(number(at, "teachers", text, 0, 10_000)) if text else 0)
    if total is None:
        if not any(told):
            raise BadInput(
                "how many teachers are to be trained? Say --teachers N, or give a column teachers."
            )
        return told
    return share(total, told if any(told) else [1] * len(rows))
