"""Groups into sittings, beside a search through all timetables of tiny instances."""

from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffroom.methods.cascade.timetable import bound, timetable
from staffroom.methods.cascade.trainers import place


def made(need, rooms, parallel, seed=0):
    return timetable(
        np.array(need), np.array(rooms), np.array(parallel), rng=np.random.default_rng(seed)
    )


def brute(need, rooms, parallel):
    """The fewest sittings there are: breadth-first over what is left."""
    shape = np.shape(need)
    need = np.array(need)

    @cache
    def least(left):
        table = np.array(left).reshape(shape)
        if not table.any():
            return 0
        open_ = [
            (int(np.argmax(table[:, p].sum(axis=1) > 0)), p, s)
            for p in range(shape[1])
            for s in range(shape[2])
        ]
        best = 99
        for counts in product(*(range(int(table[key]) + 1) for key in open_)):
            if not any(counts):
                continue
            per_place, per_subject = [0] * shape[1], [0] * shape[2]
            for (_r, p, s), n in zip(open_, counts, strict=True):
                per_place[p] += n
                per_subject[s] += n
            if all(a <= b for a, b in zip(per_place, rooms, strict=True)) and all(
                a <= b for a, b in zip(per_subject, parallel, strict=True)
            ):
                after = table.copy()
                for key, n in zip(open_, counts, strict=True):
                    after[key] -= n
                best = min(best, 1 + least(tuple(after.ravel().tolist())))
        return best

    return least(tuple(need.ravel().tolist()))


@st.composite
def instances(draw, most=8, groups=3):
    r, p, s = (draw(st.integers(1, k)) for k in (3, most, 4))
    cells = draw(st.lists(st.integers(0, groups), min_size=r * p * s, max_size=r * p * s))
    rooms = draw(st.lists(st.integers(1, 3), min_size=p, max_size=p))
    parallel = draw(st.lists(st.integers(1, 3), min_size=s, max_size=s))
    return np.array(cells).reshape(r, p, s), np.array(rooms), np.array(parallel)


@settings(max_examples=60, deadline=None)
@given(instances())
def test_everything_is_given_once_in_order_within_rooms_and_trainers(case):
    need, rooms, parallel = case
    found = made(need, rooms, parallel)
    left, last = need.copy(), {}
    for t, sitting in enumerate(found.given):
        assert sitting
        for (r, p, s), n in sitting.items():
            left[r, p, s] -= n
            last.setdefault((p, r), []).append(t)
        for p in range(len(rooms)):
            assert sum(n for (_, q, _), n in sitting.items() if q == p) <= rooms[p]
            assert len({r for (r, q, _) in sitting if q == p}) <= 1
        for s in range(len(parallel)):
            assert sum(n for (_, _, q), n in sitting.items() if q == s) <= parallel[s]
    assert not left.any()
    for p, r in last:
        for q, other in last:
            if p == q and r < other:
                assert max(last[p, r]) < min(last[q, other])
    assert found.bound <= found.length


@settings(max_examples=25, deadline=None)
@given(instances(most=2, groups=1))
def test_tiny_instances_reach_the_best_there_is(case):
    need, rooms, parallel = case
    best = brute(*(x.tolist() for x in case))
    found = made(need, rooms, parallel)
    assert bound(need, rooms, parallel) <= best <= found.length <= best + 1


def test_a_latin_square_needs_as_many_sittings_as_it_has_sides():
    assert made(np.ones((1, 4, 4), int), [1] * 4, [1] * 4).length == 4


def test_the_same_seed_gives_the_same():
    need = np.random.default_rng(1).integers(0, 3, (2, 6, 4))
    args = need, [2] * 6, [2] * 4
    assert made(*args, seed=3) == made(*args, seed=3)


def test_without_rooms_it_refuses():
    with pytest.raises(ValueError, match="at least one room"):
        made(np.ones((1, 1, 1), int), [0], [1])


def test_trainers_stay_near_home_and_share_the_load():
    metres = np.array([[0, 9000], [9000, 0]])
    assert place([[0, 1], [1, 0]], metres, 1, 2) == [[(0,), (1,)], [(1,), (0,)]]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_trainers_are_never_in_two_places_and_never_overloaded(data):
    many, places, k = (data.draw(st.integers(1, n)) for n in (6, 4, 2))
    sittings = data.draw(
        st.lists(st.lists(st.integers(0, places - 1), max_size=many // k), max_size=6)
    )
    most = data.draw(st.integers(1, 6))
    metres = np.random.default_rng(0).integers(0, 50_000, (many, places))
    found = place(sittings, metres, k, most)
    if sum(map(len, sittings)) * k > many * most:
        assert found is None
        return
    load = [0] * many
    for groups, who in zip(sittings, found, strict=True):
        flat = [t for each in who for t in each]
        assert len(flat) == len(set(flat)) == len(groups) * k
        for t in flat:
            load[t] += 1
    assert max(load, default=0) <= most


def test_too_few_trainers_are_told():
    assert place([[0, 0]], np.zeros((1, 1), int), 1, 9) is None
    assert place([[0], [0]], np.zeros((1, 1), int), 1, 1) is None
