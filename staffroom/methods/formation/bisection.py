"""A first answer: the points cut in two along their longer axis, again and again.

Recursive capacitated bisection (the idea of recursive coordinate bisection, Berger & Bokhari 1987,
IEEE Trans. Computers C-36): each cut gives both halves a number of points that can be cut further
within bounds, so that the sizes are right by construction.
"""

import numpy as np

from staffroom.methods.formation.earth import Floats, Ints
from staffroom.methods.formation.sizes import fits, halves


def bisect(vector: Floats, groups: int, low: int, high: int, fixed: Ints | None = None) -> Ints:
    """(n, d) points > (n,) labels 0 … groups-1, each `low` to `high` times.

    `fixed`: points that must not share a group, at most `groups` of them.
    ValueError when n cannot be cut so.
    """
    n = len(vector)
    if not fits(n, groups, low, high):
        raise ValueError(f"{n} cannot be cut into {groups} groups of {low} to {high}")
    alone = np.zeros(n, bool)
    if fixed is not None:
        if len(fixed) > groups:
            raise ValueError(f"{len(fixed)} fixed centres are more than {groups} groups")
        alone[fixed] = True
    label = np.zeros(n, np.int64)
    waiting = [(np.arange(n), groups, 0)]
    while waiting:
        which, count, name = waiting.pop()
        if count == 1:
            label[which] = name
            continue
        left, right, first = _cut(vector, which, count, low, high, alone)
        waiting += [(left, first, name), (right, count - first, name + first)]
    return label


def _cut(
    vector: Floats, which: Ints, count: int, low: int, high: int, alone: np.ndarray
) -> tuple[Ints, Ints, int]:
    order = which[np.argsort(_along(vector[which]), kind="stable")]
    size, first = halves(len(which), count, low, high, round(len(which) * (count // 2) / count))
    left = order[:size]
    marked = order[alone[order]]
    # Each half may hold as many fixed centres as it has groups; the rest of the cut follows them.
    share = min(max(int(alone[left].sum()), len(marked) - (count - first)), first)
    if share != alone[left].sum():
        plain = order[~alone[order]]
        left = np.concatenate([marked[:share], plain[: size - share]])
    return left, np.setdiff1d(order, left, assume_unique=True), first


def _along(cloud: Floats) -> Floats:
    """Where each point stands on the cloud's longest axis (largest spread), from the mean."""
    centred = cloud - cloud.mean(axis=0)
    _values, axes = np.linalg.eigh(centred.T @ centred)
    axis = axes[:, -1]
    axis = axis * (1 if axis[np.argmax(np.abs(axis))] > 0 else -1)
    # Rounded (a tenth of a millimetre on the earth), so that machines agree on the order.
    return np.round(centred @ axis, 11)
