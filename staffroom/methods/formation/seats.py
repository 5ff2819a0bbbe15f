"""Who sits in which group, and what may never sit together.

A group has `high` seats, some of them empty. A rule is looked at in each move before it is made, so that
no state ever breaks one.
"""

from dataclasses import dataclass, field

import numpy as np

from staffroom.methods.formation.earth import Floats, Ints

NOBODY = -1


@dataclass
class Rules:
    """`school`: (n,) ints; at most `most` of one in a group. `pairs`: (m, 2), never together."""

    school: Ints
    most: int
    pairs: Ints
    low: int
    high: int
    key: Ints = field(init=False)
    bound: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        n = len(self.school)
        both = np.concatenate([self.pairs, self.pairs[:, ::-1]]) if len(self.pairs) else self.pairs
        self.key = np.unique(both[:, 0] * n + both[:, 1]) if len(both) else np.empty(0, np.int64)
        self.bound = np.zeros(n, bool)
        self.bound[both.ravel()] = True

    def forbidden(self, person: Ints, others: Ints) -> np.ndarray:
        """(k,) people, (k, h) others (NOBODY allowed) > (k, h) whether the two must be apart."""
        if not len(self.key):
            return np.zeros(others.shape, bool)
        asked = np.where(others >= 0, person[:, None] * len(self.school) + others, -1)
        at = np.minimum(np.searchsorted(self.key, asked), len(self.key) - 1)
        return self.key[at] == asked

    def fits(self, person: Ints, group: Ints, leaving: Ints) -> np.ndarray:
        """(k,) people, (k, h) who sits there, (k,) who leaves (NOBODY allowed) > (k,) bools."""
        stays = (group >= 0) & (group != leaving[:, None])
        same = (self.school[group] == self.school[person][:, None]) & stays
        good = same.sum(axis=1) < self.most
        ask = good & self.bound[person]
        if ask.any():
            good[ask] = ~(self.forbidden(person[ask], group[ask]) & stays[ask]).any(axis=1)
        return np.asarray(good)


@dataclass
class Seats:
    """`seat`: (groups, high) people or NOBODY; `size`, `total`: how many, and the sum of their x."""

    x: Floats
    seat: Ints
    size: Ints = field(init=False)
    total: Floats = field(init=False)
    #: In single precision, with which exchanges are weighed: x, and the sum of its squares.
    x32: np.ndarray = field(init=False)
    square: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.size = (self.seat >= 0).sum(axis=1)
        self.x32 = self.x.astype(np.float32)
        self.square = (self.x32**2).sum(axis=1)
        self.count_anew()

    def count_anew(self) -> None:
        """Sums that are added to drift; now and then they are made anew."""
        taken = self.seat >= 0
        self.total = (self.x[self.seat] * taken[:, :, None]).sum(axis=1)

    def spread(self) -> float:
        """Sum of squared distances to the groups' centres."""
        taken = self.seat >= 0
        squares = (self.x[self.seat] ** 2).sum(axis=2)[taken].sum()
        return float(squares - ((self.total**2).sum(axis=1) / np.maximum(self.size, 1)).sum())

    def exchange(self, a: Ints, p: Ints, b: Ints, q: Ints) -> None:
        """(k,) groups a with seats p, groups b with seats q; no group stands twice."""
        one, other = self.seat[a, p], self.seat[b, q]
        self.seat[a, p], self.seat[b, q] = other, one
        x_one = self.x[one] * (one >= 0)[:, None]
        x_other = self.x[other] * (other >= 0)[:, None]
        self.total[a] += x_other - x_one
        self.total[b] += x_one - x_other
        came = (other >= 0).astype(np.int64) - (one >= 0)
        self.size[a] += came
        self.size[b] -= came
