"""How many visits were held, circle by circle: for the office, never of a teacher or a visitor.

A month is told once, a week after it has closed, and counts what was written by then: it does not grow
day by day, so that no two of its figures can be compared. The firewall's second rule holds for the
teachers (`rhythm.figures`); and since a circle with one busy visitor would be that visitor's figure,
no visitor may make more than half of it nor two more than three quarters.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max

from staffroom.cascade.models import SupportVisit, TrainingSession
from staffroom.cascade.queries.came import came
from staffroom.cascade.queries.visits import SIX_WEEKS
from staffroom.core.clock import today
from staffroom.places.models import Circle, Programme
from staffroom.rhythm.figures import MEMBERS, Figure, shares_of, tells_of_nobody

MONTHS = 6
#: What is written later than this after the month's end is not counted.
LATE = dt.timedelta(days=7)
#: Of a visit: teacher, visitor, day.
Row = tuple[uuid.UUID, uuid.UUID | None, dt.date]


@dataclass(frozen=True)
class Line:
    """A circle's month; None where a figure would tell of somebody."""

    circle: Circle | None  # None: all circles together
    visits: int | None
    share: int | None  # visited within six weeks, of a hundred trained
    trained: int | None


@dataclass
class Month:
    first: dt.date
    lines: list[Line] = field(default_factory=list)

    @property
    def after(self) -> dt.date:
        return (self.first + dt.timedelta(days=32)).replace(day=1)


def months(programme: Programme) -> list[Month]:
    """The last closed months, the newest first, each with its circles and all of them together."""
    here = today(programme.timezone)
    found, first = list[Month](), here.replace(day=1)
    while len(found) < MONTHS:
        first = (first - dt.timedelta(days=1)).replace(day=1)
        month = Month(first)
        if month.after + LATE <= here:
            found.append(month)
    circles = {each.pk: each for each in Circle.objects.filter(plan__programme=programme)}
    visits = _visits(programme, found[-1].first)
    trained = _trained(programme, found[-1].first)
    for month in found:
        month.lines = _lines(month, here, circles, visits, trained)
    return [month for month in found if any(_tells(line) for line in month.lines)]


def _tells(line: Line) -> bool:
    return line.visits is not None or line.share is not None


Visits = dict[uuid.UUID, list[tuple[Row, dt.datetime]]]
Trained = dict[uuid.UUID, dict[uuid.UUID, dt.date]]


def _visits(programme: Programme, since: dt.date) -> Visits:
    found: Visits = defaultdict(list)
    held = SupportVisit.objects.filter(
        programme=programme, state=SupportVisit.State.HELD, day__gte=since, written_at__isnull=False
    ).order_by("day", "pk")
    for teacher, visitor, day, written, circle, around in held.values_list(
        "teacher_id", "visitor_id", "day", "written_at",
        "training__circle_id", "training__cluster__circle_id",
    ):  # fmt: skip
        if (where := circle or around) is not None and written is not None:
            found[where].append(((teacher, visitor, day), written))
    return found


def _trained(programme: Programme, since: dt.date) -> Trained:
    """Circle: teacher: the last day of the training."""
    found: Trained = defaultdict(dict)
    sessions = TrainingSession.objects.filter(
        programme=programme, kind=TrainingSession.Kind.TRAINING
    )
    rows = came(sessions).annotate(ended=Max("session__days__day")).filter(ended__gte=since)
    for person, ended, circle, around in rows.values_list(
        "person_id", "ended", "session__circle_id", "session__cluster__circle_id"
    ):
        if (where := circle or around) is not None:
            found[where][person] = max(ended, found[where].get(person, ended))
    return found


def _lines(
    month: Month, here: dt.date, circles: dict[uuid.UUID, Circle], visits: Visits, trained: Trained
) -> list[Line]:
    until = dt.datetime.combine(month.after + LATE, dt.time(), dt.UTC)
    rows = {
        key: [
            row
            for row, written in visits.get(key, [])
            if month.first <= row[2] < month.after and written < until
        ]
        for key in circles
    }
    told, hidden = list[Line](), list[uuid.UUID]()
    for key, circle in sorted(circles.items(), key=lambda each: (each[1].number, each[0])):
        people = set(trained.get(key, {})) | {teacher for teacher, _, _ in rows[key]}
        count = len(rows[key]) if _safe(rows[key], len(people)) else None
        share, of = _share(month, here, trained.get(key, {}), visits.get(key, []))
        if count is None:
            hidden.append(key)
        if people or count is not None or share is not None:
            told.append(Line(circle, count, share, of))
    if told:
        told.append(_together(rows, trained, hidden))
    return told


def _together(rows: dict[uuid.UUID, list[Row]], trained: Trained, hidden: list[uuid.UUID]) -> Line:
    """All circles: only where those that are hidden could not be reckoned from it."""

    def safe(keys: Iterable[uuid.UUID]) -> list[Row] | None:
        keys = list(keys)
        found = [row for key in keys for row in rows[key]]
        people = {each for key in keys for each in trained.get(key, {})}
        return found if _safe(found, len(people | {row[0] for row in found})) else None

    everything = safe(rows)
    if everything is None or (hidden and safe(hidden) is None):
        return Line(None, None, None, None)
    return Line(None, len(everything), None, None)


def _safe(rows: list[Row], people: int) -> bool:
    teachers = shares_of(teacher for teacher, _, _ in rows)
    if not tells_of_nobody(Figure(len(rows), shares=teachers), people):
        return False
    sizes = sorted(shares_of(visitor for _, visitor, _ in rows).values(), reverse=True)
    whole = len(rows)
    return bool(sizes) and sizes[0] * 2 <= whole and sum(sizes[:2]) * 4 <= whole * 3


def _share(
    month: Month,
    here: dt.date,
    trained: dict[uuid.UUID, dt.date],
    visits: list[tuple[Row, dt.datetime]],
) -> tuple[int | None, int | None]:
    """Of those trained in the month, how many in a hundred were visited within six weeks."""
    if month.after + SIX_WEEKS + LATE > here:
        return None, None
    ended = {who: day for who, day in trained.items() if month.first <= day < month.after}
    until = dt.datetime.combine(month.after + SIX_WEEKS + LATE, dt.time(), dt.UTC)
    first: dict[uuid.UUID, Row] = {}
    for row, written in visits:
        day = ended.get(row[0])
        if day is not None and day <= row[2] <= day + SIX_WEEKS and written < until:
            first.setdefault(row[0], row)
    if len(ended) < MEMBERS or not _safe(list(first.values()), len(ended)):
        return None, None
    return round(100 * len(first) / len(ended)), len(ended)
