"""The clock does each duty once, at its time in the programme's zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from staffroom.core import hooks, schedule
from staffroom.core.clock import pretend
from staffroom.core.models import DutyDone, OutboxEntry

NAIROBI = ZoneInfo("Africa/Nairobi")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=NAIROBI).astimezone(dt.UTC)


@pytest.fixture
def nights(monkeypatch):
    """How often the night's work was done."""
    done: list = []
    hook = hooks.Hook("nightly")
    hook.add(lambda now: done.append(now))
    monkeypatch.setattr(hooks, "nightly", hook)
    return done


def test_the_night_comes_at_two_in_the_programmes_zone(db, nights):
    for moment, expected in [
        ("2026-11-21T22:00", 0),  # the first evening: nothing was missed
        ("2026-11-22T01:59", 0),
        ("2026-11-22T02:00", 1),
        ("2026-11-22T02:01", 1),
        ("2026-11-22T23:00", 1),
        ("2026-11-23T05:00", 2),  # the machine was off at two
        ("2026-11-23T06:00", 2),
    ]:
        with pretend(at(moment)):
            schedule.keep("Africa/Nairobi")
        assert len(nights) == expected, moment


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Lisbon", "Asia/Kathmandu"])
def test_there_is_one_night_a_day_also_when_clocks_change(zone):
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    nights = []
    while moment.year == 2026:
        moment = schedule.next_night(moment, zone)
        nights.append(moment.astimezone(ZoneInfo(zone)).date())
    assert len(nights) == len(set(nights))
    assert len(nights) >= 365


def test_two_clocks_do_it_once(db, nights):
    duty = schedule.DUTIES[0]
    with pretend(at("2026-11-22T01:00")):
        schedule.keep("Africa/Nairobi")
    with pretend(at("2026-11-22T03:00")):
        assert [schedule._take(duty, "Africa/Nairobi") for _ in range(2)] == [True, False]


def test_a_room_whose_night_fails_keeps_no_other_from_it(db, monkeypatch):
    done = []

    def bad(now):
        OutboxEntry.objects.create(topic="half")
        raise ValueError

    hook = hooks.Hook("nightly")
    hook.add(bad)
    hook.add(lambda now: done.append(now))
    monkeypatch.setattr(hooks, "nightly", hook)
    for moment in ("2026-11-22T01:00", "2026-11-22T03:00"):
        with pretend(at(moment)):
            schedule.keep("Africa/Nairobi")
    assert len(done) == 1
    assert not OutboxEntry.objects.exists()
    assert DutyDone.objects.get(name="nightly").last_error == "NightlyFailed"
