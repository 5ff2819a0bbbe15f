"""Groups into sittings: rooms, trainers and the order of rounds kept, as few sittings as can be.

All trainings of one tier last equally long, so time is a row of sittings and a group takes one of them:
a unit-time open shop with parallel machines (Gonzalez & Sahni (1976), Open shop scheduling to minimize
finish time, Journal of the ACM 23(4)), with the rounds of a place in order. Without rounds a bipartite
multigraph is coloured, and the bound below is reached by the best timetable (Kőnig (1916)); with them
it is a bound still. Here: list scheduling by urgency, from several starts, until the bound is met.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Timetable:
    """`given[t][(round, place, subject)]` groups in sitting t; `bound`: no timetable has fewer sittings."""

    given: tuple[dict[tuple[int, int, int], int], ...]
    bound: int

    @property
    def length(self) -> int:
        return len(self.given)


def bound(need: Ints, rooms: Ints, parallel: Ints) -> int:
    """The sittings that any timetable needs.

    A place holds its rounds one after the other; a round takes what its rooms take, and what the
    trainers of each subject take. And a subject's trainers take all its groups, `parallel` at a time.
    """
    subjects = _up(need.sum(axis=(0, 1)), parallel)
    return int(max(_places(need, rooms, parallel).max(initial=0), subjects.max(initial=0)))


def _places(need: Ints, rooms: Ints, parallel: Ints) -> Ints:
    by_rooms = _up(need.sum(axis=2), rooms[None, :])
    by_trainers = _up(need, parallel[None, None, :]).max(axis=2, initial=0)
    total: Ints = np.maximum(by_rooms, by_trainers).sum(axis=0)
    return total


def _up(a: Ints, b: Ints) -> Ints:
    return -(-a // b)


def timetable(
    need: Ints, rooms: Ints, parallel: Ints, *, rng: np.random.Generator, starts: int = 20
) -> Timetable:
    """`need`: (rounds, places, subjects) groups; `rooms`: (places,) groups at once in a place;
    `parallel`: (subjects,) groups at once that the subject's trainers can take. All at least 1 where
    anything is needed, else ValueError. The first start is by urgency alone, the others shake it;
    stops where the bound is met.
    """
    if (rooms < 1).any() or (parallel < 1).any() or (need < 0).any():
        raise ValueError(
            "a place has at least one room and a subject trainers for at least one group"
        )
    least = bound(need, rooms, parallel)
    best: tuple[dict[tuple[int, int, int], int], ...] | None = None
    for start in range(max(starts, 1)):
        shaken = rng.integers(0, 3, need.shape[1:]) if start else np.zeros(need.shape[1:])
        noise = shaken.astype(np.float64) / 2
        made = _listed(need.copy(), rooms, parallel, noise)
        if best is None or len(made) < len(best):
            best = made
        if len(best) == least:
            break
    assert best is not None
    return Timetable(best, least)


def _listed(
    left: Ints, rooms: Ints, parallel: Ints, noise: NDArray[np.float64]
) -> tuple[dict[tuple[int, int, int], int], ...]:
    out = []
    while left.any():
        now = (left.sum(axis=2) > 0).argmax(axis=0)  # the round each place is at
        places = _places(left, rooms, parallel)
        subjects = _up(left.sum(axis=(0, 1)), parallel)
        urgency = np.maximum(places[:, None], subjects[None, :]) + noise
        second = places[:, None] + subjects[None, :]
        p, s = np.nonzero(np.take_along_axis(left, now[None, :, None], axis=0)[0])
        order = np.lexsort((s, p, -second[p, s], -urgency[p, s]))
        out.append(_sitting(left, now, p[order].tolist(), s[order].tolist(), rooms, parallel))
    return tuple(out)


def _sitting(
    left: Ints, now: Ints, places: list[int], subjects: list[int], rooms: Ints, parallel: Ints
) -> dict[tuple[int, int, int], int]:
    room, free, taken = rooms.tolist(), parallel.tolist(), {}
    for p, s in zip(places, subjects, strict=True):
        r = int(now[p])
        count = min(int(left[r, p, s]), room[p], free[s])
        if count:
            taken[r, p, s] = count
            room[p] -= count
            free[s] -= count
    for key, count in taken.items():
        left[key] -= count
    return taken
