"""Whole figures or nothing, and no sum from which a small number could be worked out."""

from staffroom.rhythm.silence_figures import Answered, may_tell, told

REASONS = ["time", "signal", "phone", "comfort", "reading"]


def answers(**counts):
    """So many of each reason, spread over four communities in turn."""
    rows = [reason for reason, count in counts.items() for _ in range(count)]
    return [Answered(place % 4, reason) for place, reason in enumerate(rows)]


def test_ten_answers_from_three_communities_none_with_more_than_half():
    assert told(answers(time=5, signal=4), REASONS) is None
    assert told([Answered(n % 2, "time") for n in range(10)], REASONS) is None
    assert told([Answered(max(0, n - 7), "time") for n in range(10)], REASONS) is None
    assert told(answers(time=5, signal=5), REASONS).total == 10


def test_small_reasons_are_told_together():
    figures = told(answers(time=8, signal=5, phone=2, comfort=1), REASONS)
    assert figures.reasons == (("time", 8), ("signal", 5))
    assert set(figures.together) == {"phone", "comfort", "reading"}
    assert figures.together_count == 3


def test_with_the_next_smallest_where_they_are_still_fewer():
    figures = told(answers(time=8, signal=5, comfort=1), REASONS)
    assert figures.reasons == (("time", 8),)
    assert "signal" in figures.together
    assert figures.together_count == 6


def test_reasons_that_nobody_named_are_told_as_none():
    figures = told(answers(time=8, signal=5), REASONS)
    assert figures.together_count == 0
    assert sum(count for _reason, count in figures.reasons) == figures.total


def test_words_of_five_people_in_three_communities():
    rows = [Answered(n % 3, "other", "Network, network and Wanjiru" if n == 0 else "network")
            for n in range(12)]  # fmt: skip
    rows += [Answered(n % 2, "other", "secret") for n in range(6)]
    assert told(rows, ["other"]).words == (("network", 12),)


def test_the_rest_is_not_shown_where_the_difference_would_tell():
    assert may_tell(12, 0)
    assert not may_tell(40, 9)
    assert not may_tell(9, 40)
    assert may_tell(12, 10)
