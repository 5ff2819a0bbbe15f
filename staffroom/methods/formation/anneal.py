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

HOT, COLD = 0.2, 0.03
#: Single precision knows no smaller gain.
LEAST = 1e-5
#: More than any change, and yet a number that a product of matrices keeps.
NEVER = np.float32(1e18)


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
        best, go = _drawn(flat, heat, rng)
    else:
        best = flat.argmin(axis=1)
        go = flat[np.arange(len(a)), best] < -LEAST
    p, q = best // rules.high, best % rules.high
    a, b, p, q = a[go], b[go], p[go], q[go]
    good = _allowed(seats, rules, a, p, b, q)
    seats.exchange(a[good], p[good], b[good], q[good])
    return int(good.sum())


def _drawn(flat: Floats, heat: float, rng: np.random.Generator) -> tuple[Ints, np.ndarray]:
    """Of each row a place drawn with weight exp(-Δ/T), and whether not rather staying (Δ = 0) was."""
    best = np.minimum(flat.min(axis=1, keepdims=True), 0)
    sums = np.exp((best - flat) / np.float32(heat)).cumsum(axis=1)
    stay = np.exp(best[:, 0] / np.float32(heat))
    drawn = rng.random(len(flat), np.float32) * (sums[:, -1] + stay)
    place = (sums <= drawn[:, None]).sum(axis=1)
    return np.minimum(place, flat.shape[1] - 1), drawn < sums[:, -1]


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
    """(k, high, high): what changes when seat p of a and seat q of b exchange; NEVER where it may not.

    With both seats taken it is αp + βq + 2 (1/n + 1/m) xp·xq; a move to an empty seat depends on one
    side alone; two empty seats exchange NEVER. All of it is one product of (high, d + 5) matrices.
    """
    x, d = seats.x32, seats.x32.shape[1]
    here, there = seats.seat[a], seats.seat[b]
    size = seats.size.astype(np.float32)
    n, m = size[a][:, None], size[b][:, None]
    centre = (seats.total / np.maximum(seats.size, 1)[:, None]).astype(np.float32)
    both = np.stack([centre[a], centre[b]], axis=2)  # (k, d, 2)
    xa, xb = x[here], x[there]
    ra, rb = seats.square[here], seats.square[there]
    along_a, along_b = xa @ both, xb @ both  # (k, high, 2): x on either centre
    square = (both**2).sum(axis=1)[:, None, :]
    far_a, far_b = (r[:, :, None] - 2 * on + square for r, on in ((ra, along_a), (rb, along_b)))
    parts = 1 / n + 1 / m
    left = np.zeros((*here.shape, d + 5), np.float32)
    right = np.zeros_like(left)
    left[..., :d], right[..., :d] = xa * (2 * parts)[:, :, None], xb
    left[..., d], right[..., d] = 2 * (along_a[..., 0] - along_a[..., 1]) - parts * ra, 1
    left[..., d + 1], right[..., d + 1] = 1, 2 * (along_b[..., 1] - along_b[..., 0]) - parts * rb
    left[..., d + 2] = _move(far_a[..., 0], far_a[..., 1], n, m, rules.low)
    right[..., d + 3] = _move(far_b[..., 1], far_b[..., 0], m, n, rules.low)
    empty = here < 0
    left[empty] = 0
    left[..., d + 3][empty] = left[..., d + 4][empty] = 1
    empty = there < 0
    right[empty] = 0
    right[..., d + 2][empty], right[..., d + 4][empty] = 1, NEVER
    delta = left @ right.transpose(0, 2, 1)
    _keep_schools_apart(delta, rules, here, there)
    return delta


def _keep_schools_apart(delta: Floats, rules: Rules, here: Ints, there: Ints) -> None:
    """NEVER where a group would get one more of a school than it may have; most pairs share none."""
    same = rules.school[here][:, :, None] == rules.school[there][:, None, :]
    same &= (here >= 0)[:, :, None] & (there >= 0)[:, None, :]
    some = np.flatnonzero(same.reshape(len(same), -1).any(axis=1))
    same, on, off = same[some], here[some] >= 0, there[some] >= 0
    into_b = same.sum(axis=2, keepdims=True) - same < rules.most
    into_a = same.sum(axis=1, keepdims=True) - same < rules.most
    good = (into_b | ~on[:, :, None]) & (into_a | ~off[:, None, :])
    delta[some] = np.where(good, delta[some], NEVER)


def _move(own: np.ndarray, other: np.ndarray, n: np.ndarray, m: np.ndarray, low: int) -> np.ndarray:
    """(k, high): what changes when one leaves a group of n for an empty seat of m; squares to centres."""
    change = other * (m / (m + 1)) - own * (n / np.maximum(n - 1, 1))
    return np.where(n > low, change, NEVER)


def _allowed(seats: Seats, rules: Rules, a: Ints, p: Ints, b: Ints, q: Ints) -> np.ndarray:
    """Whether the exchanges keep every rule; an empty seat keeps them all."""
    one, other = seats.seat[a, p], seats.seat[b, q]
    good = np.ones(len(a), bool)
    for who, to, leaving in ((one, b, other), (other, a, one)):
        real = (who >= 0) & good
        good[real] = rules.fits(who[real], seats.seat[to[real]], leaving[real])
    return good
