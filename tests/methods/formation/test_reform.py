"""After schools open or close: sizes hold, as few as possible move, central schools stay."""

import itertools

import numpy as np
import pytest

from staffroom.methods.formation import earth, reform
from staffroom.methods.formation.clusters import Part, form_clusters


def some(n, seed=0):
    rng = np.random.default_rng(seed)
    return earth.points(rng.normal(0, 0.5, n), rng.normal(35, 0.5, n))


def formed(points, clusters, low, high):
    part = Part(np.arange(len(points)), clusters, np.zeros(0, np.int64))
    return form_clusters(points, [part], low, high, rng=np.random.default_rng(0), iterations=40)


def moved(home, label):
    return int(((home >= 0) & (home != label)).sum())


def test_nothing_changed_nothing_moves():
    points = some(90)
    before = formed(points, 9, 8, 12)
    after = reform.reform(points, before.label, before.centre, 8, 12)
    assert (after.label == before.label).all()
    assert (after.centre == before.centre).all()
    assert (after.metres == before.metres).all()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("whole", [1500, 0])
def test_closures_and_openings_keep_the_sizes(seed, whole, monkeypatch):
    monkeypatch.setattr(reform, "WHOLE", whole)
    points = some(90, seed)
    before = formed(points, 9, 8, 12)
    rng = np.random.default_rng(seed)
    stays = np.sort(rng.choice(90, 78, replace=False))
    more = some(95, seed + 50).take(np.arange(85, 95))
    now = earth.Points(
        np.concatenate([points.vector[stays], more.vector]), np.ones(len(stays) + len(more))
    )
    home = np.concatenate([before.label[stays], np.full(10, -1)])
    gone = np.setdiff1d(before.centre, stays)
    centre = np.array([-1 if c in gone else np.searchsorted(stays, c) for c in before.centre])
    after = reform.reform(now, home, centre, 8, 12)
    sizes = np.bincount(after.label)
    assert 8 <= sizes[sizes > 0].min() <= sizes.max() <= 12
    alive = np.unique(after.label)
    assert (after.label[after.centre[alive]] == alive).all()
    assert all(after.centre[k] == c for k, c in enumerate(centre) if c >= 0 and k in alive)
    assert moved(home, after.label) < 30


def test_the_fewest_moves_of_all():
    points = some(9, 4)
    home = np.array([0, 0, 0, 0, 0, 0, 1, 1, -1])
    after = reform.reform(points, home, np.array([0, 6]), 4, 5)
    fewest = min(
        moved(home, np.array(label))
        for label in itertools.product((0, 1), repeat=9)
        if label[0] == 0 and label[6] == 1 and 4 <= sum(label) <= 5
    )
    assert moved(home, after.label) == fewest


def test_a_cluster_is_opened_or_ended_where_numbers_force_it():
    points = some(40, 2)
    before = formed(points, 4, 8, 12)
    few = np.arange(30)
    less = reform.reform(points.take(few), before.label[few], np.full(4, -1), 8, 12)
    assert len(np.unique(less.label)) == 3
    home = np.concatenate([before.label, np.full(12, -1)])
    more = reform.reform(some(52, 2), home, before.centre, 8, 12)
    assert len(np.unique(more.label)) == 5
    assert len(more.added) == 1
    with pytest.raises(ValueError, match="cannot be cut"):
        reform.reform(points.take(np.arange(7)), np.zeros(7, int), np.array([0]), 8, 12)
