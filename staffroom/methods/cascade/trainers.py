"""Which trainer takes which group: near home, loads even, nobody in two places at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Ints = NDArray[np.int64]


def place(
    sittings: Sequence[Sequence[int]], metres: Ints, a_group: int, most: int
) -> list[list[tuple[int, ...]]] | None:
    """Per sitting and group the `a_group` trainers; None where the trainers' load does not suffice.

    `sittings[t]`: the place of each group in sitting t, all of one subject. `metres`: (trainers,
    places), from home. `most`: groups that one trainer takes in all. First near home with loads as even
    as whole numbers allow; where that leaves a sitting without trainers, the least loaded first, which
    always succeeds when trainers × most ≥ groups × `a_group`.
    """
    many = len(metres)
    wanted = sum(map(len, sittings)) * a_group
    if wanted > many * most or any(len(each) * a_group > many for each in sittings):
        return None
    fair = -(-wanted // many) if many else 0
    return _near(sittings, metres, a_group, fair) or _even(sittings, metres, a_group)


def _near(
    sittings: Sequence[Sequence[int]], metres: Ints, a_group: int, fair: int
) -> list[list[tuple[int, ...]]] | None:
    load, out = np.zeros(len(metres), np.int64), []
    for groups in sittings:
        who = np.flatnonzero(load < fair)
        if len(who) < len(groups) * a_group:
            return None
        out.append(_match(groups, metres, a_group, who, load))
    return out


def _even(
    sittings: Sequence[Sequence[int]], metres: Ints, a_group: int
) -> list[list[tuple[int, ...]]]:
    load, out = np.zeros(len(metres), np.int64), []
    for groups in sittings:
        least = np.lexsort((np.arange(len(load)), load))[: len(groups) * a_group]
        out.append(_match(groups, metres, a_group, np.sort(least), load))
    return out


def _match(
    groups: Sequence[int], metres: Ints, a_group: int, who: Ints, load: Ints
) -> list[tuple[int, ...]]:
    """The nearest in all (assignment problem); among equals the less loaded, then the first."""
    if not groups:
        return []
    seats = [g for g in groups for _ in range(a_group)]
    tie = load[who] * len(who) + np.arange(len(who))
    cost = metres[who][:, seats] * 1000 + tie[:, None]
    rows, columns = linear_sum_assignment(cost)
    chosen = dict(zip(columns.tolist(), who[rows].tolist(), strict=True))
    load[list(chosen.values())] += 1
    return [
        tuple(sorted(chosen[g * a_group + k] for k in range(a_group))) for g in range(len(groups))
    ]
