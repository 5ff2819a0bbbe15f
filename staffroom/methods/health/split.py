"""Where a community that has grown too large would divide of itself.

Who talks with whom is a weighted undirected graph of n people. A division is good when much more of
the talk stays inside the circles than if the same people talked at random: Newman & Girvan's
modularity, here for weighted graphs,

    Q = 1/2m · Σij (A_ij − k_i k_j / 2m) δ(c_i, c_j)

(Newman, M. E. J. & Girvan, M. (2004). Finding and evaluating community structure in networks.
Physical Review E 69, 026113, eq. 5; weights: Newman (2004), Physical Review E 70, 056131.)

`circles` lets the number of circles come out of the graph: Louvain (Blondel et al. (2008), J. Stat.
Mech. P10008) with a refinement of single people after each aggregation, the best of several
orders. `divide` makes two circles whose sizes keep to bounds: passes of moves and exchanges, each
person once a pass, the best moment of the pass kept (Kernighan & Lin (1970), Bell System Technical
Journal 49), from several starts.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Edges = Mapping[tuple[int, int], float]
Matrix = list[list[float]]
SMALL = 1e-12


@dataclass(frozen=True)
class Circles:
    """`of[i]` is the circle of person i, numbered from 0; `q` is the modularity, −1/2 to 1."""

    of: tuple[int, ...]
    q: float


def modularity(n: int, edges: Edges, of: Sequence[int]) -> float:
    """Q of a division: 0 where nobody talks. `edges[i, j]` is the weight between i and j, i ≠ j."""
    rest, whole = _surplus(n, edges)
    if not whole:
        return 0.0
    return sum(rest[i][j] for i in range(n) for j in range(n) if of[i] == of[j]) / whole


def circles(n: int, edges: Edges, *, rng: random.Random, starts: int = 20) -> Circles:
    """The division of the highest modularity found over `starts` random orders."""
    rest, whole = _surplus(n, edges)
    best = Circles(tuple(range(n)), modularity(n, edges, range(n)))
    for _start in range(starts if whole else 0):
        of = _louvain(rest, rng)
        q = modularity(n, edges, of)
        if q > best.q + SMALL:
            best = Circles(tuple(of), q)
    return best


def divide(
    n: int, edges: Edges, *, least: int, most: int, rng: random.Random, starts: int = 20
) -> Circles:
    """Two circles of `least` to `most` people each; ValueError where no two such circles make n."""
    low, high = max(least, n - most), min(most, n - least)
    if low > high or least < 1:
        raise ValueError(f"{n} people make no two circles of {least} to {most}")
    rest, whole = _surplus(n, edges)
    best: Circles | None = None
    for start in range(starts):
        side = _start_of(n, edges, low, high, rng, wise=start == 0)
        while _pass(rest, side, low, high):
            pass
        of = tuple(int(each != side[0]) for each in side)
        found = Circles(of, modularity(n, edges, of))
        if best is None or found.q > best.q + SMALL:
            best = found
        if not whole:
            break
    assert best is not None
    return best


def _surplus(n: int, edges: Edges) -> tuple[Matrix, float]:
    """The modularity matrix A_ij − k_i k_j / 2m, and 2m."""
    weights = [[0.0] * n for _ in range(n)]
    for (i, j), weight in edges.items():
        if i == j or weight < 0 or not (0 <= i < n and 0 <= j < n):
            raise ValueError(f"no edge between {i} and {j} of weight {weight}")
        weights[i][j] += weight
        weights[j][i] += weight
    degrees = [sum(row) for row in weights]
    whole = sum(degrees)
    if whole:
        for i, j in product(range(n), repeat=2):
            weights[i][j] -= degrees[i] * degrees[j] / whole
    return weights, whole


def _louvain(rest: Matrix, rng: random.Random) -> list[int]:
    """Move people, join what belongs together, move the joined; then people again, until nothing gains."""
    of = list(range(len(rest)))
    gained = True
    while gained:
        gained = _move(rest, of, rng)
        joined, places = _joined(rest, of)
        above = list(range(len(joined)))
        if _move(joined, above, rng):
            of[:] = [above[places[each]] for each in of]
            gained = True
    places = _joined(rest, of)[1]
    return [places[each] for each in of]


def _move(rest: Matrix, of: list[int], rng: random.Random) -> bool:
    """Each to the circle where most is gained, in random order, until nobody moves."""
    n, any_moved, moved = len(rest), False, True
    while moved:
        moved = False
        for i in rng.sample(range(n), n):
            gains: dict[int, float] = {}
            for j in range(n):
                if j != i:
                    gains[of[j]] = gains.get(of[j], 0.0) + rest[i][j]
            stay = gains.get(of[i], 0.0)
            goal = max(gains, key=lambda circle: gains[circle], default=of[i])
            if gains.get(goal, 0.0) > stay + SMALL and goal != of[i]:
                of[i], moved, any_moved = goal, True, True
            elif stay < -SMALL and gains.get(goal, 0.0) <= 0:
                of[i], moved, any_moved = _unused(of), True, True
    return any_moved


def _unused(of: list[int]) -> int:
    taken = set(of)
    return next(number for number in range(len(of) + 1) if number not in taken)


def _joined(rest: Matrix, of: list[int]) -> tuple[Matrix, dict[int, int]]:
    places = {name: number for number, name in enumerate(dict.fromkeys(of))}
    size = len(places)
    joined = [[0.0] * size for _ in range(size)]
    for i, row in enumerate(rest):
        for j, value in enumerate(row):
            joined[places[of[i]]][places[of[j]]] += value
    return joined, places


def _start_of(
    n: int, edges: Edges, low: int, high: int, rng: random.Random, *, wise: bool
) -> list[int]:
    """Sides 1 and −1: circle after circle where `wise`, else at random; within the bounds."""
    order = rng.sample(range(n), n)
    if wise:
        of = circles(n, edges, rng=rng, starts=1).of
        order.sort(key=lambda i: of[i])
    first = set(order[: rng.randint(low, high)])
    return [1 if i in first else -1 for i in range(n)]


def _pass(rest: Matrix, side: list[int], low: int, high: int) -> bool:
    """One pass over everybody; the best moment of it stays. Whether anything was gained."""
    n = len(side)
    trial, free = list(side), set(range(n))
    gain = [-trial[i] * sum(rest[i][j] * trial[j] for j in range(n) if j != i) for i in range(n)]
    total = best = 0.0
    kept: list[int] | None = None
    while free:
        chosen = _choice(rest, trial, gain, free, low, high)
        if chosen is None:
            break
        worth, who = chosen
        for i in who:
            _flip(rest, trial, gain, i)
            free.discard(i)
        total += worth
        if total > best + 1e-9:
            best, kept = total, list(trial)
    if kept is None:
        return False
    side[:] = kept
    return True


def _choice(
    rest: Matrix, side: list[int], gain: list[float], free: set[int], low: int, high: int
) -> tuple[float, tuple[int, ...]] | None:
    """The move or exchange among the free that gains most and keeps the sizes."""
    ones = sum(1 for each in side if each == 1)
    found: tuple[float, tuple[int, ...]] | None = None
    for i in sorted(free):
        after = ones - side[i]
        if low <= after <= high and (found is None or gain[i] > found[0]):
            found = (gain[i], (i,))
    left = [i for i in sorted(free) if side[i] == 1]
    right = [i for i in sorted(free) if side[i] == -1]
    for i, j in product(left, right):
        worth = gain[i] + gain[j] - 2 * rest[i][j]
        if found is None or worth > found[0]:
            found = (worth, (i, j))
    return found


def _flip(rest: Matrix, side: list[int], gain: list[float], i: int) -> None:
    """Person i changes sides; what everybody would gain changes with it."""
    side[i] = -side[i]
    gain[i] = -gain[i]
    for j in range(len(side)):
        if j != i:
            gain[j] -= 2 * side[j] * rest[i][j] * side[i]
