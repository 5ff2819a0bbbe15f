"""A list of the codes by which other systems know the schools, beside those that are kept."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from staffroom.core.clock import today
from staffroom.places.imports import columns as columns_
from staffroom.places.imports import sheet as sheet_
from staffroom.places.imports import values
from staffroom.places.imports.check import rows_text
from staffroom.places.imports.dry_run import Options, check_complete, read_columns
from staffroom.places.imports.merged import merged_filled
from staffroom.places.imports.problems import Problem, bad_rows
from staffroom.places.imports.sheet import Row
from staffroom.places.models import Programme, School, SchoolCode

MOST = 40


@dataclass(slots=True)
class CodeRecord:
    row: int
    school: str
    system: str
    code: str
    starts: dt.date | None
    ends: dt.date | None


@dataclass
class CheckedCodes:
    records: list[CodeRecord]
    problems: list[Problem]
    rows: int

    @property
    def bad(self) -> set[int]:
        return bad_rows(self.problems)


@dataclass
class CodePlan:
    """`create`: new rows. `change`: kept ones with other dates; the one before ends with the next."""

    create: list[SchoolCode] = field(default_factory=list)
    change: dict[SchoolCode, None] = field(default_factory=dict)
    missing: list[SchoolCode] = field(default_factory=list)
    unchanged: int = 0

    def counts(self, close_missing: bool = False) -> dict[str, int]:
        return {
            "created": len(self.create),
            "changed": len(self.change),
            "closed": len(self.missing) if close_missing else 0,
            "unchanged": self.unchanged,
            "missing": len(self.missing),
        }


@dataclass(frozen=True)
class CodeRun:
    sheet: sheet_.Sheet
    columns: columns_.Columns
    checked: CheckedCodes
    plan: CodePlan
    on: dt.date
    options: Options
    levels: list[str] = field(default_factory=list)


def dry_run_codes(data: bytes, programme: Programme, options: Options) -> CodeRun:
    """Read, check and compare; writes nothing."""
    sheet = sheet_.read(data, encoding=options.encoding, sheet=options.sheet)
    columns = read_columns(sheet, programme, options, "codes")
    check_complete(columns, sheet, "codes")
    on = options.on or today(programme.timezone)
    checked = _check(sheet, columns, programme, options.fixes.fill_merged)
    return compare_codes(CodeRun(sheet, columns, checked, CodePlan(), on, options), programme)


def compare_codes(run: CodeRun, programme: Programme) -> CodeRun:
    """The same list beside what is kept now; done again inside the import's transaction."""
    schools = dict(School.objects.filter(programme=programme).values_list("code", "pk"))
    kept = list(SchoolCode.objects.filter(school__programme=programme).select_related("school"))
    plan = _plan(run.checked.records, schools, kept, run.on)
    lost = _clashes(run, plan, kept, {pk: code for code, pk in schools.items()})
    if not lost:
        return replace(run, plan=plan)
    gone = {problem.row for problem in lost}
    problems = sorted([*run.checked.problems, *lost], key=lambda problem: problem.row)
    left = [record for record in run.checked.records if record.row not in gone]
    checked = CheckedCodes(left, problems, run.checked.rows)
    return replace(run, checked=checked, plan=_plan(left, schools, kept, run.on))


def _check(
    sheet: sheet_.Sheet, columns: columns_.Columns, programme: Programme, fill: bool
) -> CheckedCodes:
    problems: list[Problem] = []
    known = set(School.objects.filter(programme=programme).values_list("code", flat=True))
    records = []
    for row in merged_filled(sheet, columns.used(), fill, problems):
        cells = _Cells(row, columns, sheet.header)
        records.append(cells.read(known))
        problems += cells.problems
    _twice(records, sheet.header[columns.at["code"]], problems)
    unused = [name for i, name in enumerate(sheet.header) if name and i not in columns.used()]
    if unused:
        problems.append(Problem(0, "", "", "unused_column", {"columns": ", ".join(unused)}))
    bad = bad_rows(problems)
    problems.sort(key=lambda problem: problem.row)
    return CheckedCodes([r for r in records if r.row not in bad], problems, len(sheet.rows))


class _Cells:
    """One row: its cells by field, and what is wrong with them."""

    def __init__(self, row: Row, columns: columns_.Columns, header: tuple[str, ...]) -> None:
        self.row, self.columns, self.header = row[0], columns, header
        self.text = {what: row[1][index] for what, index in columns.at.items()}
        self.problems: list[Problem] = []

    def note(self, what: str, kind: str, **args: object) -> None:
        at = self.columns.at
        head = self.header[at[what]] if what in at else what
        value = self.text.get(what, "")[:80]
        self.problems.append(Problem(self.row, head, value, kind, args or None))

    def day(self, what: str) -> dt.date | None:
        try:
            return values.date(self.text.get(what, ""))
        except ValueError:
            self.note(what, "bad_date")
            return None

    def code(self) -> str:
        code = values.code(self.text["code"])
        if not code:
            self.note("code", "no_code")
        elif values.ROUNDED.fullmatch(code):
            self.note("code", "rounded_code")
        return code

    def read(self, known: set[str]) -> CodeRecord:
        starts, ends = self.day("starts"), self.day("ends")
        if starts and ends and ends <= starts:
            self.note("ends", "bad_order")
        school, system = values.code(self.text["school"]), self.text["system"]
        if school not in known:
            self.note("school", "unknown_school")
        if not system:
            self.note("system", "no_system")
        for what in ("system", "code"):
            if len(self.text[what]) > MOST:
                self.note(what, "too_long", have=len(self.text[what]), most=MOST)
        return CodeRecord(self.row, school, system, self.code(), starts, ends)


def _twice(records: list[CodeRecord], column: str, problems: list[Problem]) -> None:
    """The same row twice; a code without an end beside another of the school and system."""
    same: dict[tuple[object, ...], list[CodeRecord]] = defaultdict(list)
    for r in records:
        same["row", r.school, r.system, r.code, r.starts].append(r)
        if r.ends is None:
            same["open", r.school, r.system].append(r)
    for several in same.values():
        if len(several) > 1:
            told = rows_text(record.row for record in several)
            rows = {problem.row for problem in problems if problem.kind == "same_code"}
            problems += [
                Problem(r.row, column, r.code, "same_code", {"rows": told})
                for r in several
                if r.row not in rows
            ]


def _plan(
    records: Iterable[CodeRecord],
    schools: dict[str, uuid.UUID],
    kept: list[SchoolCode],
    on: dt.date,
) -> CodePlan:
    plan = CodePlan()
    by_key: dict[tuple[uuid.UUID, str], list[SchoolCode]] = defaultdict(list)
    for each in kept:
        by_key[each.school_id, each.system].append(_copy(each))
    named = set()
    for record in records:
        rows = by_key[schools[record.school], record.system]
        found = _found(rows, record)
        if found is None:
            made = SchoolCode(
                school_id=schools[record.school], system=record.system, code=record.code,
                starts=record.starts or on, ends=record.ends,
            )  # fmt: skip
            _end_before(rows, made, plan)
            plan.create.append(made)
            rows.append(made)
            continue
        named.add(found.pk)
        if record.ends and found.ends != record.ends:
            found.ends = record.ends
            plan.change[found] = None
        else:
            plan.unchanged += 1
    plan.missing = [
        each
        for rows in by_key.values()
        for each in rows
        if each.ends is None and each.pk not in named and not each._state.adding
    ]
    return plan


def _copy(each: SchoolCode) -> SchoolCode:
    copy = SchoolCode(
        id=each.pk, school_id=each.school_id, system=each.system, code=each.code,
        starts=each.starts, ends=each.ends,
    )  # fmt: skip
    copy._state.adding = False
    return copy


def _found(rows: list[SchoolCode], record: CodeRecord) -> SchoolCode | None:
    """The kept row that the record names: of the same day, or without a day the one still open."""
    same = [each for each in rows if each.code == record.code and not each._state.adding]
    if record.starts is not None:
        return next((each for each in same if each.starts == record.starts), None)
    return next((each for each in same if each.ends is None), None)


def _end_before(rows: list[SchoolCode], made: SchoolCode, plan: CodePlan) -> None:
    """A new code ends the one that held until then."""
    for each in rows:
        if each.ends is None and each.starts < made.starts:
            each.ends = made.starts
            if not each._state.adding:
                plan.change[each] = None


def _clashes(
    run: CodeRun, plan: CodePlan, kept: list[SchoolCode], own: dict[uuid.UUID, str]
) -> list[Problem]:
    """Rows whose code another school has in the same time, here or in the list."""
    changed = {each.pk: each for each in plan.change}
    standing: dict[tuple[str, str], list[SchoolCode]] = defaultdict(list)
    for each in [*(changed.get(each.pk, each) for each in kept), *plan.create]:
        standing[each.system, each.code].append(each)
    column = run.sheet.header[run.columns.at["code"]]
    lost = []
    for record in run.checked.records:
        for each in standing[record.system, record.code]:
            other = own[each.school_id]
            if other != record.school and _meet(each, record, run.on):
                lost.append(
                    Problem(record.row, column, record.code, "code_elsewhere", {"other": other})
                )
                break
    return lost


def _meet(each: SchoolCode, record: CodeRecord, on: dt.date) -> bool:
    starts, ends = record.starts or on, record.ends
    return (each.ends is None or each.ends > starts) and (ends is None or each.starts < ends)
