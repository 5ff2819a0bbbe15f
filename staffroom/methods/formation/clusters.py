"""Clusters, circles and blocks: lists cut apart, each searched, the worst proven first."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from staffroom.methods.formation.earth import Ints, Points
from staffroom.methods.formation.search import Search
from staffroom.methods.formation.sizes import midway, possible

#: Groups of groups need no proof: so many steps where they are small (circles) and large (blocks).
SMALL, STEPS_SMALL, STEPS_LARGE = 8, 200, 6


@dataclass(frozen=True)
class Clusters:
    """`label`: (n,) 0 … K-1, -1 where unplaced. `centre`: (K,) index of the central school.

    `metres`: (n,) to the centre, 0 where unplaced. `bound`: the metres that no clusters of these
    numbers can be under, None where nothing is proven. `first`: the metres of the first answer,
    `first_seconds` the time to it. `steps`: iterations made.
    """

    label: Ints
    centre: Ints
    metres: Ints
    bound: int | None
    steps: int
    first: int
    first_seconds: float

    @property
    def total(self) -> int:
        return int(self.metres.sum())

    @property
    def gap(self) -> float | None:
        """(total - bound) / bound; 0 where both are 0."""
        if self.bound is None or (self.bound == 0 < self.total):
            return None
        return (self.total - self.bound) / self.bound if self.bound else 0.0


@dataclass(frozen=True)
class Part:
    """Schools that are cut by themselves: `which` (indices) into `clusters`, `fixed` centres."""

    which: Ints
    clusters: int
    fixed: Ints


def share_out(sizes: Sequence[int], low: int, high: int, clusters: int | None) -> list[int]:
    """The number of clusters of each part (0 where its number cannot be cut), `clusters` in all.

    Each begins with the mean size midway between the bounds; then the part with the largest
    (smallest) clusters gets one more (fewer). ValueError where no shares give `clusters`.
    """
    share = [midway(n, low, high) or 0 for n in sizes]
    room = [possible(n, low, high) for n in sizes]
    while clusters is not None and sum(share) != clusters:
        up = clusters > sum(share)
        able = [
            i for i, r in enumerate(room) if r and (share[i] < r[-1] if up else share[i] > r[0])
        ]
        if not able:
            raise ValueError(f"{sum(share)} is as near to {clusters} as these numbers can come")
        mean = [sizes[i] / share[i] for i in able]
        at = able[int(np.argmax(mean) if up else np.argmin(mean))]
        share[at] += 1 if up else -1
    return share


def form_clusters(
    points: Points, parts: Sequence[Part], low: int, high: int, *,
    rng: np.random.Generator, iterations: int | None = None, seconds: float | None = None,
    told: Callable[[int, int], None] = lambda total, steps: None,
) -> Clusters:  # fmt: skip
    """Every part cut into its number of clusters of `low` to `high` schools, at few metres.

    The steps go to the part with most unproven metres a step made, so that the same `iterations`
    give the same clusters; `seconds` only decides how many are made. ValueError for a part whose
    number cannot be cut so, or with more fixed centres than clusters.
    """
    start = time.monotonic()
    searches = []
    for part, own in zip(parts, rng.spawn(len(parts)), strict=True):
        fixed = np.searchsorted(part.which, part.fixed)
        searches.append(
            Search(points.take(part.which), part.clusters, low, high, fixed=fixed, rng=own)
        )
    first, first_seconds = sum(search.total for search in searches), time.monotonic() - start
    steps = 0
    while steps < (iterations if iterations is not None else 2**62):
        if seconds is not None and time.monotonic() - start >= seconds:
            break
        search = max(searches, key=_promise, default=None)
        if search is None or search.done:
            break
        search.step()
        steps += 1
        told(sum(search.total for search in searches) if steps % 50 == 0 else 0, steps)
    return _gathered(len(points), parts, searches, steps, first, first_seconds)


def _promise(search: Search) -> float:
    if search.done:
        return -1.0
    bound = search.bound
    return (search.total - (bound or 0)) / (1 + search.steps)


def _gathered(
    n: int, parts: Sequence[Part], searches: Sequence[Search], steps: int, first: int, took: float
) -> Clusters:
    label, metres = np.full(n, -1, np.int64), np.zeros(n, np.int64)
    centres: list[Ints] = []
    count = 0
    for part, search in zip(parts, searches, strict=True):
        search.finish()
        label[part.which] = search.label + count
        metres[part.which] = search.metres
        centres.append(part.which[search.centre])
        count += len(search.centre)
    bounds = [search.bound for search in searches]
    bound = None if None in bounds else sum(b for b in bounds if b is not None)
    centre = np.concatenate(centres) if centres else np.zeros(0, np.int64)
    return Clusters(label, centre, metres, bound if searches else None, steps, first, took)


def group(
    points: Points, low: int, high: int, *, rng: np.random.Generator, groups: int | None = None
) -> tuple[Ints, Ints] | None:
    """Clusters into circles, or circles into blocks: (n,) labels and the (K,) central ones.

    As clusters are made from schools. None where n cannot be cut so.
    """
    many = groups or midway(len(points), low, high)
    if not many or many not in possible(len(points), low, high):
        return None
    search = Search(points, many, low, high, fixed=None, rng=rng)
    small = len(points) <= SMALL * many
    for _step in range(STEPS_SMALL if small else STEPS_LARGE):
        if search.done:
            break
        search.step()
    search.finish()
    return search.label, search.centre


def even(n: int, groups: int) -> tuple[int, int]:
    """The sizes of n things in `groups` as equal as can be."""
    return n // groups, -(-n // groups)
