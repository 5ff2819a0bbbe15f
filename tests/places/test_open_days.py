"""Which days of a stretch are no break: the same as asked day by day, and asked at once."""

import datetime as dt

from staffroom.places.calendar import on_break, open_days
from staffroom.places.models import Holiday, SchoolTerm

FIRST, LAST = dt.date(2026, 4, 1), dt.date(2026, 9, 30)


def day_by_day(world, area=None):
    days = (FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    return {day for day in days if not on_break(world.programme, day, area)}


def test_without_a_calendar_every_day_is_open(world):
    assert open_days(world.programme, FIRST, LAST) == day_by_day(world)


def test_terms_gaps_and_holidays_here_and_elsewhere(world):
    for name, first, last in [("1", (1, 5), (4, 10)), ("2", (5, 4), (7, 31))]:
        SchoolTerm.objects.create(
            programme=world.programme,
            name=name,
            first_day=dt.date(2026, *first),
            last_day=dt.date(2026, *last),
        )
    Holiday.objects.create(
        programme=world.programme,
        name="Labour Day",
        first_day=dt.date(2026, 5, 1),
        last_day=dt.date(2026, 5, 5),
    )
    Holiday.objects.create(
        programme=world.programme,
        area=world.kitui,
        name="Floods",
        first_day=dt.date(2026, 6, 1),
        last_day=dt.date(2026, 6, 12),
    )
    for area in (None, world.mwingi):
        assert open_days(world.programme, FIRST, LAST, area) == day_by_day(world, area)


def test_it_is_asked_at_once(world, django_assert_num_queries):
    with django_assert_num_queries(2):
        open_days(world.programme, FIRST, LAST)
