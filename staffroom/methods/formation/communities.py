"""Communities of teachers: alike in what must be the same, near in what counts, nobody with a superior.

Each stratum (the same subject, language …) is cut by bisection into groups within bounds, put right
where a rule is broken, and made better by `anneal`. No move that breaks a rule is made; whoever cannot
sit anywhere by the rules stays unplaced.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from staffroom.methods.formation.anneal import anneal
from staffroom.methods.formation.bisection import bisect
from staffroom.methods.formation.earth import Floats, Ints
from staffroom.methods.formation.repair import repair
from staffroom.methods.formation.seats import NOBODY, Rules, Seats
from staffroom.methods.formation.sizes import midway, nearest_numbers

#: Why somebody has no community.
PLACED, FEW, UNEVEN, RULES = range(4)
ROUNDS = 340


@dataclass(frozen=True)
class Communities:
    """`community`: (n,) 0 … count-1, or -1; `why`: (n,) PLACED, FEW, UNEVEN or RULES."""

    community: Ints
    why: Ints
    count: int


def form(
    x: Floats,
    stratum: Ints,
    school: Ints,
    pairs: Ints,
    *,
    low: int,
    high: int,
    most: int,
    rng: np.random.Generator,
    rounds: int = ROUNDS,
) -> Communities:
    """(n, d) standardised and weighted features, (n,) strata 0…, (n,) schools, (m, 2) never together.

    `low` to `high` people a community, at most `most` of one school. ValueError where low > high.
    """
    if not 1 <= low <= high:
        raise ValueError(f"{low} to {high} are no bounds")
    n = len(x)
    why = np.zeros(n, np.int64)
    seats, home = _first(x, stratum, low, high, why)
    rules = Rules(school, most, pairs, low, high)
    why[repair(seats, home, rules)] = RULES
    anneal(seats, home, rules, rounds, rng)
    return _named(seats, why)


def _first(x: Floats, stratum: Ints, low: int, high: int, why: Ints) -> tuple[Seats, Ints]:
    """Every stratum cut within bounds; who is too many, or of too few, is told in `why`."""
    rows, home = [], []
    for number in range(int(stratum.max(initial=-1)) + 1):
        who = np.flatnonzero(stratum == number)
        keep, _over = nearest_numbers(len(who), low, high)
        if not keep:
            why[who] = FEW
            continue
        if keep < len(who):
            # The ones least like the others: they would be the most alone.
            far = ((x[who] - x[who].mean(axis=0)) ** 2).sum(axis=1)
            order = np.argsort(np.round(far, 9), kind="stable")
            why[who[order[keep:]]] = UNEVEN
            who = np.sort(who[order[:keep]])
        groups = midway(keep, low, high)
        assert groups
        label = bisect(x[who], groups, low, high)
        for group in range(groups):
            seat = np.full(high, NOBODY, np.int64)
            mine = who[label == group]
            seat[: len(mine)] = mine
            rows.append(seat)
            home.append(number)
    return Seats(x, np.array(rows, np.int64).reshape(-1, high)), np.array(home, np.int64)


def _named(seats: Seats, why: Ints) -> Communities:
    """Numbered by their first member, so that a list reads from above."""
    first = np.where(seats.seat >= 0, seats.seat, len(why)).min(axis=1, initial=len(why))
    order = [group for group in np.argsort(first, kind="stable") if seats.size[group]]
    community = np.full(len(why), NOBODY, np.int64)
    for number, group in enumerate(order):
        seat = seats.seat[group]
        community[seat[seat >= 0]] = number
    return Communities(community, why, len(order))


def violations(
    community: Ints, must: Sequence[Ints], school: Ints, pairs: Ints, low: int, high: int, most: int
) -> int:
    """Counted from the result alone: sizes, hard conditions, schools, and pairs that sit together."""
    placed = np.flatnonzero(community >= 0)
    if not len(placed):
        return 0
    mine = community[placed]
    size = np.bincount(mine)
    size = size[size > 0]
    found = int(((size < low) | (size > high)).sum())
    for condition in must:
        values = {(group, value) for group, value in zip(mine, condition[placed], strict=True)}
        found += len(values) - len(size)
    _each, many = np.unique(np.stack([mine, school[placed]]), axis=1, return_counts=True)
    found += int(np.maximum(many - most, 0).sum())
    if len(pairs):
        one, other = community[pairs[:, 0]], community[pairs[:, 1]]
        found += int(((one == other) & (one >= 0)).sum())
    return found


def within_distance(x: Floats, community: Ints) -> float:
    """Mean squared distance of the placed to the centre of their community; nan where nobody is."""
    placed = community >= 0
    if not placed.any():
        return float("nan")
    mine, x = community[placed], x[placed]
    size = np.maximum(np.bincount(mine), 1)
    centre = np.stack([np.bincount(mine, column) for column in x.T], axis=1) / size[:, None]
    return float(((x - centre[mine]) ** 2).sum(axis=1).mean())
