"""When the hour is, by the community's own clock, summer time and nights included."""

import datetime as dt

import pytest

from staffroom.communities.models import Community
from staffroom.rhythm import hour as clock


def community(**fields) -> Community:
    fields = {"timezone": "Africa/Nairobi", "set_weekday": 3, "set_hour": dt.time(19)} | fields
    return Community(name="C", **fields)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def test_it_lasts_two_hours_of_its_own_day():
    here = community()
    assert clock.current(here, utc(2026, 9, 17, 15, 59)) is None
    now_on = clock.current(here, utc(2026, 9, 17, 16))
    assert now_on.day == dt.date(2026, 9, 17)
    assert clock.current(here, utc(2026, 9, 17, 17, 59)) == now_on
    assert clock.current(here, utc(2026, 9, 17, 18)) is None
    assert clock.latest(here, utc(2026, 9, 17, 18)) == now_on
    assert clock.latest(here, utc(2026, 9, 18, 17, 59)) == now_on
    assert clock.latest(here, utc(2026, 9, 18, 18)) is None
    assert clock.coming(here, utc(2026, 9, 17, 16)).day == dt.date(2026, 9, 24)


def test_one_that_runs_past_midnight():
    here = community(set_hour=dt.time(23))
    assert clock.current(here, utc(2026, 9, 17, 21, 30)).day == dt.date(2026, 9, 17)  # 0:30


def test_it_keeps_its_place_on_the_wall_when_the_clocks_change():
    here = community(timezone="Europe/Berlin", set_weekday=6)
    assert clock.on(here, dt.date(2026, 10, 18)).begins == utc(2026, 10, 18, 17)
    assert clock.on(here, dt.date(2026, 10, 25)).begins == utc(2026, 10, 25, 18)


def test_none_without_a_set_time():
    here = community(set_weekday=None, set_hour=None)
    for ask in (clock.current, clock.latest, clock.coming):
        assert ask(here, utc(2026, 9, 17, 16)) is None


@pytest.mark.parametrize(
    ("at", "reminded"),
    [
        (dt.time(19), (17, 15, 0)),  # 18:00
        (dt.time(22, 30), (17, 17, 30)),  # at 20:30, not by night
        (dt.time(6, 30), (17, 3, 0)),  # at dawn
        (dt.time(6), (16, 17, 0)),  # the evening before
        (dt.time(0, 30), (16, 17, 30)),  # its hour before is the evening before, by night
    ],
)
def test_nobody_is_reminded_by_night(at, reminded):
    here = community(set_hour=at)
    hour = clock.on(here, dt.date(2026, 9, 17))
    assert clock.remind_at(here, hour) == utc(2026, 9, *reminded)
