"""Technical silence, reading quietly, and no silence at all are told apart."""

import datetime as dt
from dataclasses import replace

import pytest

from staffroom.facilitation.silence import Signs, Silence, silence, weeks_away

TODAY = dt.date(2026, 9, 15)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


READER = Signs(
    joined=ago(200),
    came_in=True,
    last_used=TODAY,
    lost_phone=False,
    undelivered=False,
    heard=ago(60),
    read_until=ago(1),
)


def told(signs: Signs, newest: dt.date | None = TODAY) -> Silence | None:
    return silence(signs, newest=newest, today=TODAY)


def test_who_reads_reads():
    assert told(READER) == Silence.READING


def test_who_was_heard_within_three_weeks_is_heard():
    assert told(replace(READER, heard=ago(20))) is None
    assert told(replace(READER, heard=ago(21))) == Silence.READING


def test_who_is_new_is_not_called_quiet():
    assert told(replace(READER, joined=ago(20), heard=None)) is None
    assert told(replace(READER, joined=ago(21), heard=None)) == Silence.READING


@pytest.mark.parametrize(
    "sign",
    [
        {"last_used": ago(11)},
        {"last_used": None},
        {"lost_phone": True},
        {"undelivered": True},
    ],
)
def test_a_phone_that_does_not_reach_us_is_no_silence(sign):
    assert told(replace(READER, **sign)) == Silence.UNREACHED


def test_ten_days_without_the_phone_are_nothing():
    assert told(replace(READER, last_used=ago(10))) == Silence.READING


def test_who_never_came_in_is_told_apart():
    assert told(replace(READER, came_in=False, last_used=None)) == Silence.NEVER


def test_who_comes_but_not_here_is_absent():
    assert told(replace(READER, read_until=ago(40))) == Silence.ABSENT
    assert told(replace(READER, read_until=None)) == Silence.ABSENT


def test_nobody_can_read_what_was_not_written():
    assert told(replace(READER, read_until=ago(40)), newest=ago(39)) == Silence.READING


def test_in_a_community_without_words_nobody_is_quiet():
    assert told(READER, newest=None) is None


def test_weeks_are_whole():
    assert weeks_away(replace(READER, last_used=ago(13)), TODAY) == 1
    assert weeks_away(replace(READER, last_used=None), TODAY) == 0
