"""Better and better clusters: neighbourhoods of a few clusters solved nearly exactly, and the bound.

Large-neighbourhood search (Shaw 1998): a cluster and its nearest others are taken out and cut anew;
which centres to try comes from the same prices that prove the bound (`bound.py`).
"""

from collections.abc import Iterator

import numpy as np

from staffroom.methods.formation.assign import settle
from staffroom.methods.formation.bisection import bisect
from staffroom.methods.formation.bound import ALL_PAIRS, Pairs, Prices, alone, pairs_of
from staffroom.methods.formation.earth import Ints, Points, between, pairwise
from staffroom.methods.formation.neighbourhood import sets_by_bound, solve

#: Few clusters are solved as one neighbourhood, and the bound closed by counting sets of centres.
FEW_CLUSTERS, FEW_POINTS = 8, 280
PRICE_STEPS = 150
#: Up to so many points a search that stalls (so many neighbourhoods a cluster in vain) starts anew,
#: from the centres that prices changed by up to so many per cent choose; a start is swept and kept
#: for a while where it is within HOPEFUL of the best.
WHOLE, FIRST_PRICES, HOPEFUL = 1300, 80, 1.05
STALLED, NOISE = 2, 8
#: So many times every cluster is settled with its nearest before prices are asked, where lists are large.
SWEEPS = 2
#: How many clusters a neighbourhood has: mostly few.
SIZES = (2, 3, 4, 5, 5, 7, 10)
SETS_A_STEP = 4


class Search:
    """One list of points cut into `clusters`; `step` makes it better, `total` and `bound` tell how far.

    Everything is counted in whole metres. `centre`: (K,) indices; `label`: (n,) 0 … K-1.
    """

    def __init__(
        self, points: Points, clusters: int, low: int, high: int, *,
        fixed: Ints | None, rng: np.random.Generator,
    ) -> None:  # fmt: skip
        self.points, self.low, self.high, self.rng = points, low, high, rng
        self.fixed = np.zeros(len(points), bool)
        if fixed is not None:
            self.fixed[fixed] = True
        self.label = bisect(points.vector, clusters, low, high, np.flatnonzero(self.fixed))
        self.centre = np.array(
            [self._first_centre(np.flatnonzero(self.label == k)) for k in range(clusters)]
        )
        self.metres = self._metres()
        self.pairs: Pairs | None = None
        self.prices: Prices | None = None
        self.steps = 0
        self._tried: set[tuple[int, ...]] = set()
        self._failed: set[bytes] = set()
        self._sets: Iterator[tuple[int, Ints]] | None = None
        self._proven = self._idle = 0
        self._best = self.centre.copy(), self.label.copy(), self.metres.copy()
        self._sweep()

    @property
    def total(self) -> int:
        """Of the best clusters so far."""
        return int(self._best[2].sum(dtype=np.int64))

    @property
    def bound(self) -> int | None:
        """None before the first prices that prove anything; never above `total`."""
        if self.prices is None or self.prices.best <= 0 < self.total:
            return None
        return min(self.total, max(self.prices.best, self._proven))

    @property
    def done(self) -> bool:
        return self.bound == self.total

    def step(self) -> None:
        """One iteration; the same ones in the same order on every machine."""
        self.steps += 1
        few = len(self.centre) <= FEW_CLUSTERS and len(self.points) <= FEW_POINTS
        if not few and self.steps <= SWEEPS * len(self.centre):
            self._settle_around((self.steps - 1) % len(self.centre), 5)
            return
        prices = self._prices()
        if self.done:
            return
        if few and self.steps <= PRICE_STEPS:
            self._try(prices.step(self.total))
        elif few and self.steps % 4:
            self._close(prices)
        elif len(self.points) > WHOLE:
            if not self._neighbourhood() or self.steps % self._rarely() == 0:
                prices.step(self.total)
        elif self.steps <= FIRST_PRICES + SWEEPS * len(self.centre) or self.steps % 4 == 0:
            prices.step(self.total)
        elif self._idle > STALLED * len(self.centre):
            self._start_anew(prices)
        else:
            self._neighbourhood()

    def _rarely(self) -> int:
        return 1 + self._prices().pairs.metres.size // 1_000_000

    def finish(self) -> None:
        """Back to the best clusters, where another start was being tried."""
        self.centre, self.label, self.metres = (array.copy() for array in self._best)

    def _keep(self) -> None:
        if self.metres.sum() < self._best[2].sum():
            self._best = self.centre.copy(), self.label.copy(), self.metres.copy()

    def _start_anew(self, prices: Prices) -> None:
        """From centres that slightly other prices choose, the whole list settled and swept."""
        self._idle = 0
        self.finish()
        noise = self.rng.integers(-NOISE, NOISE + 1, len(self.points))
        values = alone(prices.pairs, prices.at + prices.at * noise // 100, self.low, self.high)
        centres = prices.chosen(values)
        metres = self._whole()
        total, moved, label = settle(metres, centres, self.low, self.high, ~self.fixed)
        if total < self.total * HOPEFUL:
            self.centre, self.label = moved.copy(), label.copy()
            self.metres = self._metres()
            self._sweep()

    def _prices(self) -> Prices:
        if self.prices is None:
            self.pairs = pairs_of(self.points, len(self.points) // len(self.centre))
            mean = np.bincount(self.label, self.metres) // np.bincount(self.label)
            price = self.metres + mean.astype(np.int64)[self.label]
            self.prices = Prices(
                self.pairs, len(self.centre), self.low, self.high, self.fixed,
                np.minimum(price, self.pairs.cap),
            )  # fmt: skip
        return self.prices

    def _first_centre(self, members: Ints) -> int:
        marked = members[self.fixed[members]]
        if len(marked):
            return int(marked[0])
        sums = self._between(members).sum(axis=1, dtype=np.int64)
        return int(members[np.argmin(sums)])

    def _metres(self) -> Ints:
        own = self.points.take(self.centre[self.label])
        return pairwise(self.points, own).astype(np.int64)

    def _between(self, which: Ints) -> np.ndarray:
        some = self.points.take(which)
        return between(some, some)

    # a neighbourhood: some clusters and their members

    def _around(self, cluster: int, many: int) -> Ints:
        vector = self.points.vector[self.centre]
        far = ((vector - vector[cluster]) ** 2).sum(axis=1)
        far[cluster] = -1
        return np.sort(np.argsort(np.round(far, 12), kind="stable")[:many])

    def _sweep(self) -> None:
        """Each cluster once with its three nearest, for the centres as they are."""
        for cluster in range(len(self.centre)):
            self._settle_around(cluster, 4)

    def _settle_around(self, cluster: int, many: int) -> None:
        if len(self.centre) == 1:
            return
        near = self._around(cluster, many)
        members = np.flatnonzero(np.isin(self.label, near))
        at = np.searchsorted(members, self.centre[near])
        free = ~self.fixed[members]
        self._accept(near, members, settle(self._between(members), at, self.low, self.high, free))

    def _accept(self, near: Ints, members: Ints, found: tuple[int, Ints, Ints]) -> bool:
        total, centres, label = found
        if total >= self.metres[members].sum():
            return False
        self.centre[near] = members[centres]
        self.label[members] = near[label]
        own = self.points.take(self.centre[self.label[members]])
        self.metres[members] = pairwise(self.points.take(members), own)
        self._idle = 0
        self._keep()
        return True

    def _neighbourhood(self) -> bool:
        """Take some clusters and cut them anew. False where this one was already seen to fail."""
        most = len(self.centre)
        if most == 1:
            return False
        cluster = int(self.rng.integers(most))
        sizes = SIZES if len(self.points) <= ALL_PAIRS else SIZES[:5]
        near = self._around(cluster, min(most, sizes[int(self.rng.integers(len(sizes)))]))
        members = np.flatnonzero(np.isin(self.label, near))
        name = members.tobytes() + self.centre[near].tobytes()
        self._idle += 1
        if name in self._failed:
            return False
        metres = self._between(members)
        prices = self._prices()
        start = prices.at if len(prices.at) else prices.price
        found = solve(
            metres, np.searchsorted(members, self.centre[near]), int(self.metres[members].sum()),
            self.low, self.high, self.fixed[members], start[members],
        )  # fmt: skip
        if found is None or not self._accept(near, members, found):
            self._failed.add(name)
        return True

    # the whole list as one neighbourhood, where it is small

    def _try(self, centres: Ints) -> None:
        if tuple(centres.tolist()) in self._tried:
            return
        self._tried.add(tuple(centres.tolist()))
        metres = self._whole()
        if metres[centres].min(axis=0).sum(dtype=np.int64) < self.total:
            every = np.arange(len(self.centre))
            found = settle(metres, centres, self.low, self.high, ~self.fixed)
            self._accept(every, np.arange(len(self.points)), found)

    def _whole(self) -> np.ndarray:
        assert self.pairs is not None
        metres = self.pairs.metres.copy()
        np.fill_diagonal(metres, 0)
        return metres

    def _close(self, prices: Prices) -> None:
        """Look at sets of centres, the most promising first; what is left proves the bound."""
        if self._sets is None:
            values = alone(prices.pairs, prices.at, self.low, self.high)
            self._sets = sets_by_bound(prices.at, values, self.fixed, len(self.centre))
        for _set in range(SETS_A_STEP):
            least, centres = next(self._sets, (self.total, None))
            self._proven = max(self._proven, min(least, self.total))
            if centres is None or least >= self.total:
                self._proven = self.total
                return
            self._try(centres)
