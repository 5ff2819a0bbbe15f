"""Clusters that keep what else was asked: schools that stay together, that stay apart, balanced teachers.

Begins from clusters that know nothing of it and changes as little as it must: a tabu search (Glover
1989) over moves and swaps of whole units between neighbouring clusters, first until nothing is broken,
then for fewer metres with nothing broken. Bounds of sizes count as much as the conditions. The bound
of the clusters it began from stays a bound: whatever keeps the conditions is one of all clusters.
"""

from dataclasses import dataclass, replace

import numpy as np

from staffroom.methods.formation.clusters import Clusters, Part
from staffroom.methods.formation.earth import Ints, Points, between, pairwise

#: Clusters around one that exchange with it; moves in which a unit that moved stays; moves a cluster.
NEAR, TABU, PATIENCE = 9, 12, 60
#: One school too many or two that must not meet weigh as much as so many teachers too many.
HARD = 1000


@dataclass(frozen=True)
class Conditions:
    """`unit`: (n,) schools of one number stay together. `apart`: (n,) two of one number ≥ 0 never meet.

    `weight`: (n,) teachers; no cluster's sum is more than `share` of the mean of its part off it.
    """

    unit: Ints
    apart: Ints
    weight: Ints
    share: float | None = None


@dataclass(frozen=True)
class Held:
    """`broken`: (K,) how much of each cluster is still not as asked, 0 where all is."""

    clusters: Clusters
    broken: Ints


def hold(
    points: Points, parts: list[Part], found: Clusters, conditions: Conditions, low: int, high: int,
    *, rng: np.random.Generator,
) -> Held:  # fmt: skip
    """The clusters again, with the conditions held as far as they can be."""
    label, centre, metres = found.label.copy(), found.centre.copy(), found.metres.copy()
    broken = np.zeros(len(centre), np.int64)
    for part in parts:
        table = _Table(points, part, label, centre, conditions, low, high, rng)
        table.mend()
        table.shorten()
        label[part.which], broken[table.name] = table.name[table.label[table.unit]], table.broken()
        centre[table.name] = part.which[table.centre]
        metres[part.which] = table.metres()
    return Held(replace(found, label=label, centre=centre, metres=metres), broken)


class _Table:
    """One part: units in clusters. Numbers are within the part; `name`: (K,) numbers in the whole."""

    def __init__(
        self, points: Points, part: Part, label: Ints, centre: Ints, conditions: Conditions,
        low: int, high: int, rng: np.random.Generator,
    ) -> None:  # fmt: skip
        which = part.which
        self.points, self.low, self.high, self.rng = points.take(which), low, high, rng
        self.name, home = np.unique(label[which], return_inverse=True)
        self.centre = np.searchsorted(which, centre[self.name])
        self.fixed = np.isin(which[self.centre], part.fixed)
        _names, self.unit = np.unique(conditions.unit[which], return_inverse=True)
        self.size = np.bincount(self.unit)
        self.weight = np.bincount(self.unit, conditions.weight[which]).astype(np.int64)
        mean = self.weight.sum() / len(self.name)
        slack = np.inf if conditions.share is None else conditions.share * mean
        self.least, self.most = mean - slack, mean + slack
        self.classes = [set[int]() for _each in self.size]
        for unit, number in zip(self.unit, conditions.apart[which], strict=True):
            if number >= 0:
                self.classes[unit].add(int(number))
        self.label = self._together(home)
        self.still = np.zeros(len(self.size), np.int64)
        self.turn = 0

    def _together(self, home: Ints) -> Ints:
        """Each unit where most of it is, a fixed centre where it is fixed."""
        label = np.zeros(len(self.size), np.int64)
        for unit, clusters in enumerate(
            np.split(home[np.argsort(self.unit, kind="stable")], np.cumsum(self.size)[:-1])
        ):
            label[unit] = np.bincount(clusters).argmax()
        for cluster in np.flatnonzero(self.fixed):
            label[self.unit[self.centre[cluster]]] = cluster
        return label

    # what is broken

    def broken(self) -> Ints:
        """(K,) by cluster."""
        k = len(self.name)
        size = np.bincount(self.label, self.size, k)
        weight = np.bincount(self.label, self.weight, k)
        out = _off(size, self.low, self.high) * HARD + _off(weight, self.least, self.most)
        for cluster in range(k):
            out[cluster] += HARD * self._meetings(cluster)
        return np.ceil(out).astype(np.int64)

    def _meetings(self, cluster: int) -> int:
        seen: set[int] = set()
        count = 0
        for unit in np.flatnonzero(self.label == cluster):
            count += len(seen & self.classes[unit])
            seen |= self.classes[unit]
        return count

    # moves and swaps

    def mend(self) -> None:
        """Until nothing is broken, or many moves have not helped."""
        best, kept, since = int(self.broken().sum()), self.label.copy(), 0
        while best and since < PATIENCE * 10:
            broken = self.broken()
            worst = np.flatnonzero(broken == broken.max())
            move = self._best(int(self.rng.choice(worst)), free=False)
            self.turn += 1
            since += 1
            if move is None:
                continue
            self._do(move)
            now = int(self.broken().sum())
            if now < best:
                best, kept, since = now, self.label.copy(), 0
        self.label = kept
        self._recentre()

    def shorten(self) -> None:
        """Fewer metres, with no cluster more broken than it is; until no exchange helps."""
        self.still[:] = 0
        wake = set(range(len(self.name)))
        while wake:
            cluster = min(wake)
            wake.discard(cluster)
            move = self._best(cluster, free=True)
            if move is not None:
                self._do(move)
                self.still[:] = 0
                self._recentre(move[1:3])
                wake |= set(move[1:3])

    def _best(self, one: int, *, free: bool) -> tuple[Ints, int, int] | None:
        """The best exchange of cluster `one` with a near one: (units, one, other) that change sides.

        `free`: only one that saves metres and breaks nothing; else any that is not tabu.
        """
        best: tuple[float, float] | None = (0.0, -0.5) if free else None
        found = None
        for other in self._near(one):
            worse, metres, units = self._exchange(one, other)
            if np.isfinite(worse) and (best is None or (worse, metres) < best):
                best, found = (worse, metres), (units, one, other)
        return found

    def _exchange(self, one: int, other: int) -> tuple[float, float, Ints]:
        """The best move or swap between two clusters, by what it breaks, then by metres."""
        here, there = self._movable(one), self._movable(other)
        a, b = np.append(here, -1), np.append(there, -1)  # -1: nothing goes that way
        size, weight = np.append(self.size, 0), np.append(self.weight, 0)
        sums = [
            (np.bincount(self.label, what, len(self.name)), what_of)
            for what, what_of in ((self.size, size), (self.weight, weight))
        ]
        worse = np.zeros((len(a), len(b)))
        for (total, own), low, high, price in zip(
            sums, (self.low, self.least), (self.high, self.most), (HARD, 1), strict=True
        ):
            shift = own[b][None, :] - own[a][:, None]
            after = _off(total[one] + shift, low, high) + _off(total[other] - shift, low, high)
            worse += price * (after - _off(total[one], low, high) - _off(total[other], low, high))
        if any(self.classes[unit] for unit in (*here, *there)):
            worse += HARD * self._more_meetings(here, there, one, other)
        metres = self._more_metres(here, there, one, other)
        worse[-1, -1] = np.inf
        i, j = divmod(int(np.lexsort((metres.ravel(), worse.ravel()))[0]), len(b))
        units = np.array([unit for unit in (a[i], b[j]) if unit >= 0])
        return float(worse[i, j]), float(metres[i, j]), units

    def _movable(self, cluster: int) -> Ints:
        own = np.flatnonzero(self.label == cluster)
        own = own[self.still[own] <= self.turn]
        return own[own != self.unit[self.centre[cluster]]] if self.fixed[cluster] else own

    def _more_metres(self, here: Ints, there: Ints, one: int, other: int) -> np.ndarray:
        centres = self.points.take(self.centre[[one, other]])
        gain = []
        for units, sign in ((here, 1), (there, -1)):
            members = np.flatnonzero(np.isin(self.unit, units))
            metres = between(self.points.take(members), centres).astype(np.int64)
            far = np.bincount(self.unit[members], metres[:, 1] - metres[:, 0], len(self.size))
            gain.append(np.append(sign * far[units], 0))
        return gain[0][:, None] + gain[1][None, :]

    def _more_meetings(self, here: Ints, there: Ints, one: int, other: int) -> np.ndarray:
        """(a + 1, b + 1) pairs that must not meet and would, less those that do now."""
        count: dict[int, dict[int, int]] = {one: {}, other: {}}
        for cluster, classes in count.items():
            for unit in np.flatnonzero(self.label == cluster):
                for number in self.classes[unit]:
                    classes[number] = classes.get(number, 0) + 1
        side = []
        for units, to, away in ((here, other, one), (there, one, other)):
            meets = [
                sum(count[to].get(c, 0) - (count[away][c] - 1) for c in self.classes[unit])
                for unit in units
            ]
            side.append(np.array([*meets, 0]))
        both = np.zeros((len(here) + 1, len(there) + 1))
        for i, unit in enumerate(here):
            for j, back in enumerate(there):
                both[i, j] = -2 * len(self.classes[unit] & self.classes[back])
        return side[0][:, None] + side[1][None, :] + both

    def _near(self, cluster: int) -> Ints:
        vector = self.points.vector[self.centre]
        far = ((vector - vector[cluster]) ** 2).sum(axis=1)
        far[cluster] = np.inf
        return np.argsort(np.round(far, 12), kind="stable")[: min(NEAR, len(far) - 1)]

    def _do(self, move: tuple[Ints, int, int]) -> None:
        units, one, other = move
        self.label[units] = np.where(self.label[units] == one, other, one)
        self.still[units] = self.turn + TABU

    # centres

    def _recentre(self, clusters: tuple[int, ...] | None = None) -> None:
        for cluster in range(len(self.name)) if clusters is None else clusters:
            members = np.flatnonzero(self.label[self.unit] == cluster)
            if len(members) and not self.fixed[cluster]:
                some = self.points.take(members)
                self.centre[cluster] = members[
                    between(some, some).sum(axis=1, dtype=np.int64).argmin()
                ]

    def metres(self) -> Ints:
        own = self.points.take(self.centre[self.label[self.unit]])
        return pairwise(self.points, own).astype(np.int64)


def _off(total: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.maximum(total - high, 0) + np.maximum(low - total, 0)
