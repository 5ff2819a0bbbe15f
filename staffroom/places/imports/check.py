"""A list of schools: rows to records, and everything that is wrong with them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from staffroom.places.imports.areas import area_problems
from staffroom.places.imports.columns import Columns
from staffroom.places.imports.coordinates import coordinate_problems
from staffroom.places.imports.known import Known
from staffroom.places.imports.merged import merged_filled
from staffroom.places.imports.names import fold
from staffroom.places.imports.problems import Problem, bad_rows
from staffroom.places.imports.read_schools import Reader
from staffroom.places.imports.records import Fixes, Path, SchoolRecord
from staffroom.places.imports.sheet import Sheet

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
    sheet: Sheet,
    columns: Columns,
    levels: Sequence[str],
    country: str,
    fixes: Fixes,
    known: Known | None = None,
) -> Checked:
    """Read every row; nothing is dropped without a problem that says so.

    `known` is what a short list is held against.
    """
    known = known or Known()
    problems: list[Problem] = []
    rows = merged_filled(sheet, columns.used(), fixes.fill_merged, problems)
    reader = Reader(sheet.header, columns, levels, fixes, problems)
    records = [record for row in rows if (record := reader.read(row))]
    records = _once(
        records, sheet.header[columns.at["code"]] if "code" in columns.at else "", problems
    )
    problems += coordinate_problems(records, country, fixes, reader, known.places)
    given = [index is not None for index in columns.areas]
    area_problems(records, reader.spellings, levels, given, problems, known)
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
