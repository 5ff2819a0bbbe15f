"""A proven lower bound of the metres of K clusters within bounds, and good centres beside it.

Lagrangian relaxation of "each school once" (capacitated p-median; Christofides & Beasley 1982, EJOR
10; Mulvey & Beck 1984, EJOR 18). For prices λ_i, centre j alone would cost
    v_j(λ) = -λ_j + min { Σ_{i∈S} (d_ji - λ_i) : low-1 ≤ |S| ≤ high-1, j ∉ S },
and L(λ) = Σλ_i + (the K smallest v_j) is at most the best sum there is, for *every* λ. The prices
are raised by Held & Karp's (1971) subgradient with Polyak's step, in whole metres: L is a sum of
integers, so no rounding can make it false.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.spatial import cKDTree

from staffroom.methods.formation.earth import Ints, Points, between, of_chord, pairwise

FAR = np.int32(2**30)
#: Up to here all pairs are looked at; above it those that can matter, with prices kept under a cap.
ALL_PAIRS = 2500
WIDE, NEAR, CAP = 128, 96, 1.5


@dataclass(frozen=True)
class Pairs:
    """`metres`: (n, M). `near`: (n, M) which point it leads to, or None when M = n, all pairs.

    `cap`: (n,) the highest price of a point under which no pair left out can matter: its reduced cost
    is at least 0, and v_j takes such a pair for 0.
    """

    metres: np.ndarray
    near: np.ndarray | None
    cap: np.ndarray

    def __len__(self) -> int:
        return len(self.metres)


def pairs_of(points: Points, middle: int) -> Pairs:
    """`middle`: the usual number of points in a cluster."""
    n = len(points)
    if n > ALL_PAIRS:
        return _near_pairs(points, middle)
    metres = between(points, points)
    np.fill_diagonal(metres, FAR)
    return Pairs(metres, None, np.full(n, FAR // 2, np.int64))


def _near_pairs(points: Points, middle: int) -> Pairs:
    """Pairs by the point that would be served: those nearer than it would ever be worth paying for.

    At the best prices of real lists no price was above 1.5 times the way to the point's `middle`-th
    neighbour, so the cap stands there; a wrong guess costs sharpness, never validity.
    """
    n = len(points)
    tree = cKDTree(points.vector)
    found: list[list[np.ndarray]] = [[], [], []]
    cap = np.empty(n, np.int64)
    for start in range(0, n, 2000):
        some = np.arange(start, min(n, start + 2000))
        far, near = tree.query(points.vector[some], min(n, WIDE))
        here = np.repeat(some, near.shape[1])
        way = pairwise(points.take(here), points.take(near.ravel())).reshape(near.shape)
        edge = of_chord(far[:, -1]) * (points.factor[some] + points.factor.min()) / 2
        worth = CAP * np.sort(way, axis=1)[:, min(middle, near.shape[1] - 1)]
        cap[some] = np.floor(np.minimum(worth, edge)).astype(np.int64)
        use = (way < cap[some, None]) & (near != some[:, None])
        for kept, new in zip(found, (here[use.ravel()], near[use], way[use]), strict=True):
            kept.append(new.astype(np.int32))
    for column, kept in enumerate(found):  # one by one, so that no two copies stand at once
        found[column] = [np.concatenate(kept)]
        kept.clear()
    return _table(n, found, cap)


def _table(n: int, found: list[list[np.ndarray]], cap: Ints) -> Pairs:
    """Ragged pairs (served, centre, metres) as one row a centre, the most useful NEAR of each; who
    loses one gets a lower cap."""
    metres, centre, served = (found.pop().pop() for _column in range(3))
    order = np.lexsort((metres - cap.astype(np.int32)[served], centre)).astype(np.int32)
    served = served[order]
    centre = centre[order]
    metres = metres[order]
    del order
    start = np.searchsorted(centre, np.arange(n)).astype(np.int32)
    place = np.arange(len(centre), dtype=np.int32) - start[centre]
    out = place >= NEAR
    cap = cap.copy()
    np.minimum.at(cap, served[out], metres[out].astype(np.int64))
    width = min(NEAR, int(place.max(initial=0)) + 1)
    near = np.zeros((n, width), np.int32)
    table = np.full((n, width), FAR, np.int32)
    near[centre[~out], place[~out]] = served[~out]
    table[centre[~out], place[~out]] = metres[~out]
    return Pairs(table, near, cap)


def alone(pairs: Pairs, price: Ints, low: int, high: int) -> Ints:
    """(n,) v_j: what each point would cost as a centre that takes what is best for it alone."""
    reduced = _reduced(pairs, price, slice(None))
    most = min(high - 1, reduced.shape[1] - (pairs.near is None))
    least = min(low - 1, most)
    out = -price
    if not most:
        return out
    reduced.partition(sorted({max(least - 1, 0), most - 1}), axis=1)
    if pairs.near is not None:
        least = 0
    out = out + reduced[:, :least].sum(axis=1, dtype=np.int64)
    return out + np.minimum(reduced[:, least:most], 0).sum(axis=1, dtype=np.int64)


def _reduced(pairs: Pairs, price: Ints, rows: Ints | slice) -> np.ndarray:
    small = price.astype(np.int32)
    return pairs.metres[rows] - (small if pairs.near is None else small[pairs.near[rows]])


def taken(pairs: Pairs, price: Ints, centres: Ints, low: int, high: int) -> Ints:
    """(n,) how often each point is taken by these centres, each for itself alone."""
    reduced = _reduced(pairs, price, centres)
    order = np.argsort(reduced, axis=1, kind="stable")[:, : high - 1]
    value = np.take_along_axis(reduced, order, axis=1)
    use = value < 0
    if pairs.near is None:
        use[:, : low - 1] = True
        use &= value < FAR // 2  # never itself
    else:
        order = np.take_along_axis(pairs.near[centres], order, axis=1)
    counts = np.bincount(order[use], minlength=len(pairs))
    counts[centres] += 1
    return counts


@dataclass
class Prices:
    """The prices as they rise; `best` is the highest proven bound and `at` its prices."""

    pairs: Pairs
    clusters: int
    low: int
    high: int
    fixed: np.ndarray
    price: Ints
    best: int = 0
    at: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    values: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    scale: float = 1.0
    idle: int = 0
    _way: Ints | None = None

    def chosen(self, values: Ints) -> Ints:
        """The fixed centres, and the cheapest others."""
        order = np.lexsort((values, ~self.fixed))
        return np.sort(order[: self.clusters])

    def step(self, known: int, patience: int = 6) -> Ints:
        """One step towards `known`, the best sum found so far. > the centres chosen now."""
        values = alone(self.pairs, self.price, self.low, self.high)
        centres = self.chosen(values)
        bound = int(self.price.sum() + values[centres].sum())
        if bound > self.best or not len(self.at):
            self.best, self.at, self.values = max(bound, self.best), self.price, values
            self.idle = 0
        else:
            self.idle += 1
        if self.idle >= patience:
            self.scale, self.idle, self.price, self._way = self.scale / 2, 0, self.at, None
            if self.scale < 0.005:
                self.scale = 0.5
            return centres
        missed = 10 * (1 - taken(self.pairs, self.price, centres, self.low, self.high))
        way = missed if self._way is None else (7 * missed + 3 * self._way) // 10
        self._way = way
        length = int((way * way).sum())
        if length:
            size = self.scale * 10 * max(known - bound, known // 1000) / length
            self.price = np.minimum(
                self.price + np.rint(size * way).astype(np.int64), self.pairs.cap
            )
        return centres
