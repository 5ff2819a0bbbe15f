"""Reading the rows of a list of schools: cells into a record, spellings kept, problems noted."""

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence

from staffroom.places.imports import values
from staffroom.places.imports.columns import Columns
from staffroom.places.imports.names import fold
from staffroom.places.imports.problems import Problem
from staffroom.places.imports.records import Fixes, Path, SchoolRecord
from staffroom.places.imports.sheet import Row

LONGEST = {"code": 40, "name": 160, "level": 60, "sector": 60, "area": 120}


class Spellings:
    """How each area is written, counted: the commonest spelling wins."""

    def __init__(self) -> None:
        self.counts: dict[Path, Counter[str]] = defaultdict(Counter)

    def add(self, path: Path, name: str) -> None:
        self.counts[path][name] += 1

    def chosen(self) -> dict[Path, str]:
        return {path: counter.most_common(1)[0][0] for path, counter in self.counts.items()}


class Reader:
    """Rows to records by the columns chosen."""

    def __init__(
        self,
        header: Sequence[str],
        columns: Columns,
        levels: Sequence[str],
        fixes: Fixes,
        problems: list[Problem],
    ) -> None:
        self.header, self.columns, self.levels = header, columns, levels
        self.problems = problems
        self.merge = {fold(name): meant for name, meant in fixes.merge.items()}
        self.drop = fixes.drop_coordinates
        self.spellings = Spellings()
        self.float_codes = 0

    def head(self, what: str) -> str:
        return self.header[self.columns.at[what]] if what in self.columns.at else ""

    def cell(self, row: Row, what: str) -> str:
        index = self.columns.at.get(what)
        return row[1][index] if index is not None else ""

    def note(self, row: Row, what: str, kind: str, **args: object) -> None:
        self.problems.append(
            Problem(row[0], self.head(what) or what, self.cell(row, what)[:80], kind, args or None)
        )

    def read(self, row: Row) -> SchoolRecord | None:
        before = len(self.problems)
        name = self.cell(row, "name")
        path = self._path(row)
        code = self._code(row, name, path)
        if not name:
            self.note(row, "name", "no_name")
        for what in ("code", "name", "level", "sector"):
            if len(self.cell(row, what)) > LONGEST[what]:
                self.note(row, what, "too_long", have=len(self.cell(row, what)), most=LONGEST[what])
        if values.mangled(name):
            self.note(row, "name", "mangled", text=name[:40])
        latitude, longitude = self._place(row)
        opened, closed = self._day(row, "opened"), self._day(row, "closed_on")
        if opened and closed and closed < opened:
            self.note(row, "closed_on", "bad_order")
        into = values.code(self.cell(row, "merged_into"))
        if into and into == code:
            self.note(row, "merged_into", "merged_into_itself")
        if not code and len(self.problems) > before:
            return None
        return SchoolRecord(
            row[0], code, name, self.cell(row, "level"), self.cell(row, "sector"),
            latitude, longitude, opened, closed, into, path,
        )  # fmt: skip

    def _code(self, row: Row, name: str, path: Path) -> str:
        if self.columns.make_codes and "code" not in self.columns.at:
            return made_code(name, self.cell(row, "level"), path) if name else ""
        raw = self.cell(row, "code")
        code = values.code(raw)
        self.float_codes += code != raw
        if not code:
            self.note(row, "code", "no_code")
        elif values.ROUNDED.fullmatch(code):
            self.note(row, "code", "rounded_code")
        return code

    def _path(self, row: Row) -> Path:
        path: list[str] = []
        for index in self.columns.areas:
            name = row[1][index] if index is not None else ""
            if len(name) > LONGEST["area"]:
                self.problems.append(
                    Problem(row[0], self.header[index or 0], name[:80], "too_long",
                            {"have": len(name), "most": LONGEST["area"]})
                )  # fmt: skip
            name = self.merge.get(fold(name), name)
            path.append(fold(name))
            if name:
                self.spellings.add(tuple(path), name)
        while path and not path[-1]:
            path.pop()
        return tuple(path)

    def _day(self, row: Row, what: str) -> dt.date | None:
        try:
            return values.date(self.cell(row, what))
        except ValueError:
            self.note(row, what, "bad_date")
            return None

    def _place(self, row: Row) -> tuple[float | None, float | None]:
        found: list[float | None] = []
        wrong = False
        for what in ("latitude", "longitude"):
            try:
                found.append(values.coordinate(self.cell(row, what)))
            except ValueError:
                self.note(row, what, "dropped_coordinates" if self.drop else "not_a_number")
                wrong = True
                found.append(None)
        if not wrong and (found[0] is None) != (found[1] is None):
            what = "latitude" if found[0] is None else "longitude"
            self.note(row, what, "dropped_coordinates" if self.drop else "half_coordinate")
            wrong = True
        return (None, None) if wrong else (found[0], found[1])


def made_code(name: str, level: str, path: Path) -> str:
    """A code for lists without: from name, level and area, so that a school gets the same again."""
    digest = hashlib.sha256("|".join([fold(name), fold(level), *path]).encode()).hexdigest()
    return "x" + digest[:10]
