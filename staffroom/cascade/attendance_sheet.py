"""Attendance as a sheet: written for a spreadsheet, and read from one that was filled in."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from staffroom.cascade.models import (
    Attendance,
    Guest,
    Invitation,
    Said,
    SessionDay,
    TrainingSession,
)
from staffroom.cascade.queries import attendance as asking
from staffroom.core import ids
from staffroom.core.errors import Refused
from staffroom.places.imports import sheet
from staffroom.places.imports.names import fold
from staffroom.places.models import Programme, TeacherNumber
from staffroom.places.queries import people_of

HEAD = ("session", "day", "school_code", "teacher_id", "name", "present", "how", "reason")
#: As people head their columns.
COLUMNS = {
    "session": ("session", "session id", "training"),
    "day": ("day", "date", "siku", "tarehe", "تاریخ", "دن"),
    "teacher_id": ("teacher id", "id", "teacher", "teacher number", "payroll number", "tsc number"),
    "name": ("name", "teacher name", "jina", "نام"),
    "school_code": ("school code", "school", "emis", "shule"),
    "present": ("present", "came", "attended", "attendance", "alikuja", "حاضر"),
    "reason": ("reason", "why", "sababu", "وجہ"),
}
YES = {"yes", "y", "1", "x", "true", "present", "p", "✓", "✔", "ndiyo", "alikuja", "ہاں", "حاضر"}
NO = {"no", "n", "0", "false", "absent", "a", "hapana", "hakuja", "نہیں", "غیر حاضر"}
MOST_ROWS, MOST_BYTES = 3000, 5_000_000


def rows_of(session: TrainingSession) -> Iterator[list[str]]:
    """One row a day and person on the list, filled in or to be filled in."""
    numbers = asking.numbers_of(
        session.programme_id, [e.pk for e in asking.roster(session) if not e.is_guest]
    )
    for day in session.days.all():
        rows = {row.person_id or row.guest_id: row for row in Attendance.objects.filter(day=day)}
        for entry in asking.day_list(day):
            known = "" if entry.is_guest else numbers.get(entry.pk) or ids.short(entry.pk)
            row = rows.get(entry.pk)
            yield _row(session, day.day, entry.school_code, known, entry.who.name, row)


def all_rows(programme: Programme) -> Iterator[list[str]]:
    """Everything that was written down in a programme, by session and day."""
    rows = (
        Attendance.objects.filter(day__session__programme=programme)
        .exclude(state="")
        .select_related("day__session", "person", "guest__school")
        .order_by("day__day", "day__session_id", "pk")
    )
    numbers = dict(
        TeacherNumber.objects.filter(programme=programme)
        .order_by("number")
        .values_list("person_id", "number")
    )
    schools = _schools_asked(programme)
    for row in rows.iterator(2000):
        session = row.day.session
        if row.person is not None:
            code = schools.get((session.pk, row.person_id), "")
            known = numbers.get(row.person.pk) or ids.short(row.person.pk)
            yield _row(session, row.day.day, code, known, row.person.name, row)
        elif row.guest is not None:
            code = row.guest.school.code if row.guest.school else ""
            yield _row(session, row.day.day, code, "", row.guest.name, row)


def _schools_asked(programme: Programme) -> dict[tuple[Any, Any], str]:
    found = Invitation.objects.filter(session__programme=programme).exclude(school=None)
    return {
        (session, person): code
        for session, person, code in found.values_list("session_id", "person_id", "school__code")
    }


def _row(
    session: TrainingSession,
    day: dt.date,
    school: str,
    known: str,
    name: str,
    row: Attendance | None,
) -> list[str]:
    words = {Said.PRESENT.value: "yes", Said.ABSENT.value: "no"}
    said = words.get(row.state, row.state) if row else ""
    how, reason = (row.how, row.reason) if row else ("", "")
    return [ids.short(session.pk), day.isoformat(), school, known, name, said, how, reason]


def table(programme: Programme) -> tuple[list[str], Iterator[list[str]]]:
    """Everything that was written down, as a list to take out."""
    return list(HEAD), all_rows(programme)


@dataclass(frozen=True)
class Wrong:
    """What is wrong in one cell, as the spreadsheet shows it."""

    row: int
    column: str
    value: str
    why: str


@dataclass
class Read:
    """A filled-in sheet, looked at: nothing is written yet."""

    lines: list[dict[str, str]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    empty: int = 0

    @property
    def present(self) -> int:
        return sum(1 for line in self.lines if line["said"] == Said.PRESENT)

    @property
    def absent(self) -> int:
        return len(self.lines) - self.present

    @property
    def guests(self) -> list[str]:
        """Names that would be kept without an account."""
        return sorted({line["name"] for line in self.lines if line["name"]})


def read(data: bytes, session: TrainingSession) -> Read:
    """Every row checked against the session; `Refused` where it is no such sheet at all."""
    if len(data) > MOST_BYTES:
        raise Refused(
            _("This file is bigger than %(mb)s MB. A sheet of one training is much smaller.")
            % {"mb": MOST_BYTES // 1_000_000},
            "file",
        )
    table = sheet.read(data)
    if len(table.rows) > MOST_ROWS:
        raise Refused(
            _("This list has more than %(n)s rows. Please send it in parts.") % {"n": MOST_ROWS},
            "file",
        )
    return _Reader(table, session).read()


class _Reader:
    """One pass over the rows; what is looked up for all of them is fetched once."""

    def __init__(self, table: sheet.Sheet, session: TrainingSession) -> None:
        self.table, self.session, self.out = table, session, Read()
        self.at = _columns(table.header)
        self.days = {row.day: row for row in session.days.all()}
        self.listed: dict[str, list[uuid.UUID]] = {}
        self.guests: set[str] = set()
        for entry in asking.roster(session):
            if entry.is_guest:
                self.guests.add(fold(entry.who.name))
            else:
                self.listed.setdefault(fold(entry.who.name), []).append(entry.pk)
        self.people = self._people()
        self.seen: dict[tuple[str, str], tuple[int, str]] = {}

    def read(self) -> Read:
        for number, cells in self.table.rows:
            self._line(number, cells)
        return self.out

    def _cell(self, cells: Sequence[str], name: str) -> str:
        return cells[self.at[name]].lstrip("'").strip() if name in self.at else ""

    def _people(self) -> dict[str, uuid.UUID]:
        """Who is meant by a number of the programme; by our own identifier where there is none."""
        given = {self._cell(cells, "teacher_id") for _n, cells in self.table.rows} - {""}
        rows = TeacherNumber.objects.filter(programme=self.session.programme, number__in=given)
        found = dict(rows.values_list("number", "person_id"))
        found |= {text: own for text in given - found.keys() if (own := _short(text)) is not None}
        listed = {pk for some in self.listed.values() for pk in some}
        others = people_of(self.session.programme).filter(pk__in=set(found.values()) - listed)
        known = listed | set(others.values_list("pk", flat=True))
        return {text: pk for text, pk in found.items() if pk in known}

    def _say(self, row: int, column: str, value: str, why: str) -> None:
        head = self.table.header[self.at[column]] if column in self.at else column
        self.out.wrong.append(Wrong(row, head, value[:60], why))

    def _line(self, row: int, cells: Sequence[str]) -> None:
        said = _said(self._cell(cells, "present"))
        if said == "":
            self.out.empty += 1
            return
        before = len(self.out.wrong)
        if said is None:
            self._say(row, "present", self._cell(cells, "present"), _("Write yes or no."))
        self._check_session(row, cells)
        day = self._day(row, cells)
        who, name = self._who(row, cells, said)
        if len(self.out.wrong) > before or day is None or said is None:
            return
        if self._twice(row, cells, str(day.pk), who or fold(name), said):
            return
        self.out.lines.append(
            {
                "day": str(day.pk),
                "who": who,
                "name": name,
                "school": self._cell(cells, "school_code")[:80] if name else "",
                "said": said,
                "reason": self._cell(cells, "reason")[:200],
            }
        )

    def _check_session(self, row: int, cells: Sequence[str]) -> None:
        given = self._cell(cells, "session")
        if (
            given
            and given != ids.short(self.session.pk)
            and fold(given) != fold(self.session.title)
        ):
            self._say(row, "session", given, _("This row is of another training."))

    def _day(self, row: int, cells: Sequence[str]) -> SessionDay | None:
        text = self._cell(cells, "day")
        try:
            found = self.days.get(dt.date.fromisoformat(text))
        except ValueError:
            if not text and len(self.days) == 1:
                return next(iter(self.days.values()))
            self._say(
                row, "day", text, _("This is not a date we can be sure of. Write 2026-11-22.")
            )
            return None
        if found is None:
            self._say(row, "day", text, _("This training has no day on that date."))
        return found

    def _who(self, row: int, cells: Sequence[str], said: str | None) -> tuple[str, str]:
        """(the person, "") or ("", a name that is kept without an account)."""
        number, name = self._cell(cells, "teacher_id"), self._cell(cells, "name")[:80]
        if number or not name:
            if number not in self.people:
                self._say(
                    row, "teacher_id", number, _("No teacher of this programme has this number.")
                )
                return "", ""
            return str(self.people[number]), ""
        alike = self.listed.get(fold(name), [])
        if len(alike) == 1:
            return str(alike[0]), ""
        if alike:
            self._say(row, "name", name, _("Several people on the list have this name."))
        elif said == Said.ABSENT and fold(name) not in self.guests:
            self._say(row, "name", name, _("Nobody on the list has this name."))
        return "", name

    def _twice(self, row: int, cells: Sequence[str], day: str, who: str, said: str) -> bool:
        """The same again is passed over; something else about the same person and day is wrong."""
        first = self.seen.setdefault((day, who), (row, said))
        if first[0] == row:
            return False
        if first[1] != said:
            value = self._cell(cells, "present")
            self._say(
                row,
                "present",
                value,
                _("Row %(row)s says something else about this person and day.") % {"row": first[0]},
            )
        return True


def _columns(header: Sequence[str]) -> dict[str, int]:
    folded = {fold(name.replace("_", " ")): at for at, name in reversed(list(enumerate(header)))}
    found = {}
    for name, words in COLUMNS.items():
        for word in words:
            if fold(word) in folded:
                found[name] = folded[fold(word)]
                break
    if "present" not in found or not {"teacher_id", "name"} & found.keys():
        raise Refused(
            _(
                "The sheet needs the columns day, teacher_id and present. Take the one that is "
                "offered here and fill it in."
            ),
            "file",
        )
    return found


def _said(text: str) -> str | None:
    word = " ".join(text.casefold().split())
    if not word or word == Attendance.UNCLEAR:
        return ""
    if word in YES:
        return Said.PRESENT.value
    return Said.ABSENT.value if word in NO else None


def _short(text: str) -> uuid.UUID | None:
    """Our own identifier of a person, where no number is known."""
    try:
        return ids.from_short(text)
    except ValueError:
        return None


def guest_named(session: TrainingSession, name: str) -> Guest | None:
    return next(
        (each for each in Guest.objects.filter(session=session) if fold(each.name) == fold(name)),
        None,
    )
