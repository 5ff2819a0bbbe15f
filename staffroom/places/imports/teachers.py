"""A list of teachers beside the accounts and postings that are kept: what an import would change."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places import queries
from staffroom.places.imports import columns as columns_
from staffroom.places.imports import sheet as sheet_
from staffroom.places.imports.check_teachers import (
    CheckedTeachers,
    TeacherRecord,
    check_teachers,
)
from staffroom.places.imports.dry_run import Options, check_complete, read_columns
from staffroom.places.imports.names import fold
from staffroom.places.imports.people_words import masked
from staffroom.places.imports.problems import Problem
from staffroom.places.imports.values import code
from staffroom.places.models import Posting, Programme, School, TeacherNumber

Ids = set[uuid.UUID]


@dataclass
class TeacherPlan:
    """`accounts`: first rows of new numbers. `adopt`: number > an account known by its phone."""

    accounts: list[TeacherRecord] = field(default_factory=list)
    adopt: dict[str, uuid.UUID] = field(default_factory=dict)
    update: dict[uuid.UUID, TeacherRecord] = field(default_factory=dict)
    start: list[TeacherRecord] = field(default_factory=list)
    end: list[tuple[uuid.UUID, dt.date]] = field(default_factory=list)
    missing: list[uuid.UUID] = field(default_factory=list)
    unchanged: int = 0

    def counts(self, close_missing: bool = False) -> dict[str, int]:
        return {
            "created": len(self.accounts),
            "adopted": len(self.adopt),
            "changed": len(self.update),
            "postings_started": len(self.start),
            "postings_ended": len(self.end) + (len(self.missing) if close_missing else 0),
            "unchanged": self.unchanged,
            "missing": len(self.missing),
        }


@dataclass(frozen=True)
class TeacherRun:
    sheet: sheet_.Sheet
    columns: columns_.Columns
    checked: CheckedTeachers
    plan: TeacherPlan
    on: dt.date
    options: Options
    levels: list[str] = field(default_factory=list)


def dry_run_teachers(data: bytes, programme: Programme, options: Options) -> TeacherRun:
    """Read, check and compare; writes nothing."""
    sheet = sheet_.read(data, encoding=options.encoding, sheet=options.sheet)
    columns = read_columns(sheet, programme, options, "teachers")
    check_complete(columns, sheet, "teachers")
    on = options.on or today(programme.timezone)
    closed = dict(School.objects.filter(programme=programme).values_list("code", "closed"))
    checked = check_teachers(
        sheet,
        columns,
        programme.phone_region,
        closed,
        options.fixes.fill_merged,
        programme.number_mask,
        queries.other_codes(programme, on),
    )
    return compare_teachers(
        TeacherRun(sheet, columns, checked, TeacherPlan(), on, options), programme
    )


def compare_teachers(run: TeacherRun, programme: Programme) -> TeacherRun:
    """The same list beside what is kept now; done again inside the import's transaction."""
    records = run.checked.records
    numbers = dict(
        TeacherNumber.objects.filter(programme=programme).values_list("number", "person_id")
    )
    by_phone = _accounts_by_phone({r.phone for r in records if r.phone})
    owner = {person: number for number, person in numbers.items()}
    taken = [r for r in records if _is_taken(r, numbers, by_phone, owner)]
    claimed = _claimed(records, programme)
    checked = run.checked
    if taken or claimed:
        header, at = run.sheet.header, run.columns.at
        lost = [Problem(r.row, header[at["phone"]], masked(r.phone), "phone_taken") for r in taken]
        lost += [Problem(r.row, header[at["number"]], r.number, "number_claimed") for r in claimed]
        gone = {r.row for r in taken + claimed}
        checked = replace(
            checked,
            records=[r for r in records if r.row not in gone],
            problems=sorted([*checked.problems, *lost], key=lambda problem: problem.row),
        )
    plan = _plan(checked.records, numbers, by_phone, programme, run.on)
    listed = {record.number for record in run.checked.records} | _numbers_of_bad_rows(run)
    plan.missing = list(
        Posting.objects.filter(
            person__in=[person for number, person in numbers.items() if number not in listed],
            school__programme=programme,
            ends=None,
        ).values_list("pk", flat=True)
    )
    return replace(run, checked=checked, plan=plan)


def _numbers_of_bad_rows(run: TeacherRun) -> set[str]:
    at, bad = run.columns.at["number"], run.checked.bad
    return {code(cells[at]) for number, cells in run.sheet.rows if number in bad}


def _accounts_by_phone(phones: set[str]) -> dict[str, uuid.UUID]:
    found = {}
    some = sorted(phones)
    for start in range(0, len(some), 500):
        for phone, pk in Person.objects.filter(phone__in=some[start : start + 500]).values_list(
            "phone", "pk"
        ):
            found[str(phone)] = pk
    return found


def _claimed(records: list[TeacherRecord], programme: Programme) -> list[TeacherRecord]:
    """Rows whose number somebody wrote for themselves who is, by name and phone, another."""
    said = {
        number: (fold(name), str(phone or ""))
        for number, name, phone in TeacherNumber.objects.filter(
            programme=programme, own_word=True
        ).values_list("number", "person__name", "person__phone")
    }
    return [
        r
        for r in records
        if r.number in said
        and said[r.number][0] != fold(r.name)
        and (not r.phone or said[r.number][1] != r.phone)
    ]


def _is_taken(
    record: TeacherRecord,
    numbers: dict[str, uuid.UUID],
    by_phone: dict[str, uuid.UUID],
    owner: dict[uuid.UUID, str],
) -> bool:
    """The phone is another account's: of another number, or not the account of this number."""
    holder = by_phone.get(record.phone) if record.phone else None
    if holder is None or numbers.get(record.number) == holder:
        return False
    return holder in owner or record.number in numbers


def _plan(
    records: Iterable[TeacherRecord],
    numbers: dict[str, uuid.UUID],
    by_phone: dict[str, uuid.UUID],
    programme: Programme,
    on: dt.date,
) -> TeacherPlan:
    plan = TeacherPlan()
    grouped: dict[str, list[TeacherRecord]] = defaultdict(list)
    for record in records:
        grouped[record.number].append(record)
    people = {
        n: numbers.get(n) or by_phone.get(rows[0].phone or "-") for n, rows in grouped.items()
    }
    known = {person for person in people.values() if person}
    never_used = {
        person.pk: person
        for person in Person.objects.filter(pk__in=known, enrolled_at=None, erased_at=None)
    }
    postings = _open_postings(known, programme, on)
    for number, rows in grouped.items():
        person = people[number]
        if person is None:
            plan.accounts.append(rows[0])
            plan.start += rows
            continue
        before = len(plan.start) + len(plan.end) + len(plan.update) + len(plan.adopt)
        if number not in numbers:
            plan.adopt[number] = person
        if person in never_used and _differs(never_used[person], rows[0]):
            plan.update[person] = rows[0]
        _plan_postings(plan, rows, postings.get(person, []), on)
        after = len(plan.start) + len(plan.end) + len(plan.update) + len(plan.adopt)
        plan.unchanged += before == after
    return plan


def _differs(person: Person, record: TeacherRecord) -> bool:
    """Only accounts that nobody has used yet are corrected: afterwards a profile is its owner's."""
    return person.name != record.name or bool(record.phone and str(person.phone) != record.phone)


def _open_postings(
    people: Ids, programme: Programme, on: dt.date
) -> dict[uuid.UUID, list[Posting]]:
    found: dict[uuid.UUID, list[Posting]] = defaultdict(list)
    for posting in (
        Posting.objects.filter(school__programme=programme, ends=None)
        .select_related("school")
        .iterator(5000)
    ):
        if posting.person_id in people:
            found[posting.person_id].append(posting)
    return found


def _plan_postings(
    plan: TeacherPlan, rows: list[TeacherRecord], kept: list[Posting], on: dt.date
) -> None:
    """Postings at schools the list no longer names end; new schools and roles begin."""
    wanted = {record.school: record for record in rows}
    for posting in kept:
        record = wanted.pop(posting.school.code, None)
        if record is None:
            plan.end.append((posting.pk, on))
        elif record.ends:
            plan.end.append((posting.pk, record.ends))
        elif record.role != posting.role:
            plan.end.append((posting.pk, on))
            plan.start.append(replace(record, starts=on))
    plan.start += [record for record in wanted.values() if not record.ends]
