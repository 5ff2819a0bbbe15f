"""Who comes in which round, and the groups of a round."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def sizes(people: int, high: int) -> list[int]:
    """The fewest groups of at most `high`, as even as can be, the larger first. None for nobody."""
    if high < 1 or people < 0:
        raise ValueError("a group has room for at least one, and nobody is fewer than 0")
    groups = -(-people // high)
    return [people // groups + (g < people % groups) for g in range(groups)]


def share(total: int, weight: Sequence[int]) -> list[int]:
    """`total` shared by `weight` in whole numbers: largest remainders, ties to the earlier (Hamilton)."""
    whole = sum(weight)
    if whole <= 0 or total < 0:
        raise ValueError("the weights have a sum above 0, and the total is not below 0")
    out = [total * each // whole for each in weight]
    rest = sorted(range(len(weight)), key=lambda i: (-(total * weight[i] % whole), i))
    for i in rest[: total - sum(out)]:
        out[i] += 1
    return out


def by_subject(teachers: Sequence[int], subjects: int) -> Ints:
    """(n, subjects): a school's teachers, one subject each, as even as can be; what remains turns from
    school to school, so that no subject gets all of it."""
    out = np.zeros((len(teachers), subjects), np.int64)
    start = 0
    for school, count in enumerate(teachers):
        out[school] = count // subjects
        for extra in range(count % subjects):
            out[school, (start + extra) % subjects] += 1
        start += count % subjects
    return out


def rounds(teachers: Sequence[int], places: int) -> Ints:
    """(schools, rounds): how many a school sends in each round, at most `places`.

    As few rounds as the largest school needs; each teacher comes in the round that has fewest so far,
    so that rounds are of even size and no last group is left with three.
    """
    if places < 1:
        raise ValueError("a school sends at least one teacher")
    many = -(-max(teachers, default=0) // places)
    out = np.zeros((len(teachers), many), np.int64)
    filled = [0] * many
    for school in sorted(range(len(teachers)), key=lambda j: (-teachers[j], j)):
        for _teacher in range(teachers[school]):
            r = min(
                (r for r in range(many) if out[school, r] < places), key=lambda r: (filled[r], r)
            )
            out[school, r] += 1
            filled[r] += 1
    return out


def seat(coming: Sequence[tuple[int, int]], high: int) -> list[tuple[tuple[int, int], ...]]:
    """(school, how many) in order > groups of (school, how many), of the sizes of `sizes`."""
    out, queue = [], [list(pair) for pair in coming if pair[1]]
    for size in sizes(sum(count for _school, count in coming), high):
        group = []
        while size:
            taken = min(size, queue[0][1])
            group.append((queue[0][0], taken))
            size -= taken
            queue[0][1] -= taken
            if not queue[0][1]:
                queue.pop(0)
        out.append(tuple(group))
    return out
