"""Reference values: exact small cases, and the same by scipy where the general case reduces to it."""

import numpy as np
import pytest
from scipy import stats

from staffroom.methods.cascade.dilution import Score, dilution, holm, mean, share_interval, step
from staffroom.methods.cascade.effects import effect


def test_sessions_of_equal_size_are_as_many_witnesses_as_there_are_sessions():
    values = np.array([1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1.0])
    sessions = np.repeat(list("abc"), 4)
    found = mean(values, sessions)
    own = values.reshape(3, 4).mean(axis=1)
    assert found.error == pytest.approx(stats.sem(own), rel=1e-12)
    assert (found.df, found.people, found.sessions) == (2, 12, 3)


def test_sessions_of_unequal_size_by_hand():
    # Mean 0.6; residual sums of the sessions: a 2*0.4 = 0.8, b 0.4 - 2*0.6 = -0.8.
    found = mean(np.array([1, 1, 1, 0, 0.0]), list("aabbb"))
    assert found.error**2 == pytest.approx(2 / 1 * (0.8**2 + 0.8**2) / 25, rel=1e-12)


def test_people_who_are_alone_in_their_session_give_the_plain_interval():
    values = np.array([1.0] * 7 + [0.0] * 3)
    found = mean(values, range(10))
    assert found.error == pytest.approx(stats.sem(values), rel=1e-12)
    # Of one session alone it is the people that vary.
    assert mean(values, ["a"] * 10).error == pytest.approx(found.error)


def test_the_interval_of_a_share_is_clopper_and_pearsons_at_the_effective_size():
    # 7 of 10 with the variance of ten independent people and as many degrees of freedom.
    exact = stats.binomtest(7, 10).proportion_ci(method="exact")
    assert share_interval(0.7, 0.021, 10, 9) == pytest.approx((exact.low, exact.high), rel=1e-9)
    # All right: nothing varies, and still not everything is known.
    exact = stats.binomtest(10, 10).proportion_ci(method="exact")
    assert share_interval(1.0, 0.0, 10, 4) == pytest.approx((exact.low, exact.high), rel=1e-9)


def test_few_sessions_make_the_interval_wider():
    wide = share_interval(0.7, 0.021, 10, 2)
    narrow = share_interval(0.7, 0.021, 10, 9)
    assert wide[0] < narrow[0]
    assert wide[1] > narrow[1]


def test_a_step_between_tiers_is_welchs():
    one, two = np.array([0.9, 0.8, 1.0, 0.7]), np.array([0.5, 0.6, 0.4, 0.9, 0.6])
    found = step(mean(one, range(4)), mean(two, range(5)))
    welch = stats.ttest_ind(two, one, equal_var=False)
    assert found.p == pytest.approx(welch.pvalue, rel=1e-10)
    inside = welch.confidence_interval()
    assert (found.low, found.high) == pytest.approx((inside.low, inside.high), rel=1e-10)
    assert found.kept == pytest.approx(0.6 / 0.85)


def test_holm():
    # R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


def _scores(tier, sessions, people, shares):
    """`shares`: how many of ten are right, an item each; everybody was at half of it before."""
    return [
        Score(tier, f"{tier}{s}", f"{tier}{s}-{p}", item, 0.5, float((p * 7 + s) % 10 < tenths))
        for s in range(sessions)
        for p in range(people)
        for item, tenths in shares.items()
    ]


def test_what_falls_is_named_and_what_holds_is_not():
    top = _scores("masters", 4, 17, {"i1": 9, "i2": 9})
    last = _scores("teachers", 30, 17, {"i1": 9, "i2": 4})
    found = dilution(top + last, ["masters", "managers", "teachers"], ["i1", "i2"])
    assert found.falling == [("i2", "teachers")]
    assert found.overall.after[1] is None
    assert found.overall.steps[1] is None
    assert found.items[1].steps[2].kept == pytest.approx(4 / 9, abs=0.05)
    assert found.overall.after[2].value == pytest.approx(0.65, abs=0.02)
    assert found.spread[0] is None
    assert found.spread[2].sessions == 30


def test_of_nine_people_there_is_no_figure():
    found = dilution(_scores("masters", 1, 9, {"i1": 9}), ["masters"], ["i1"])
    assert found.overall.after == (None,)


def test_a_trainers_effect_of_equal_groups_is_the_textbooks():
    gains = {"a": [0.1, 0.3], "b": [0.5, 0.7], "c": [0.2, 0.0]}
    found = effect(gains, "b")
    # Within: 0.02 three times over 3. Between: means .2 .6 .1, grand .3, 2*(.01+.09+.04)/2 = .14.
    trainers = (0.14 - 0.02) / 2
    weight = trainers / (trainers + 0.01)
    assert found.weight == pytest.approx(weight)
    assert found.value == pytest.approx(0.3 + weight * 0.3)
    assert (found.raw, found.all) == (pytest.approx(0.6), pytest.approx(0.3))
    error = trainers * (1 - weight) + (1 - weight) ** 2 * (trainers + 0.01) / 3
    assert found.high - found.value == pytest.approx(stats.t.ppf(0.975, 3) * error**0.5)


def test_where_trainers_do_not_differ_the_effect_is_the_mean_of_all():
    found = effect({"a": [0.1, 0.5], "b": [0.5, 0.1], "c": [0.3, 0.3]}, "a")
    assert (found.weight, found.value) == (0, pytest.approx(0.3))


def test_of_one_session_each_nothing_is_told():
    assert effect({"a": [0.1], "b": [0.3]}, "a") is None
    assert effect({"a": [0.1, 0.2]}, "a") is None
