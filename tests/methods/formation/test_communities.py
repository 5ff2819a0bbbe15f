"""Communities: within bounds, alike, near; no rule ever broken, and as near as can be where that is known."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffroom.methods.formation import communities as method
from staffroom.methods.formation.chains import Circular, apart
from staffroom.methods.formation.strata import strata

NONE = np.empty((0, 2), np.int64)


def form(x, stratum=None, school=None, pairs=NONE, low=3, high=5, most=2, rounds=60, seed=0):
    n = len(x)
    return method.form(
        x,
        np.zeros(n, np.int64) if stratum is None else stratum,
        np.arange(n) if school is None else school,
        pairs,
        low=low,
        high=high,
        most=most,
        rng=np.random.default_rng(seed),
        rounds=rounds,
    )


@st.composite
def lists(draw):
    n = draw(st.integers(1, 70))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    low = draw(st.integers(1, 6))
    school = rng.integers(0, max(1, n // draw(st.integers(1, 4))), n)
    pairs = rng.integers(0, n, (draw(st.integers(0, n)), 2))
    return {
        "x": rng.standard_normal((n, 2)),
        "stratum": rng.integers(0, draw(st.integers(1, 3)), n),
        "school": school,
        "pairs": pairs[pairs[:, 0] != pairs[:, 1]],
        "low": low,
        "high": low + draw(st.integers(0, 4)),
        "most": draw(st.integers(1, 3)),
        "rounds": 6,
    }


@settings(max_examples=120, deadline=None)
@given(lists())
def test_no_rule_is_ever_broken_and_nobody_is_lost(some):
    found = form(**some)
    rules = (some["school"], some["pairs"], some["low"], some["high"], some["most"])
    assert method.violations(found.community, [some["stratum"]], *rules) == 0
    assert ((found.community >= 0) == (found.why == method.PLACED)).all()
    assert len(np.unique(found.community[found.community >= 0])) == found.count


def best_of_two(x):
    """The least sum of squares of all ways to cut ten people into two fives."""
    n = len(x)
    return min(
        sum(((x[part] - x[part].mean(axis=0)) ** 2).sum() for part in (list(a), rest))
        for a in combinations(range(n), n // 2)
        if 0 in a
        for rest in [[i for i in range(n) if i not in a]]
    )


@pytest.mark.parametrize("seed", range(6))
def test_it_finds_the_best_of_all_ways_on_a_small_list(seed):
    x = np.random.default_rng(seed).standard_normal((10, 2))
    found = form(x, low=5, high=5)
    assert method.within_distance(x, found.community) * 10 == pytest.approx(best_of_two(x))


def test_the_same_seed_gives_the_same_communities():
    x = np.random.default_rng(3).standard_normal((60, 3))
    assert (form(x).community == form(x).community).all()


def test_numbers_that_cannot_be_cut_leave_the_fewest_out():
    x = np.random.default_rng(1).standard_normal((17, 1))
    found = form(x, low=10, high=15)
    assert (found.why == method.UNEVEN).sum() == 2
    assert (form(x[:7], low=10, high=15).why == method.FEW).all()


def test_twelve_of_one_school_have_no_community_of_ten():
    found = form(np.zeros((12, 1)), school=np.zeros(12, np.int64), low=10, high=15)
    assert found.count == 0
    assert (found.why == method.RULES).all()


def test_whoever_stands_above_in_a_chain_is_apart_from_all_below():
    pairs = apart({0: [1], 1: [2, 3], 4: [0]}, np.array([0, 0, 0, 1, 0]))
    assert pairs.tolist() == [[0, 1], [0, 2], [1, 2], [4, 0], [4, 1], [4, 2]]


def test_a_chain_that_leads_back_is_named():
    with pytest.raises(Circular) as caught:
        apart({0: [1], 1: [2], 2: [0]}, np.zeros(3, np.int64))
    assert caught.value.people == [0, 1, 2, 0]


def test_a_stratum_that_is_too_small_joins_where_it_may():
    keys = [("maths", "sw")] * 12 + [("maths", "en")] * 9 + [("art", "en")] * 5
    number, joined = strata(keys, 10, 15, [1])
    assert number[:12] == [number[12]] * 12
    assert number[-1] != number[0]
    assert sorted(joined[number[0]]) == [("maths", "en"), ("maths", "sw")]
    assert strata(keys, 10, 15, [])[1] == {}
