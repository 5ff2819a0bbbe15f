"""One file, looked at completely: what it holds, what is wrong with it, what it would change."""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from staffroom.core.clock import today
from staffroom.core.errors import Refused
from staffroom.core.words import listed
from staffroom.places import queries
from staffroom.places.imports import columns as columns_
from staffroom.places.imports import sheet as sheet_
from staffroom.places.imports.check import Checked, check_schools
from staffroom.places.imports.known import Known
from staffroom.places.imports.names import fold
from staffroom.places.imports.plan import Plan, make_plan
from staffroom.places.imports.problems import Problem
from staffroom.places.imports.records import Fixes, Path, with_parents
from staffroom.places.imports.values import code
from staffroom.places.models import Programme

SAMPLE = 400


@dataclass(frozen=True)
class Options:
    """What a person decided about one list."""

    columns: dict[str, str] = field(default_factory=dict)
    make_codes: bool = False
    fixes: Fixes = field(default_factory=Fixes)
    on: dt.date | None = None
    close_missing: bool = False
    skip_bad: bool = False
    encoding: str | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class DryRun:
    """A list of schools, ready to be imported or not."""

    sheet: sheet_.Sheet
    columns: columns_.Columns
    checked: Checked
    plan: Plan
    on: dt.date
    options: Options
    levels: list[str]


def level_names(programme: Programme) -> list[str]:
    return list(programme.levels.order_by("depth").values_list("name", flat=True))


def read_columns(
    sheet: sheet_.Sheet, programme: Programme, options: Options, kind: str = "schools"
) -> columns_.Columns:
    """The columns guessed, with what was chosen over them."""
    levels = level_names(programme)
    guessed = columns_.guess(
        sheet.header,
        [cells for _number, cells in sheet.rows[:SAMPLE]],
        kind=kind,
        levels=levels if kind == "schools" else (),
        country=programme.country,
    )
    return columns_.choose(
        sheet.header,
        guessed,
        options.columns,
        kind=kind,
        levels=levels if kind == "schools" else (),
        make_codes=options.make_codes,
    )


def check_complete(columns: columns_.Columns, sheet: sheet_.Sheet, kind: str = "schools") -> None:
    """Refuse when a column without which nothing works was not found."""
    gone = columns_.missing(columns, kind)
    if not gone:
        return
    message = _("We did not find the column for: %(fields)s. The columns are: %(all)s.") % {
        "fields": listed(gone),
        "all": listed(name for name in sheet.header if name),
    }
    if gone == ["code"]:
        message += " " + _("If the list has no codes, ask us to make them.")
    raise Refused(message, "columns")


def dry_run(data: bytes, programme: Programme, options: Options) -> DryRun:
    """Read, check and compare; writes nothing. `Refused` when the file cannot be used at all."""
    sheet = sheet_.read(data, encoding=options.encoding, sheet=options.sheet)
    columns = read_columns(sheet, programme, options)
    check_complete(columns, sheet)
    on = options.on or today(programme.timezone)
    levels = level_names(programme)
    known = _known(sheet, columns, programme, on)
    checked = check_schools(sheet, columns, levels, programme.country, options.fixes, known)
    return compare(DryRun(sheet, columns, checked, Plan(), on, options, levels), programme)


def _known(
    sheet: sheet_.Sheet, columns: columns_.Columns, programme: Programme, on: dt.date
) -> Known:
    """What a short list is held against; a full one is held against itself."""
    if programme.schools.filter(closed=None).count() < 2 * len(sheet.rows):
        return Known()
    at = columns.at.get("code")
    named = {code(cells[at]) for _number, cells in sheet.rows} if at is not None else set()
    known = Known(names=queries.area_spellings(programme, on))
    for school in queries.kept_schools(programme, on):
        if school.closed is not None or school.code in named:
            continue
        for path in with_parents(school.path):
            known.counts[path] = known.counts.get(path, 0) + 1
        if school.latitude is not None and school.longitude is not None:
            area = school.path[0] if school.path else ""
            known.places.append((school.latitude, school.longitude, area))
    return known


def compare(run: DryRun, programme: Programme) -> DryRun:
    """The same list beside what is kept now; done again inside the import's transaction."""
    kept = {school.code: school for school in queries.kept_schools(programme, run.on)}
    areas = set(queries.area_tree(programme, run.on))
    known = kept.keys() | {record.code for record in run.checked.records}
    column = run.columns.at.get("merged_into")
    lost = [
        Problem(
            record.row,
            run.sheet.header[column] if column is not None else "",
            record.merged_into,
            "merged_into_unknown",
            {"code": record.merged_into},
        )
        for record in run.checked.records
        if record.merged_into and record.merged_into not in known
    ]
    checked = run.checked
    if lost:
        bad = {problem.row for problem in lost}
        checked = replace(
            checked,
            records=[record for record in checked.records if record.row not in bad],
            problems=sorted([*checked.problems, *lost], key=lambda problem: problem.row),
        )
    merged = {fold(name): fold(meant) for name, meant in run.options.fixes.merge.items()}
    plan = make_plan(checked.records, kept, areas, merged)
    checked = _with_new_areas(checked, plan, bool(areas), run.levels)
    not_missing = {record.code for record in run.checked.records} | _codes_of_bad_rows(run)
    plan.missing = [school for school in plan.missing if school.code not in not_missing]
    return replace(run, checked=checked, plan=plan)


def _with_new_areas(checked: Checked, plan: Plan, known: bool, levels: list[str]) -> Checked:
    """Where there are areas already, each new one is named: it may be an old one misspelled."""
    problems = [problem for problem in checked.problems if problem.kind != "area_new"]
    if known:
        first: dict[Path, int] = {}
        for record in checked.records:
            for path in with_parents(record.path):
                first.setdefault(path, record.row)
        problems += [
            Problem(
                first.get(path, 0),
                levels[len(path) - 1],
                checked.names[path],
                "area_new",
                {"level": levels[len(path) - 1], "name": checked.names[path]},
            )
            for path in plan.new_areas
        ]
        problems.sort(key=lambda problem: problem.row)
    return replace(checked, problems=problems)


def _codes_of_bad_rows(run: DryRun) -> set[str]:
    """A school whose row has an error is in the list all the same: it is not missing."""
    at = run.columns.at.get("code")
    bad = run.checked.bad
    return (
        {code(cells[at]) for number, cells in run.sheet.rows if number in bad}
        if at is not None
        else set()
    )
