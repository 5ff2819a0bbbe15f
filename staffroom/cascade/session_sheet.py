"""Training sessions as a list: written for a spreadsheet, and read from one."""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from staffroom.cascade.models import SessionTrainer, Tier, TrainingSession
from staffroom.core import ids
from staffroom.core.clock import today
from staffroom.core.errors import Refused
from staffroom.core.words import listed
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places import queries
from staffroom.places.imports import sheet, values
from staffroom.places.imports.names import fold
from staffroom.places.imports.people_words import subjects_of
from staffroom.places.models import Programme, School, TeacherNumber

HEAD = [
    "id", "title", "kind", "tier", "subject", "language", "venue", "room", "days", "seats", "trainers",
    "about",
]  # fmt: skip
#: As people head their columns, folded.
COLUMNS = {
    "id": ("id", "session", "session id"),
    "title": ("title", "training", "name", "kichwa", "عنوان"),
    "kind": ("kind",),
    "tier": ("tier", "for whom", "level", "ngazi"),
    "subject": ("subject", "somo", "مضمون"),
    "language": ("language", "lugha", "زبان"),
    "venue": ("venue", "school code", "central school", "mahali", "مقام"),
    "room": ("room", "where", "chumba"),
    "days": ("days", "dates", "day", "date", "siku", "دن"),
    "seats": ("seats", "places", "viti"),
    "trainers": ("trainers", "trainer", "teacher numbers", "wakufunzi"),
    "about": ("about", "plan", "maelezo"),
}
NEEDED = ("title", "days")
MOST_ROWS, MOST_BYTES, MOST_DAYS, MOST_SEATS = 5000, 5_000_000, 30, 500
LONGEST = {"title": 120, "room": 120, "about": 600}
#: "2027-02-01 08:30-16:00"
DAY = re.compile(r"(\S+)(?:\s+(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d))?")


def table(programme: Programme) -> tuple[list[str], Iterator[Sequence[Any]]]:
    """A row a session that was not cancelled; days and trainers in one cell each, `;` between."""
    return HEAD, _rows(programme)


def _rows(programme: Programme) -> Iterator[Sequence[Any]]:
    numbers = _numbers(programme)
    by_person: dict[uuid.UUID | None, str] = {who: number for number, who in numbers.items()}
    found = (
        TrainingSession.objects.filter(programme=programme)
        .exclude(state=TrainingSession.State.CANCELLED)
        .select_related("venue")
        .prefetch_related("days", "session_trainers__trainer")
        .order_by("made_at", "pk")
    )
    for each in found.iterator(500):
        days = "; ".join(day_words(day.day, day.begins, day.ends) for day in each.days.all())
        trainers = sorted(
            by_person.get(link.trainer.person_id, "") for link in each.session_trainers.all()
        )
        yield [
            ids.short(each.pk), each.title, each.kind, each.tier, each.subject, each.language,
            each.venue.code if each.venue else "", each.venue_words, days, each.seats,
            "; ".join(filter(None, trainers)), each.about,
        ]  # fmt: skip


def day_words(day: dt.date, begins: dt.time | None, ends: dt.time | None) -> str:
    if begins is None or ends is None:
        return day.isoformat()
    return f"{day.isoformat()} {begins:%H:%M}-{ends:%H:%M}"


def _numbers(programme: Programme) -> dict[str, uuid.UUID]:
    return dict(
        TeacherNumber.objects.filter(programme=programme).values_list("number", "person_id")
    )


@dataclass(frozen=True)
class Wrong:
    """What is wrong in one cell, as the spreadsheet shows it."""

    row: int
    column: str
    value: str
    why: str


@dataclass
class Read:
    """`lines`: what is to be written, plain enough to travel. Nothing is written while any is wrong."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    same: int = 0


def read(data: bytes, programme: Programme) -> Read:
    """Read, check, and hold against what is kept; writes nothing. `Refused` where it is no such list."""
    if len(data) > MOST_BYTES:
        raise Refused(_("This file has more than 5 MB. Please send it in parts."), "file")
    found = sheet.read(data)
    if len(found.rows) > MOST_ROWS:
        raise Refused(
            _("This list has more than %(n)s rows. Please send it in parts.") % {"n": MOST_ROWS},
            "file",
        )
    at = _columns(found.header)
    out = Read()
    reader = _Reader(programme, found.header, at, out)
    for row in found.rows:
        reader.take(row)
    return out


def _columns(header: Sequence[str]) -> dict[str, int]:
    folded = [fold(name) for name in header]
    at = {
        what: folded.index(fold(name))
        for what, names in COLUMNS.items()
        for name in names[::-1]
        if fold(name) in folded
    }
    gone = [what for what in NEEDED if what not in at]
    if gone:
        raise Refused(
            _("We did not find the column for: %(fields)s. The columns are: %(all)s.")
            % {"fields": listed(gone), "all": listed(name for name in header if name)},
            "file",
        )
    return at


class _Reader:
    def __init__(
        self, programme: Programme, header: Sequence[str], at: dict[str, int], out: Read
    ) -> None:
        self.header, self.at, self.out = header, at, out
        schools = School.objects.filter(programme=programme)
        self.schools = dict(schools.values_list("code", "pk"))
        self.other = queries.other_codes(programme, today(programme.timezone))
        self.people = _numbers(programme)
        self.kept = {row[0]: dict(zip(HEAD, row, strict=True)) for row in _rows(programme)}
        self.seen: dict[str, int] = {}
        self.row = 0

    def note(self, what: str, value: str, why: str) -> None:
        head = self.header[self.at[what]] if what in self.at else what
        self.out.wrong.append(Wrong(self.row, head, value[:80], why))

    def take(self, row: sheet.Row) -> None:
        self.row = row[0]
        cells = {what: row[1][index].strip() for what, index in self.at.items()}
        line = {what: self._read(what, text) for what, text in cells.items()}
        for what, most in LONGEST.items():
            if len(cells.get(what, "")) > most:
                have = {"have": len(cells[what]), "most": most}
                self.note(
                    what, cells[what],
                    _("This has %(have)s characters; at most %(most)s fit.") % have,
                )  # fmt: skip
        if not cells["title"]:
            self.note("title", "", _("The name is missing."))
        self._count(line)
        self.out.lines.append(line)

    def _count(self, line: dict[str, Any]) -> None:
        known = self.kept.get(line.get("id") or "")
        if known is None:
            self.out.new += 1
            return
        told = {what: _plain(value) for what, value in line.items() if value not in ("", None, [])}
        same = all(str(known[what] or "") == text for what, text in told.items())
        self.out.same += same
        self.out.changed += not same

    def _read(self, what: str, text: str) -> Any:
        reader: Callable[[str], Any] | None = getattr(self, f"_{what}", None)
        return reader(text) if reader else text

    def _id(self, text: str) -> str:
        if not text:
            return ""
        if text not in self.kept:
            self.note(
                "id",
                text,
                _("No session of this programme has this id. Leave it empty for a new one."),
            )
        elif text in self.seen:
            self.note(
                "id",
                text,
                _("This session stands in row %(row)s already.") % {"row": self.seen[text]},
            )
        self.seen.setdefault(text, self.row)
        return text

    def _one_of(self, what: str, text: str, known: Sequence[str]) -> str:
        word = text.casefold().replace(" ", "_")
        if word and word not in known:
            self.note(what, text, _("One of: %(words)s.") % {"words": listed(known)})
        return word

    def _kind(self, text: str) -> str:
        return self._one_of("kind", text, TrainingSession.Kind.values)

    def _tier(self, text: str) -> str:
        return self._one_of("tier", text, Tier.values)

    def _language(self, text: str) -> str:
        return text.casefold()[:8]

    def _subject(self, text: str) -> str:
        if not text or text in SUBJECTS:
            return text
        found, strange = subjects_of(text)
        if strange or len(found) != 1:
            self.note("subject", text, _("This is not one of the subjects that are known here."))
        return found[0] if found else ""

    def _venue(self, text: str) -> str:
        code = values.code(text)
        code = code if code in self.schools else self.other.get(code, code)
        if code and code not in self.schools:
            self.note("venue", text, _("No school has this code. Import the schools first."))
        return code

    def _seats(self, text: str) -> int | None:
        if not text:
            return None
        if not text.isdecimal() or not 1 <= int(text) <= MOST_SEATS:
            self.note("seats", text, _("A whole number from 1 to %(most)s.") % {"most": MOST_SEATS})
            return None
        return int(text)

    def _trainers(self, text: str) -> list[str]:
        numbers = sorted({values.code(part) for part in re.split(r"[;,]", text) if part.strip()})
        for number in numbers:
            if number not in self.people:
                self.note("trainers", number, _("Nobody of this programme has this number."))
        return numbers

    def _days(self, text: str) -> list[str]:
        out: dict[str, str] = {}
        for part in filter(None, (part.strip() for part in text.split(";"))):
            try:
                day, begins, ends = _day(part)
            except ValueError:
                self.note(
                    "days", part, _("Write days like 2027-02-01 08:30-16:00, with ; between.")
                )
                continue
            if begins and ends and ends <= begins:
                self.note("days", part, _("It would end before it starts."))
            elif day.isoformat() in out:
                self.note("days", part, _("This day stands there twice."))
            else:
                out[day.isoformat()] = day_words(day, begins, ends)
        if not out and not text:
            self.note("days", text, _("The days are missing."))
        if len(out) > MOST_DAYS:
            self.note("days", text, _("At most %(n)s days.") % {"n": MOST_DAYS})
        return [out[day] for day in sorted(out)]


def _day(part: str) -> tuple[dt.date, dt.time | None, dt.time | None]:
    """ValueError where it is none."""
    match = DAY.fullmatch(part)
    day = values.date(match[1]) if match else None
    if match is None or day is None:
        raise ValueError(part)
    begins, ends = (
        dt.time.fromisoformat(word.zfill(5)) if word else None for word in match.groups()[1:]
    )
    return day, begins, ends


def _plain(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


def parse_day(words: str) -> tuple[dt.date, dt.time | None, dt.time | None]:
    """What `day_words` wrote."""
    day, _space, span = words.partition(" ")
    times = [dt.time.fromisoformat(part) for part in span.split("-")] if span else [None, None]
    return dt.date.fromisoformat(day), times[0], times[1]


def trainers_of(session: TrainingSession) -> dict[uuid.UUID, SessionTrainer]:
    links = session.session_trainers.select_related("trainer")
    return {link.trainer.person_id: link for link in links if link.trainer.person_id}
