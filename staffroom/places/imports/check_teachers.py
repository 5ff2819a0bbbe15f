"""A list of teachers: rows to records, and everything that is wrong with them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from staffroom.core.clock import today
from staffroom.places.imports import people_words, values
from staffroom.places.imports.check import rows_text
from staffroom.places.imports.columns import Columns
from staffroom.places.imports.merged import merged_filled
from staffroom.places.imports.problems import Problem, bad_rows
from staffroom.places.imports.sheet import Row, Sheet
from staffroom.places.numbers import fits_mask

FIRST_DAY = dt.date(1950, 1, 1)
AHEAD = dt.timedelta(days=366)
LONGEST = {"number": 40, "name": 80}


@dataclass(slots=True)
class TeacherRecord:
    row: int
    number: str
    name: str
    phone: str
    school: str
    role: str
    starts: dt.date | None
    ends: dt.date | None
    gender: str = ""
    subjects: list[str] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)


@dataclass
class CheckedTeachers:
    records: list[TeacherRecord]
    problems: list[Problem]
    rows: int

    @property
    def bad(self) -> set[int]:
        return bad_rows(self.problems)


def check_teachers(
    sheet: Sheet,
    columns: Columns,
    region: str,
    closed: dict[str, dt.date | None],
    fill_merged: bool = False,
    mask: str = "",
    others: dict[str, str] | None = None,
) -> CheckedTeachers:
    """Read every row. `closed`: every school's code, and when it was closed; `mask`: how the
    programme's teacher numbers look; `others`: codes of other systems > our code."""
    problems: list[Problem] = []
    rows = merged_filled(sheet, columns.used(), fill_merged, problems)
    reader = _Reader(sheet, columns, region, closed, problems, mask, others or {})
    records = [reader.read(row) for row in rows]
    _twice(records, reader, problems)
    unused = [name for i, name in enumerate(sheet.header) if name and i not in columns.used()]
    if unused:
        problems.append(Problem(0, "", "", "unused_column", {"columns": ", ".join(unused)}))
    bad = bad_rows(problems)
    problems.sort(key=lambda problem: problem.row)
    return CheckedTeachers([r for r in records if r.row not in bad], problems, len(sheet.rows))


class _Reader:
    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        region: str,
        closed: dict[str, dt.date | None],
        problems: list[Problem],
        mask: str,
        others: dict[str, str],
    ) -> None:
        self.mask, self.others = mask, others
        self.header, self.at = sheet.header, columns.at
        self.region, self.closed, self.problems = region, closed, problems
        self.latest = today() + AHEAD

    def cell(self, row: Row, what: str) -> str:
        return row[1][self.at[what]] if what in self.at else ""

    def note(self, row: Row, what: str, kind: str, **args: object) -> None:
        value = self.cell(row, what)[:80]
        shown = people_words.masked(value) if what == "phone" and value else value
        head = self.header[self.at[what]] if what in self.at else what
        self.problems.append(Problem(row[0], head, shown, kind, args or None))

    def read(self, row: Row) -> TeacherRecord:
        number, name = values.code(self.cell(row, "number")), self.cell(row, "name")
        if not number:
            self.note(row, "number", "no_number")
        elif values.ROUNDED.fullmatch(number):
            self.note(row, "number", "rounded_code")
        elif not fits_mask(number, self.mask):
            self.note(row, "number", "bad_number", mask=self.mask)
        if not any(map(str.isalpha, name)):
            self.note(row, "name", "no_name")
        for what, most in LONGEST.items():
            if len(self.cell(row, what)) > most:
                self.note(row, what, "too_long", have=len(self.cell(row, what)), most=most)
        if values.mangled(name):
            self.note(row, "name", "mangled", text=name[:40])
        starts, ends = self._day(row, "starts"), self._day(row, "ends")
        if starts and ends and ends <= starts:
            self.note(row, "ends", "bad_order")
        return TeacherRecord(
            row=row[0],
            number=number,
            name=name,
            phone=self._phone(row),
            school=self._school(row),
            role=self._word(row, "role", people_words.role_of, "bad_role") or "teacher",
            starts=starts,
            ends=ends,
            gender=self._gender(row),
            subjects=self._several(row, "subjects", people_words.subjects_of),
            grades=self._several(row, "grades", people_words.grades_of),
        )

    def _day(self, row: Row, what: str) -> dt.date | None:
        try:
            day = values.date(self.cell(row, what))
        except ValueError:
            self.note(row, what, "bad_date")
            return None
        if day and not FIRST_DAY <= day <= self.latest:
            self.note(row, what, "far_date")
        return day

    def _phone(self, row: Row) -> str:
        raw = self.cell(row, "phone")
        if not raw:
            self.note(row, "phone", "no_phone")
            return ""
        phone = people_words.phone_of(raw, self.region)
        if phone is None:
            self.note(row, "phone", "bad_phone", country=self.region)
        return phone or ""

    def _school(self, row: Row) -> str:
        code = values.code(self.cell(row, "school"))
        if code not in self.closed:
            code = self.others.get(code, code)
        if code not in self.closed:
            self.note(row, "school", "unknown_school")
        elif self.closed[code] is not None and not self.cell(row, "ends"):
            self.note(row, "school", "closed_school", date=str(self.closed[code]))
        return code

    def _word(
        self, row: Row, what: str, read: Callable[[str], str | None], kind: str
    ) -> str | None:
        found = read(self.cell(row, what))
        if found is None:
            self.note(row, what, kind)
        return found

    def _gender(self, row: Row) -> str:
        raw = self.cell(row, "gender")
        found = people_words.gender_of(raw)
        if found is None:
            self.note(row, "gender", "unknown_word", word=raw)
        return found or ""

    def _several(
        self, row: Row, what: str, read: Callable[[str], tuple[list[Any], list[str]]]
    ) -> list[Any]:
        found, strange = read(self.cell(row, what))
        for word in strange:
            self.note(row, what, "unknown_word", word=word)
        return found


def _twice(records: list[TeacherRecord], reader: _Reader, problems: list[Problem]) -> None:
    """One phone for several numbers; one number for several people, or twice at one school."""
    phones: dict[str, list[TeacherRecord]] = defaultdict(list)
    numbers: dict[str, list[TeacherRecord]] = defaultdict(list)
    for record in records:
        if record.phone:
            phones[record.phone].append(record)
        if record.number:
            numbers[record.number].append(record)
    phone_column = reader.header[reader.at["phone"]] if "phone" in reader.at else ""
    number_column = reader.header[reader.at["number"]] if "number" in reader.at else ""
    for phone, same in phones.items():
        if len({record.number for record in same}) > 1:
            told = rows_text(record.row for record in same)
            problems += [
                Problem(
                    r.row, phone_column, people_words.masked(phone), "same_phone", {"rows": told}
                )
                for r in same
            ]
    for number, same in numbers.items():
        different = len({(record.name, record.phone) for record in same}) > 1
        at_one_school = len({record.school for record in same}) < len(same)
        if different or at_one_school:
            told = rows_text(record.row for record in same)
            problems += [
                Problem(r.row, number_column, number, "same_code", {"rows": told}) for r in same
            ]
