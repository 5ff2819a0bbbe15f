"""Read a school calendar from a file, show what it would change, then write it: all of it or nothing."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.errors import Refused
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.actions.calendar import write_holiday, write_term
from staffroom.places.imports import day_list, ical
from staffroom.places.imports.days import Days, Listed
from staffroom.places.imports.names import fold
from staffroom.places.models import Holiday, Programme, SchoolTerm

MOST_BYTES = 2_000_000
KINDS = ("term", "holiday", "")  # "": leave it out


@dataclass(frozen=True)
class Compared:
    """A line of the file beside what is kept: new, changed, or the same already."""

    listed: Listed
    kept: SchoolTerm | Holiday | None

    @property
    def is_same(self) -> bool:
        row = self.kept
        return row is not None and (row.first_day, row.last_day) == (
            self.listed.first_day,
            self.listed.last_day,
        )


def read_calendar(data: bytes) -> Days:
    """iCalendar or a spreadsheet, by what the file is; `Refused` where it is neither."""
    if len(data) > MOST_BYTES:
        raise Refused(
            _("A school calendar has at most %(n)s MB.") % {"n": MOST_BYTES // 1_000_000}, "file"
        )
    days = ical.read(data) if ical.looks_like(data) else day_list.read(data)
    if not days.listed and not days.wrong:
        raise Refused(_("This calendar has no entries."), "file")
    return days


def compare(programme: Programme, listed: list[Listed]) -> list[Compared]:
    """Two queries, however long the list."""
    kept: list[SchoolTerm | Holiday] = [
        *SchoolTerm.objects.filter(programme=programme),
        *Holiday.objects.filter(programme=programme, area=None),
    ]
    return [Compared(one, _kept(one, kept)) for one in listed]


def _kept(one: Listed, kept: list[SchoolTerm | Holiday]) -> SchoolTerm | Holiday | None:
    """The same name within half a year: Eid of this year, not of the last."""
    half = dt.timedelta(days=183)
    same = [
        row
        for row in kept
        if isinstance(row, SchoolTerm) == (one.kind == "term")
        and fold(row.name) == fold(one.name)
        and abs(row.first_day - one.first_day) < half
    ]
    return min(same, key=lambda row: abs(row.first_day - one.first_day), default=None)


@transaction.atomic
def import_calendar(
    *, by: Person | None, programme: Programme, listed: list[Listed]
) -> dict[str, int]:
    """Write each line as what it was chosen to be. A refusal says which line it was."""
    check_administers(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    counts = {"new": 0, "changed": 0, "same": 0}
    found = compare(programme, listed)
    _put_aside([one.kept for one in found if isinstance(one.kept, SchoolTerm) and not one.is_same])
    for one in found:
        if one.is_same:
            counts["same"] += 1
            continue
        try:
            _write(by, programme, one)
        except Refused as error:
            raise Refused(
                _("Line %(n)s, “%(name)s”: %(why)s")
                % {"n": one.listed.row, "name": one.listed.name, "why": error.message},
                "file",
            ) from error
        counts["changed" if one.kept else "new"] += 1
    audit.write("calendar.imported", actor=by, on=programme, counts=counts)
    return counts


def _put_aside(terms: list[SchoolTerm]) -> None:
    """When a whole year moves, the new days of one term may lie in the old days of the next."""
    nowhere = dt.date(1900, 1, 1)
    SchoolTerm.objects.filter(pk__in=[term.pk for term in terms]).update(
        first_day=nowhere, last_day=nowhere
    )


def _write(by: Person | None, programme: Programme, one: Compared) -> None:
    listed = one.listed
    if listed.kind == "term":
        term = one.kept if isinstance(one.kept, SchoolTerm) else None
        write_term(
            by=by,
            programme=programme,
            term=term,
            name=listed.name,
            first_day=listed.first_day,
            last_day=listed.last_day,
        )
    else:
        holiday = one.kept if isinstance(one.kept, Holiday) else None
        write_holiday(
            by=by,
            programme=programme,
            holiday=holiday,
            name=listed.name,
            first_day=listed.first_day,
            last_day=listed.last_day,
        )
