"""Dividing by who talks with whom, against published values and against trying everything."""

import random
from itertools import combinations

import pytest

from staffroom.methods.health.split import circles, divide, modularity

#: Zachary, W. W. (1977). An information flow model for conflict and fission in small groups.
#: Journal of Anthropological Research 33, 452–473: who met whom outside the club, 34 people, 78 ties.
KARATE = """
2 1|3 1|3 2|4 1|4 2|4 3|5 1|6 1|7 1|7 5|7 6|8 1|8 2|8 3|8 4|9 1|9 3|10 3|11 1|11 5|11 6|12 1|13 1|13 4
14 1|14 2|14 3|14 4|17 6|17 7|18 1|18 2|20 1|20 2|22 1|22 2|26 24|26 25|28 3|28 24|28 25|29 3|30 24
30 27|31 2|31 9|32 1|32 25|32 26|32 29|33 3|33 9|33 15|33 16|33 19|33 21|33 23|33 24|33 30|33 31|33 32
34 9|34 10|34 14|34 15|34 16|34 19|34 20|34 21|34 23|34 24|34 27|34 28|34 29|34 30|34 31|34 32|34 33
"""
#: Whom each followed when the club broke up: the instructor's people.
HI = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 17, 18, 20, 22}


def karate():
    ties = [tie.split() for line in KARATE.split("\n") for tie in line.split("|") if tie.strip()]
    return {(int(a) - 1, int(b) - 1): 1.0 for a, b in ties}


def test_the_club_is_whole():
    assert len(karate()) == 78


def test_the_known_optimum_of_the_club():
    """0.4198 in four circles is proven best: Brandes et al. (2008), IEEE TKDE 20, 172–188."""
    found = circles(34, karate(), rng=random.Random(1))
    assert found.q == pytest.approx(0.4198, abs=5e-5)
    assert len(set(found.of)) == 4


def test_the_clubs_own_break():
    """The club as it broke up has 0.3582 (17 and 17 people); the best division into two 0.3718."""
    of = [int(person + 1 not in HI) for person in range(34)]
    assert modularity(34, karate(), of) == pytest.approx(0.3582, abs=5e-5)
    free = divide(34, karate(), least=2, most=32, rng=random.Random(1))
    assert free.q == pytest.approx(0.3718, abs=5e-5)
    even = divide(34, karate(), least=17, most=17, rng=random.Random(1))
    assert even.q >= modularity(34, karate(), of) - 1e-9
    apart = sum(a != b for a, b in zip(even.of, of, strict=True))
    assert min(apart, 34 - apart) <= 2


def graph(n, rng):
    return {
        (i, j): float(rng.randint(1, 5))
        for i, j in combinations(range(n), 2)
        if rng.random() < 0.45
    }


def best_of_all(n, edges, least, most):
    return max(
        modularity(n, edges, [int(i in side) for i in range(n)])
        for size in range(least, most + 1)
        if least <= n - size <= most
        for side in combinations(range(n), size)
    )


@pytest.mark.parametrize("seed", range(12))
def test_two_circles_are_the_best_there_are(seed):
    rng = random.Random(seed)
    n = rng.randint(6, 11)
    edges = graph(n, rng)
    found = divide(n, edges, least=3, most=8, rng=rng)
    sizes = [found.of.count(0), found.of.count(1)]
    assert all(3 <= size <= 8 for size in sizes)
    assert sum(sizes) == n
    assert found.q == pytest.approx(best_of_all(n, edges, 3, 8), abs=1e-9)


def partitions(n):
    """Every division of n people, each once."""

    def grow(of, top):
        if len(of) == n:
            yield of
            return
        for label in range(top + 2):
            yield from grow([*of, label], max(top, label))

    yield from grow([0], 0)


@pytest.mark.parametrize("seed", range(5))
def test_as_many_circles_as_there_are(seed):
    rng = random.Random(seed)
    edges = graph(7, rng)
    best = max(modularity(7, edges, of) for of in partitions(7))
    assert circles(7, edges, rng=rng).q == pytest.approx(best, abs=1e-9)


def test_the_same_seed_divides_the_same():
    first, second = (divide(34, karate(), least=10, most=24, rng=random.Random(5)) for _ in "ab")
    assert first == second


def test_where_nobody_talks_the_sizes_still_hold():
    found = divide(20, {}, least=8, most=12, rng=random.Random(0))
    assert found.q == 0
    assert 8 <= found.of.count(0) <= 12


@pytest.mark.parametrize(("n", "least", "most"), [(7, 4, 8), (31, 4, 15), (4, 0, 4)])
def test_what_cannot_be_is_said(n, least, most):
    with pytest.raises(ValueError, match="no two circles"):
        divide(n, {}, least=least, most=most, rng=random.Random(0))


@pytest.mark.parametrize("edges", [{(0, 0): 1.0}, {(0, 1): -1.0}, {(0, 5): 1.0}])
def test_a_graph_that_is_none_is_refused(edges):
    with pytest.raises(ValueError, match="no edge"):
        circles(3, edges, rng=random.Random(0))
