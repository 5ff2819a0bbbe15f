"""The schools' calendar: when there is school, and when nothing of ours may call on a teacher."""

import datetime as dt
import itertools
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from staffroom.places import queries
from staffroom.places.models import Area, Holiday, Programme, SchoolTerm

NIGHT_FROM, NIGHT_UNTIL = dt.time(21), dt.time(6)
#: After the last known term schools are taken to be closed for so long; then nobody has gone on
#: with the calendar, and an old one must not silence a programme for ever.
LONGEST_GAP = dt.timedelta(weeks=10)
#: A break is announced this long before.
AHEAD = dt.timedelta(days=60)


@dataclass(frozen=True)
class Break:
    """Days without school, the last one included."""

    name: str
    first_day: dt.date
    last_day: dt.date


def is_school_day(programme: Programme, day: dt.date, area: Area | None = None) -> bool:
    """Not a weekend, not a holiday, not between two terms. Where nothing is set: not a weekend."""
    return day.weekday() not in programme.weekend and not on_break(programme, day, area)


def on_break(programme: Programme, day: dt.date, area: Area | None = None) -> bool:
    """A holiday here, or out of term. Weekends are asked about apart: a community may meet on one."""
    return holiday_on(programme, day, area) is not None or out_of_term(programme, day)


def reminders_silent(programme: Programme, moment: dt.datetime, area: Area | None = None) -> bool:
    """Nothing may remind anybody at this moment: night, weekend, holiday, out of term."""
    here = moment.astimezone(ZoneInfo(programme.timezone))
    by_night = here.time() >= NIGHT_FROM or here.time() < NIGHT_UNTIL
    return by_night or not is_school_day(programme, here.date(), area)


def holiday_on(programme: Programme, day: dt.date, area: Area | None = None) -> Holiday | None:
    """The holiday of that day, in the whole programme or around this area."""
    return _holidays(programme, area, day).filter(first_day__lte=day, last_day__gte=day).first()


def out_of_term(programme: Programme, day: dt.date) -> bool:
    """After one known term and before the next; the last one is followed by a gap of ten weeks."""
    terms = SchoolTerm.objects.filter(programme=programme)
    if terms.filter(first_day__lte=day, last_day__gte=day).exists():
        return False
    before = terms.filter(last_day__lt=day).order_by("-last_day").first()
    if before is None:
        return False  # the calendar has not begun yet
    return terms.filter(first_day__gt=day).exists() or day - before.last_day <= LONGEST_GAP


def open_days(
    programme: Programme, first: dt.date, last: dt.date, area: Area | None = None
) -> set[dt.date]:
    """The days from `first` to `last` that are no break, asked at once however many they are."""
    holidays = list(
        _holidays(programme, area, last).filter(first_day__lte=last, last_day__gte=first)
    )
    terms = list(SchoolTerm.objects.filter(programme=programme))
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    return {
        day
        for day in days
        if not any(each.first_day <= day <= each.last_day for each in holidays)
        and not _between(terms, day)
    }


def _between(terms: list[SchoolTerm], day: dt.date) -> bool:
    """As `out_of_term`, of terms that were asked already."""
    if any(each.first_day <= day <= each.last_day for each in terms):
        return False
    ended = [each.last_day for each in terms if each.last_day < day]
    if not ended:
        return False
    return any(each.first_day > day for each in terms) or day - max(ended) <= LONGEST_GAP


def next_break(programme: Programme, day: dt.date, area: Area | None = None) -> Break | None:
    """The break that is now or comes next, within two months."""
    soon = [
        each
        for each in (_next_holiday(programme, day, area), _next_gap(programme, day))
        if each is not None and each.first_day <= day + AHEAD
    ]
    return min(soon, key=lambda each: each.first_day, default=None)


def _holidays(programme: Programme, area: Area | None, day: dt.date) -> "queries.QuerySet[Holiday]":
    around = queries.area_paths({area.pk}, day)[area.pk] if area is not None else []
    return Holiday.objects.filter(Q(area=None) | Q(area__in=around), programme=programme)


def _next_holiday(programme: Programme, day: dt.date, area: Area | None) -> Break | None:
    found = _holidays(programme, area, day).filter(last_day__gte=day).first()
    return Break(found.name, found.first_day, found.last_day) if found else None


def _next_gap(programme: Programme, day: dt.date) -> Break | None:
    """Between the running term (or the last) and the one after it, if both are known."""
    terms = list(SchoolTerm.objects.filter(programme=programme))
    for ended, begins in itertools.pairwise(terms):
        first = ended.last_day + dt.timedelta(days=1)
        last = begins.first_day - dt.timedelta(days=1)
        if first <= last and last >= day:
            return Break(_("Holidays after %(term)s") % {"term": ended.name}, first, last)
    return None
