"""Administrators write the schools' calendar: terms, holidays, the days of the weekend."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.models import Area, Holiday, Programme, SchoolTerm

MOST_DAYS = 366
P = TypeVar("P", SchoolTerm, Holiday)


@transaction.atomic
def write_term(
    *,
    by: Person | None,
    programme: Programme,
    name: str,
    first_day: dt.date,
    last_day: dt.date,
    term: SchoolTerm | None = None,
) -> SchoolTerm:
    """A new school term, or `term` changed. Terms of a programme do not overlap."""
    check_administers(by, programme)
    row = _mine(term, programme) or SchoolTerm(programme=programme)
    _fill(row, name, first_day, last_day)
    others = SchoolTerm.objects.filter(
        programme=programme, first_day__lte=last_day, last_day__gte=first_day
    ).exclude(pk=row.pk)
    if clash := others.first():
        raise Refused(
            _("These days overlap with %(name)s. Please change one of the two.")
            % {"name": clash.name},
            "first_day",
        )
    row.save()
    audit.write("school_term.written", actor=by, on=row)
    return row


@transaction.atomic
def write_holiday(
    *,
    by: Person | None,
    programme: Programme,
    name: str,
    first_day: dt.date,
    last_day: dt.date,
    area: Area | None = None,
    holiday: Holiday | None = None,
) -> Holiday:
    """A new holiday, or `holiday` changed; for the whole programme or for one area."""
    check_administers(by, programme)
    if area is not None and area.programme_id != programme.pk:
        raise NotYours
    row = _mine(holiday, programme) or Holiday(programme=programme)
    _fill(row, name, first_day, last_day)
    row.area = area
    row.save()
    audit.write("holiday.written", actor=by, on=row)
    return row


@transaction.atomic
def remove(*, by: Person | None, period: SchoolTerm | Holiday) -> None:
    check_administers(by, period.programme)
    kind = "school_term" if isinstance(period, SchoolTerm) else "holiday"
    audit.write(f"{kind}.removed", actor=by, on=period)
    period.delete()


@transaction.atomic
def set_weekend(*, by: Person | None, programme: Programme, days: Iterable[int]) -> None:
    """The days of the week on which there is no school (0 is Monday)."""
    check_administers(by, programme)
    chosen = sorted(set(days))
    if not set(chosen) <= set(range(7)) or len(chosen) > 3:
        raise Refused(_("At most three days of the week are free of school."), "days")
    programme.weekend = chosen
    programme.save(update_fields=["weekend"])
    audit.write("programme.weekend", actor=by, on=programme, days=chosen)


def _mine(row: P | None, programme: Programme) -> P | None:
    if row is not None and row.programme_id != programme.pk:
        raise NotYours
    return row


def _fill(row: SchoolTerm | Holiday, name: str, first_day: dt.date, last_day: dt.date) -> None:
    row.name = one_line(name)
    if not row.name:
        raise Refused(_("Please give it a name, as on the schools’ calendar."), "name")
    if len(row.name) > 80:
        raise Refused(_("At most %(n)s characters fit.") % {"n": 80}, "name")
    if last_day < first_day:
        raise Refused(_("The last day comes after the first."), "last_day")
    if (last_day - first_day).days >= MOST_DAYS:
        raise Refused(_("That is more than a year. Please look at the days again."), "last_day")
    row.first_day, row.last_day = first_day, last_day
