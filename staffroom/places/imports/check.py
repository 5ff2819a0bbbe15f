"""A list of schools: rows to records, and everything that is wrong with them."""

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from staffroom.places.imports import values
from staffroom.places.imports.areas import area_problems
from staffroom.places.imports.columns import Columns
from staffroom.places.imports.coordinates import coordinate_problems
from staffroom.places.imports.merged import merged_filled
from staffroom.places.imports.names import fold
from staffroom.places.imports.problems import Problem, bad_rows
from staffroom.places.imports.records import Fixes, Path, SchoolRecord
from staffroom.places.imports.sheet import Row, Sheet

LONGEST = {"code": 40, "name": 160, "level": 60, "sector": 60, "area": 120}
SHOWN = 8  # row numbers told in one sentence


@dataclass
class Checked:
    """`records` are the good rows; `names` the spelling of each area."""

    records: list[SchoolRecord]
    problems: list[Problem]
    names: dict[Path, str]
    rows: int

    @property
    def bad(self) -> set[int]:
        return bad_rows(self.problems)


def check_schools(
    sheet: Sheet, columns: Columns, levels: Sequence[str], country: str, fixes: Fixes
) -> Checked:
    """Read every row; nothing is dropped without a problem that says so."""
    problems: list[Problem] = []
    rows = merged_filled(sheet, columns.used(), fixes.fill_merged, problems)
    reader = Reader(sheet.header, columns, levels, fixes, problems)
    records = [record for row in rows if (record := reader.read(row))]
    records = _once(
        records, sheet.header[columns.at["code"]] if "code" in columns.at else "", problems
    )
    problems += coordinate_problems(records, country, fixes, reader)
    given = [index is not None for index in columns.areas]
    area_problems(records, reader.spellings, levels, given, problems)
    problems += _twins(records, reader.head("name"))
    problems += _list_problems(sheet, columns, levels, reader)
    bad = bad_rows(problems)
    problems.sort(key=lambda problem: problem.row)
    return Checked(
        records=[record for record in records if record.row not in bad],
        problems=problems,
        names=reader.spellings.chosen(),
        rows=len(sheet.rows),
    )


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


def _once(records: list[SchoolRecord], column: str, problems: list[Problem]) -> list[SchoolRecord]:
    """Repeated rows taken once; different rows with one code all set aside."""
    by_code: dict[str, list[SchoolRecord]] = defaultdict(list)
    for record in records:
        by_code[record.code].append(record)
    dropped: set[int] = set()
    for code, same in by_code.items():
        if len(same) < 2 or not code:
            continue
        first = same[0]
        if all(other.content() == first.content() for other in same[1:]):
            for other in same[1:]:
                problems.append(
                    Problem(other.row, column, code, "repeated_row", {"first": first.row})
                )
                dropped.add(other.row)
            continue
        told = rows_text(record.row for record in same)
        problems += [Problem(r.row, column, code, "same_code", {"rows": told}) for r in same]
    return [record for record in records if record.row not in dropped]


def rows_text(rows: Iterable[int]) -> str:
    numbers = sorted(rows)
    shown = ", ".join(map(str, numbers[:SHOWN]))
    return shown if len(numbers) <= SHOWN else f"{shown} … ({len(numbers)})"


def _twins(records: list[SchoolRecord], column: str) -> list[Problem]:
    """One name in one area; one pair of coordinates for several schools."""
    by_name: dict[tuple[str, str, Path], list[int]] = defaultdict(list)
    by_place: dict[tuple[float, float], list[int]] = defaultdict(list)
    for record in records:
        by_name[(fold(record.name), record.level, record.path)].append(record.row)
        if record.latitude is not None and record.longitude is not None:
            by_place[(record.latitude, record.longitude)].append(record.row)
    names = {record.row: record.name for record in records}
    return [
        Problem(row, column, names[row], kind, {"rows": rows_text(rows)})
        for kind, groups in (("same_name", by_name.values()), ("shared_place", by_place.values()))
        for rows in groups
        if len(rows) > 1
        for row in rows
    ]


def _list_problems(
    sheet: Sheet, columns: Columns, levels: Sequence[str], reader: Reader
) -> list[Problem]:
    """What is true of the list as a whole (row 0)."""
    found = []
    unused = [
        name for index, name in enumerate(sheet.header) if name and index not in columns.used()
    ]
    if unused:
        found.append(Problem(0, "", "", "unused_column", {"columns": ", ".join(unused)}))
    gone = [level for level, index in zip(levels, columns.areas, strict=True) if index is None]
    if gone:
        found.append(Problem(0, "", "", "no_level_column", {"levels": ", ".join(gone)}))
    if any(problem.kind == "same_code" for problem in reader.problems):
        found += _better_codes(sheet, columns)
    if reader.float_codes and "code" in columns.at:
        found.append(Problem(0, reader.head("code"), "", "float_codes", {"n": reader.float_codes}))
    if "latitude" not in columns.at or "longitude" not in columns.at:
        found.append(Problem(0, "", "", "no_coordinate_columns"))
    return found


def _better_codes(sheet: Sheet, columns: Columns) -> list[Problem]:
    """Columns that are not read and tell every row from every other."""
    if "code" not in columns.at:
        return []
    code = sheet.header[columns.at["code"]]
    return [
        Problem(0, name, "", "better_code", {"column": name, "code": code})
        for index, name in enumerate(sheet.header)
        if name
        and index not in columns.used()
        and all(cells[index] for _number, cells in sheet.rows)
        and len({cells[index] for _number, cells in sheet.rows}) == len(sheet.rows)
    ]
