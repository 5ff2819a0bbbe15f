"""The time of a term: gaps are capped; a mean is told of many communities or not at all."""

import datetime as dt

import pytest

from staffroom.facilitation.spent import Mean, mean_to_tell, minutes_a_day, seconds_between

NOON = dt.datetime(2026, 9, 15, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("pause", "seconds"), [(0, 0), (40, 40), (300, 300), (301, 60), (90_000, 60), (-5, 60)]
)
def test_a_long_pause_counts_as_one_look(pause, seconds):
    assert seconds_between(NOON, NOON + dt.timedelta(seconds=pause)) == seconds


def test_the_first_page_is_one_look():
    assert seconds_between(None, NOON) == 60


def test_the_first_day_is_a_day():
    assert minutes_a_day(600, 0.1) == 10


def of(*minutes: float, start: int = 0) -> dict[str, float]:
    return {str(start + n): value for n, value in enumerate(minutes)}


def test_a_mean_of_ten():
    assert mean_to_tell(of(*[12] * 10), None) == Mean(12, frozenset(map(str, range(10))))


def test_of_nine_nothing_is_told():
    assert mean_to_tell(of(*[12] * 9), None) is None


def test_none_where_one_makes_more_than_half_or_two_more_than_three_quarters():
    assert mean_to_tell(of(100, *[10] * 9), None) is None
    assert mean_to_tell(of(85, *[10] * 9), None) is not None
    assert mean_to_tell(of(45, 45, *[3] * 9), None) is None


def test_none_where_the_difference_to_the_last_would_tell_of_one():
    last = mean_to_tell(of(*[12] * 10), None)
    assert mean_to_tell(of(*[12] * 11), last) is None
    assert mean_to_tell(of(*[12] * 12), last) is None
    assert mean_to_tell(of(*[12] * 13), last) is not None
    assert mean_to_tell(of(*[14] * 10), last) == Mean(14, last.over)
    # one went and one came: two changed
    assert mean_to_tell(of(*[14] * 10, start=1), last) is None


def test_nothing_spent_is_a_figure_too():
    assert mean_to_tell(of(*[0] * 10), None).minutes == 0
