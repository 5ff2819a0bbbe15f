"""Schools that stay together, stay apart, and balanced teachers: held, sizes too, at few metres."""

import itertools

import numpy as np
import pytest

from staffroom.methods.formation import earth
from staffroom.methods.formation.clusters import Part, form_clusters
from staffroom.methods.formation.conditions import Conditions, hold


def formed(n, clusters, low, high, seed=0, fixed=()):
    rng = np.random.default_rng(seed)
    points = earth.points(rng.normal(0, 0.5, n), rng.normal(35, 0.5, n))
    parts = [Part(np.arange(n), clusters, np.array(fixed, np.int64))]
    return points, parts, form_clusters(points, parts, low, high, rng=rng, iterations=60)


def plain(n, **other):
    start = Conditions(np.arange(n), np.full(n, -1), np.ones(n, np.int64))
    return Conditions(**(vars(start) | other))


def held(made, conditions, low, high, seed=0):
    points, parts, found = made
    return hold(points, parts, found, conditions, low, high, rng=np.random.default_rng(seed))


def sizes(label):
    return np.bincount(label)


def test_without_conditions_nothing_is_worse():
    made = formed(60, 5, 10, 14)
    again = held(made, plain(60), 10, 14)
    assert again.clusters.total <= made[2].total
    assert not again.broken.any()


@pytest.mark.parametrize("seed", range(4))
def test_together_and_apart_are_held_with_the_sizes(seed):
    n, low, high = 80, 8, 12
    rng = np.random.default_rng(seed)
    unit, apart = np.arange(n), np.full(n, -1)
    some = rng.permutation(n)
    for group in range(6):  # pairs and triples from anywhere
        unit[some[3 * group : 3 * group + 2 + group % 2]] = 1000 + group
    apart[some[20:26]], apart[some[30:40]] = 1, 2  # ten that all must be in other clusters
    made = formed(n, 10, low, high, seed)
    found = held(made, plain(n, unit=unit, apart=apart), low, high, seed)
    label = found.clusters.label
    assert not found.broken.any()
    assert low <= sizes(label).min() <= sizes(label).max() <= high
    for number in set(unit[unit >= 1000]):
        assert len(set(label[unit == number])) == 1
    for number in (1, 2):
        own = label[apart == number]
        assert len(set(own)) == len(own)
    assert (label[found.clusters.centre] == np.arange(10)).all()
    assert found.clusters.bound == made[2].bound
    assert found.clusters.total >= made[2].bound


@pytest.mark.parametrize("seed", range(3))
def test_teachers_are_balanced(seed):
    n = 90
    weight = np.random.default_rng(seed).integers(2, 30, n)
    made = formed(n, 6, 12, 18, seed)
    found = held(made, plain(n, weight=weight, share=0.05), 12, 18, seed)
    own = np.bincount(found.clusters.label, weight)
    assert not found.broken.any()
    assert np.abs(own - weight.sum() / 6).max() <= 0.05 * weight.sum() / 6


def test_what_cannot_be_is_told_and_as_little_broken_as_can_be():
    n = 20
    apart = np.full(n, -1)
    apart[:3] = 1  # three that must not meet, in two clusters
    found = held(formed(n, 2, 8, 12), plain(n, apart=apart), 8, 12)
    assert found.broken.sum() == 1000
    unit = np.arange(n)
    unit[:14] = 0  # fourteen that stay together, in clusters of twelve
    assert held(formed(n, 2, 8, 12), plain(n, unit=unit), 8, 12).broken.any()


def test_a_fixed_centre_keeps_its_place():
    fixed = [3, 9]
    unit = np.arange(24)
    unit[[3, 20]] = 99
    found = held(formed(24, 2, 10, 14, fixed=fixed), plain(24, unit=unit), 10, 14)
    assert set(found.clusters.centre) == set(fixed)
    assert found.clusters.label[3] == found.clusters.label[20]


@pytest.mark.parametrize("seed", range(3))
def test_on_small_lists_it_is_the_best_there_is(seed):
    n, low, high = 8, 3, 5
    unit = np.arange(n)
    unit[[0, 5]] = 50
    points, parts, found = formed(n, 2, low, high, seed)
    ours = held((points, parts, found), plain(n, unit=unit), low, high).clusters.total
    metres = earth.between(points, points).astype(int)
    best = min(
        sum(min(metres[c][list(own)].sum() for c in own) for own in split)
        for size in range(low, high + 1)
        for one in itertools.combinations(range(n), size)
        for split in [(one, tuple(set(range(n)) - set(one)))]
        if low <= n - size <= high and (0 in one) == (5 in one)
    )
    assert ours <= 1.1 * best
