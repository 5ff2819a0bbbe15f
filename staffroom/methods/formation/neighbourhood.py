"""A few clusters cut anew, nearly exactly: sets of centres tried in the order of what they must cost."""

import heapq
from collections.abc import Iterator, Sequence

import numpy as np

from staffroom.methods.formation.assign import settle
from staffroom.methods.formation.bound import FAR, Pairs, Prices
from staffroom.methods.formation.earth import Ints

#: So many steps of the prices, and then so many sets of centres.
STEPS, TRIES = 15, 12


def ranked(values: Sequence[int], many: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Every choice of `many` places of the ascending `values`, by the sum, least first."""
    if many > len(values):
        return
    start = tuple(range(many))
    heap = [(sum(int(values[i]) for i in start), start)]
    seen = {start}
    while heap:
        total, places = heapq.heappop(heap)
        yield total, places
        for p in range(many):
            after = places[p] + 1
            if after >= (places[p + 1] if p + 1 < many else len(values)):
                continue
            then = (*places[:p], after, *places[p + 1 :])
            if then not in seen:
                seen.add(then)
                heapq.heappush(heap, (total + int(values[after] - values[places[p]]), then))


def sets_by_bound(
    prices: Ints, values: Ints, fixed: np.ndarray, many: int
) -> Iterator[tuple[int, Ints]]:
    """(what a set of centres costs at least, the set), the least first."""
    kept = np.flatnonzero(fixed)
    order = np.argsort(values, kind="stable")
    order = order[~fixed[order]]
    base = int(prices.sum() + values[kept].sum())
    for total, places in ranked(values[order].tolist(), many - len(kept)):
        yield base + total, np.sort(np.concatenate([kept, order[list(places)]]))


def solve(
    metres: np.ndarray, at: Ints, known: int, low: int, high: int, fixed: np.ndarray, price: Ints
) -> tuple[int, Ints, Ints] | None:
    """Something below `known` metres from the centres `at`, or None > (metres, centres, labels).

    `metres`: (m, m). `fixed`: (m,) which must stay centres. `price`: (m,) to begin with.
    """
    others = metres.copy()
    np.fill_diagonal(others, FAR)
    pairs = Pairs(others, None, np.full(len(metres), FAR // 2, np.int64))
    prices = Prices(pairs, len(at), low, high, fixed, price)
    best: tuple[int, Ints, Ints] | None = None
    seen: set[bytes] = set()

    def look(centres: Ints) -> None:
        nonlocal best, known
        if centres.tobytes() in seen:
            return
        seen.add(centres.tobytes())
        if metres[centres].min(axis=0).sum(dtype=np.int64) >= known:
            return
        found = settle(metres, centres, low, high, ~fixed)
        if found[0] < known:
            best, known = found, found[0]

    look(at)
    for _step in range(STEPS):
        look(prices.step(known))
        if prices.best >= known:
            return best
    ranks = sets_by_bound(prices.at, prices.values, fixed, len(at))
    for _try, (least, centres) in zip(range(TRIES), ranks, strict=False):
        if least >= known:
            break
        look(centres)
    return best
