"""Groups near in all that counts: exchanges of two people, many groups at once.

The sum of squared distances to the groups' centres is made small. In each round groups are paired
with a neighbour; of all exchanges (and moves to an empty seat) between the two, one is drawn with
probability proportional to exp(-Δ/T), staying as it is among them: the heat bath of Gibbs sampling
(Geman & Geman 1984, IEEE Trans. PAMI 6), cooled slowly (Kirkpatrick, Gelatt & Vecchi 1983, Science
220). Pairs have no group in common, so all are made at once; Δ comes from the groups' sums
(Hartigan & Wong 1979, Applied Statistics 28, eq. for a transfer; for an exchange the same by sums).
"""

import numpy as np

from staffroom.methods.formation.earth import Floats, Ints
from staffroom.methods.formation.seats import Rules, Seats

HOT, COLD = 0.25, 0.004
NEVER = np.inf


def anneal(seats: Seats, home: Ints, rules: Rules, rounds: int, rng: np.random.Generator) -> None:
    """Make `seats` better in place. `home`: (groups,) the stratum of each; nobody leaves it."""
    people = int(seats.size.sum())
    if len(home) < 2 or not people:
        return
    mean = max(seats.spread() / people, 1e-12)
    for number in range(rounds):
        heat = mean * HOT * (COLD / HOT) ** (number / max(rounds - 1, 1))
        _round(seats, home, rules, heat, rng)
        if number % 64 == 63:
            seats.count_anew()
    seats.count_anew()
    quiet = 0
    for _ in range(20 * rounds):
        quiet = 0 if _round(seats, home, rules, 0.0, rng) else quiet + 1
        if quiet == 24:
            break
    seats.count_anew()


def _round(seats: Seats, home: Ints, rules: Rules, heat: float, rng: np.random.Generator) -> int:
    """One exchange at most between the two groups of each pair. > how many were made."""
    a, b = _pairs(seats, home, rng)
    if not len(a):
        return 0
    delta = _deltas(seats, rules, a, b)
    flat = delta.reshape(len(a), -1)
    if heat:
        # The largest of (-Δ/T + Gumbel noise) is a draw from exp(-Δ/T); staying has Δ = 0.
        score = rng.gumbel(size=flat.shape) - flat / heat
        best = score.argmax(axis=1)
        go = score[np.arange(len(a)), best] > rng.gumbel(size=len(a))
    else:
        best = flat.argmin(axis=1)
        go = flat[np.arange(len(a)), best] < -1e-9
    p, q = best // rules.high, best % rules.high
    go &= np.isfinite(flat[np.arange(len(a)), best])
    a, b, p, q = a[go], b[go], p[go], q[go]
    good = _allowed(seats, rules, a, p, b, q)
    seats.exchange(a[good], p[good], b[good], q[good])
    return int(good.sum())


def _pairs(seats: Seats, home: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Groups near each other along two directions of chance, of one stratum."""
    centre = seats.total / np.maximum(seats.size, 1)[:, None]
    along = centre @ rng.standard_normal((seats.x.shape[1], 2))
    along += rng.standard_normal(along.shape) * along.std(axis=0) * 0.1
    many = np.bincount(home)
    begin = (np.cumsum(many) - many)[home]
    rank = np.empty(len(home), np.int64)
    rank[np.lexsort((along[:, 0], home))] = np.arange(len(home))
    strip = (rank - begin) // np.ceil(np.sqrt(many))[home].astype(np.int64)
    order = np.lexsort((along[:, 1], strip, home))
    order = order[seats.size[order] > 0]
    order = order[int(rng.integers(2)) :]
    order = order[: len(order) // 2 * 2]
    a, b = order[::2], order[1::2]
    same = home[a] == home[b]
    return a[same], b[same]


def _deltas(seats: Seats, rules: Rules, a: Ints, b: Ints) -> Floats:
    """(k, high, high): what changes when seat p of a and seat q of b exchange; inf where it may not."""
    x, size = seats.x, seats.size
    here, there = seats.seat[a], seats.seat[b]
    on, off = here >= 0, there >= 0
    xa, xb = x[here], x[there]
    ca, cb = seats.total[a] / size[a][:, None], seats.total[b] / size[b][:, None]
    way = (ca - cb)[:, :, None]
    ua, ub = (xa @ way)[:, :, 0], (xb @ way)[:, :, 0]
    ra, rb = (xa**2).sum(axis=2), (xb**2).sum(axis=2)
    gap = ra[:, :, None] + rb[:, None, :] - 2 * (xa @ xb.transpose(0, 2, 1))
    parts = (1 / size[a] + 1 / size[b])[:, None, None]
    delta = -2 * (ub[:, None, :] - ua[:, :, None]) - gap * parts
    move_a = _move(xa, ca, cb, size[a], size[b], rules.low)
    move_b = _move(xb, cb, ca, size[b], size[a], rules.low)
    delta = np.where(on[:, :, None] & off[:, None, :], delta, NEVER)
    delta = np.where(on[:, :, None] & ~off[:, None, :], move_a[:, :, None], delta)
    delta = np.where(~on[:, :, None] & off[:, None, :], move_b[:, None, :], delta)
    same = (rules.school[here][:, :, None] == rules.school[there][:, None, :]) & (
        on[:, :, None] & off[:, None, :]
    )
    into_b = same.sum(axis=2, keepdims=True) - same < rules.most
    into_a = same.sum(axis=1, keepdims=True) - same < rules.most
    delta[~((into_b | ~on[:, :, None]) & (into_a | ~off[:, None, :]))] = NEVER
    return delta


def _move(x: Floats, of: Floats, to: Floats, n: Ints, m: Ints, low: int) -> Floats:
    """(k, high): what changes when one goes from a group of n, centre `of`, to an empty seat of m."""
    n, m = n[:, None], m[:, None]
    leave = ((x - of[:, None, :]) ** 2).sum(axis=2) * n / np.maximum(n - 1, 1)
    join = ((x - to[:, None, :]) ** 2).sum(axis=2) * m / (m + 1)
    return np.where(n > low, join - leave, NEVER)


def _allowed(seats: Seats, rules: Rules, a: Ints, p: Ints, b: Ints, q: Ints) -> np.ndarray:
    """Whether the exchanges keep every rule; an empty seat keeps them all."""
    one, other = seats.seat[a, p], seats.seat[b, q]
    good = np.ones(len(a), bool)
    for who, to, leaving in ((one, b, other), (other, a, one)):
        real = (who >= 0) & good
        good[real] = rules.fits(who[real], seats.seat[to[real]], leaving[real])
    return good
