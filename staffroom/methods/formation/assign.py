"""Schools to given centres within bounds, at the least metres: a transportation problem, exactly."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from staffroom.methods.formation.earth import Ints


def assign(cost: np.ndarray, centres: Ints, low: int, high: int) -> Ints:
    """`cost`: (K, n) whole numbers from each centre to each school; `centres`: (K,) among the n.

    > (n,) the place in `centres` of each school's centre, `low` to `high` schools each, a centre
    with its own. The least sum there is: every centre becomes high-1 places, the first low-1 of which
    cost so little that they are filled first (Kuhn–Munkres by scipy's `linear_sum_assignment`).
    """
    many, n = cost.shape
    label = np.argmin(cost, axis=0)
    label[centres] = np.arange(many)
    sizes = np.bincount(label, minlength=many)
    if low <= sizes.min() and sizes.max() <= high:
        return label
    rest = np.setdiff1d(np.arange(n), centres)
    places = min(high - 1, len(rest))
    seats = np.repeat(cost[:, rest].T.astype(float), places, axis=1)
    first = np.tile(np.arange(places) < low - 1, many)
    seats[:, first] -= float(cost.max()) * (len(rest) + 1)
    rows, columns = linear_sum_assignment(seats)
    label[rest[rows]] = columns // places
    return label


def medoid(metres: np.ndarray, members: Ints) -> int:
    """The member with the least metres to all others; the first of equals."""
    sums = metres[np.ix_(members, members)].sum(axis=1, dtype=np.int64)
    return int(members[np.argmin(sums)])


def settle(
    metres: np.ndarray, centres: Ints, low: int, high: int, free: np.ndarray
) -> tuple[int, Ints, Ints]:
    """Assign and choose centres anew by turns until nothing gets shorter.

    `metres`: (n, n). `free`: (n,) whether a centre here may move. > (sum, centres, labels).
    """
    best: tuple[int, Ints, Ints] | None = None
    while True:
        label = assign(metres[centres], centres, low, high)
        moved = np.array(
            [
                medoid(metres, np.flatnonzero(label == k)) if free[centre] else centre
                for k, centre in enumerate(centres)
            ]
        )
        total = int(metres[moved[label], np.arange(len(label))].sum(dtype=np.int64))
        if best is not None and total >= best[0]:
            return best
        best = total, moved, label
        if np.array_equal(moved, centres):
            return best
        centres = moved
