"""Clusters: sizes always within bounds, the bound never above the optimum, nothing missed on small lists."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffroom.methods.formation import earth, sizes
from staffroom.methods.formation.assign import assign
from staffroom.methods.formation.bisection import bisect
from staffroom.methods.formation.bound import FAR, Pairs, alone, pairs_of
from staffroom.methods.formation.clusters import Part, even, form_clusters, group, share_out
from staffroom.methods.formation.neighbourhood import ranked
from staffroom.methods.formation.search import Search


def some(n, seed=0, spread=0.5):
    rng = np.random.default_rng(seed)
    return earth.points(rng.normal(0, spread, n), rng.normal(35, spread, n))


def whole(points, clusters, low, high, iterations, seed=0, fixed=()):
    part = Part(np.arange(len(points)), clusters, np.array(fixed, np.int64))
    rng = np.random.default_rng(seed)
    return form_clusters(points, [part], low, high, rng=rng, iterations=iterations)


def best_by_trying_all(points, clusters, low, high):
    """Every set of centres; for each, every way to share the rest out."""
    metres = earth.between(points, points).astype(int)
    n, best = len(points), None
    for centres in itertools.combinations(range(n), clusters):
        for label in itertools.product(range(clusters), repeat=n):
            if any(label[c] != k for k, c in enumerate(centres)):
                continue
            if not all(low <= label.count(k) <= high for k in range(clusters)):
                continue
            total = sum(int(metres[centres[k], i]) for i, k in enumerate(label))
            best = total if best is None else min(best, total)
    return best


def test_known_distances():
    # A quarter of the meridian, and Nairobi-Mombasa by the haversine formula (Sinnott 1984).
    places = earth.points(
        np.array([0.0, 90.0, -1.286, -4.043]), np.array([0.0, 0.0, 36.817, 39.668])
    )
    metres = earth.between(places, places)
    assert abs(metres[0, 1] - np.pi / 2 * earth.RADIUS * 1000) <= 1
    y1, x1, y2, x2 = np.radians([-1.286, 36.817, -4.043, 39.668])
    h = np.sin((y2 - y1) / 2) ** 2 + np.cos(y1) * np.cos(y2) * np.sin((x2 - x1) / 2) ** 2
    assert abs(metres[2, 3] - 2000 * earth.RADIUS * np.arcsin(np.sqrt(h))) <= 1
    assert (metres == metres.T).all()


def test_terrain_counts_by_the_mean_of_both_ends():
    flat = earth.points(np.zeros(2), np.array([0.0, 1.0]))
    steep = earth.points(np.zeros(2), np.array([0.0, 1.0]), np.array([1.0, 2.0]))
    ratio = earth.between(steep, steep)[0, 1] / earth.between(flat, flat)[0, 1]
    assert ratio == pytest.approx(1.5, rel=1e-5)


@pytest.mark.parametrize("bad", [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)])
def test_a_place_off_the_globe_is_refused(bad):
    with pytest.raises(ValueError, match="latitude"):
        earth.points(np.array([bad[0]]), np.array([bad[1]]))


@given(st.integers(1, 200), st.integers(1, 12), st.integers(0, 8))
def test_which_numbers_can_be_cut(n, low, more):
    high = low + more
    right = [k for k in range(1, n + 1) if k * low <= n <= k * high]
    assert list(sizes.possible(n, low, high)) == right
    under, over = sizes.nearest_numbers(n, low, high)
    assert under is None or sizes.possible(under, low, high)
    assert sizes.possible(over, low, high)
    if right:
        assert under == over == n
        assert sizes.midway(n, low, high) in right


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_bisection_keeps_the_sizes_and_the_fixed_apart(data):
    low = data.draw(st.integers(1, 6))
    high = low + data.draw(st.integers(0, 4))
    clusters = data.draw(st.integers(1, 9))
    n = data.draw(st.integers(clusters * low, clusters * high))
    fixed = data.draw(st.lists(st.integers(0, n - 1), unique=True, max_size=clusters))
    points = some(n, seed=n, spread=data.draw(st.sampled_from([0.0, 1.0])))
    label = bisect(points.vector, clusters, low, high, np.array(fixed, np.int64))
    count = np.bincount(label, minlength=clusters)
    assert len(count) == clusters
    assert low <= count.min() <= count.max() <= high
    assert len(set(label[fixed])) == len(fixed)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 3), st.integers(1, 3))
def test_assignment_is_the_cheapest_of_all(seed, clusters, low):
    rng = np.random.default_rng(seed)
    high = low + 1
    n = int(rng.integers(clusters * low, clusters * high + 1))
    cost = rng.integers(0, 50, (clusters, n))
    centres = rng.choice(n, clusters, replace=False)
    label = assign(cost, centres, low, high)
    assert all(label[c] == k for k, c in enumerate(centres))
    count = np.bincount(label, minlength=clusters)
    assert low <= count.min() <= count.max() <= high
    best = min(
        sum(int(cost[k, i]) for i, k in enumerate(try_))
        for try_ in itertools.product(range(clusters), repeat=n)
        if all(try_[c] == k for k, c in enumerate(centres))
        and all(low <= try_.count(k) <= high for k in range(clusters))
    )
    assert cost[label, np.arange(n)].sum() == best


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("n", "clusters", "low", "high"), [(7, 2, 3, 4), (8, 2, 2, 6), (7, 3, 2, 3)]
)
def test_bound_optimum_found(seed, n, clusters, low, high):
    points = some(n, seed)
    best = best_by_trying_all(points, clusters, low, high)
    found = whole(points, clusters, low, high, iterations=400)
    assert found.bound <= best <= found.total
    assert found.bound == best == found.total


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 9), st.lists(st.integers(-50_000, 300_000), min_size=8, max_size=8))
def test_no_price_makes_the_bound_false(seed, price):
    points = some(8, seed)
    best = best_cached(seed)
    price = np.array(price, np.int64)
    values = alone(pairs_of(points, 4), price, 3, 5)
    assert price.sum() + np.sort(values)[:2].sum() <= best


BEST: dict[int, int] = {}


def best_cached(seed):
    if seed not in BEST:
        BEST[seed] = best_by_trying_all(some(8, seed), 2, 3, 5)
    return BEST[seed]


@pytest.mark.parametrize("seed", range(3))
def test_near_pairs_alone_prove_less_never_more(seed, monkeypatch):
    """Where only some pairs are looked at, each v_j is at most what all pairs give."""
    from staffroom.methods.formation import bound

    points = some(120, seed)
    all_pairs = pairs_of(points, 10)
    monkeypatch.setattr(bound, "ALL_PAIRS", 10)
    monkeypatch.setattr(bound, "NEAR", 25)
    few = pairs_of(points, 10)
    assert few.metres.shape[1] <= 25
    rng = np.random.default_rng(seed)
    for share in (0.2, 0.7, 1.0):
        price = np.floor(few.cap * share * rng.random(120)).astype(np.int64)
        assert (alone(few, price, 8, 12) <= alone(all_pairs, price, 8, 12)).all()


def test_alone_counts_what_the_formula_says():
    metres = np.array([[0, 5, 9], [5, 0, 2], [9, 2, 0]], np.int32)
    np.fill_diagonal(metres, FAR)
    pairs = Pairs(metres, None, np.full(3, 1000))
    price = np.array([6, 1, 4])
    # j=0: -6 and one or two of (5-1, 9-4): the cheaper, since neither is below 0.
    assert alone(pairs, price, 2, 3).tolist() == [-6 + 4, -1 - 2 - 1, -4 + 1]


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 1000), st.integers(50, 150))
def test_sizes_centres_and_sums_are_right(seed, n):
    points = some(n, seed)
    clusters = sizes.midway(n, 8, 12)
    found = whole(points, clusters, 8, 12, iterations=20, seed=seed)
    count = np.bincount(found.label, minlength=clusters)
    assert 8 <= count.min() <= count.max() <= 12
    assert (found.label[found.centre] == np.arange(clusters)).all()
    metres = earth.between(points, points)
    assert (found.metres == metres[np.arange(n), found.centre[found.label]]).all()
    assert found.total <= found.first
    if found.bound is not None:
        assert found.bound <= found.total


def test_same_seed_same_steps_same_clusters():
    points = some(200)
    one, other = (whole(points, 20, 8, 12, iterations=60, seed=3) for _turn in range(2))
    assert (one.label == other.label).all()
    assert (one.centre == other.centre).all()
    assert (one.bound, one.steps) == (other.bound, other.steps)


def test_more_steps_are_never_worse():
    points = some(200)
    totals = [whole(points, 20, 8, 12, iterations=steps).total for steps in (0, 20, 80)]
    assert totals == sorted(totals, reverse=True)


def test_fixed_centres_stay():
    points = some(90)
    fixed = [3, 17, 44]
    found = whole(points, 9, 8, 12, iterations=60, fixed=fixed)
    assert set(fixed) <= set(found.centre.tolist())
    assert found.bound <= found.total


def test_all_schools_at_one_point():
    points = earth.points(np.zeros(60), np.full(60, 35.0))
    found = whole(points, 2, 25, 35, iterations=10)
    assert found.total == 0
    assert found.gap == 0
    assert sorted(np.bincount(found.label))[0] >= 25


def test_one_cluster_is_proven():
    found = whole(some(30), 1, 25, 35, iterations=300)
    metres = earth.between(some(30), some(30))
    assert found.total == metres.sum(axis=1).min()
    assert found.bound == found.total


def test_parts_stay_apart():
    points = some(100)
    parts = [
        Part(np.arange(0, 100, 2), 5, np.array([], int)),
        Part(np.arange(1, 100, 2), 5, np.array([], int)),
    ]
    found = form_clusters(points, parts, 8, 12, rng=np.random.default_rng(0), iterations=30)
    assert set(found.label[::2]).isdisjoint(found.label[1::2])
    assert found.steps == 30


def test_shares():
    assert share_out([60, 90, 7], 25, 35, None) == [2, 3, 0]
    assert sum(share_out([300, 600], 25, 35, 32)) == 32
    with pytest.raises(ValueError, match="as near"):
        share_out([60], 25, 35, 5)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.data())
def test_sets_come_by_their_sum(values, data):
    values = sorted(values)
    many = data.draw(st.integers(0, len(values)))
    sums = [total for total, _places in ranked(values, many)]
    assert sums == sorted(sum(c) for c in itertools.combinations(values, many))


def test_circles_and_blocks():
    points = some(40)
    label, middle = group(points, 3, 4, rng=np.random.default_rng(0))
    count = np.bincount(label)
    assert 3 <= count.min() <= count.max() <= 4
    assert (label[middle] == np.arange(len(middle))).all()
    assert group(some(5), 3, 4, rng=np.random.default_rng(0)) is None
    low, high = even(11, 4)
    label, _middle = group(some(11), low, high, rng=np.random.default_rng(0), groups=4)
    assert sorted(np.bincount(label)) == [2, 3, 3, 3]


def test_search_counts_its_bound_only_when_proven():
    search = Search(some(60), 6, 8, 12, fixed=None, rng=np.random.default_rng(0))
    assert search.bound is None
    for _step in range(30):
        search.step()
        assert search.bound is None or search.bound <= search.total
