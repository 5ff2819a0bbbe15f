"""Circles of clusters and blocks of circles, by the central schools; levels kept apart stay apart."""

from dataclasses import dataclass, field

import numpy as np

from staffroom.methods.formation.clusters import even, group
from staffroom.methods.formation.earth import Ints, Points


@dataclass(frozen=True)
class Short:
    """Why a level has no circles (n clusters cannot be cut into `low` to `high`), or no blocks
    (n circles, or clusters where there are no circles, are fewer than `low`)."""

    what: str  # circles | blocks
    of: str  # what they would be made of: clusters | circles
    level: int
    n: int
    low: int
    high: int


@dataclass(frozen=True)
class Above:
    """`circle`, `block`: (K,) of each cluster, -1 where it has none."""

    circle: Ints
    block: Ints
    short: list[Short] = field(default_factory=list)


def above(
    points: Points, centre: Ints, level: Ints, *, circle: tuple[int, int] | None,
    blocks: int | None, rng: np.random.Generator,
) -> Above:  # fmt: skip
    """`centre`: (K,) the central school of each cluster; `level`: (K,) 0 … what is kept apart;
    `circle`: the fewest and most clusters of one; `blocks`: so many in each level."""
    out = Above(np.full(len(centre), -1), np.full(len(centre), -1))
    for number in np.unique(level):
        own = np.flatnonzero(level == number)
        heart = _circles(points, centre, own, out, int(number), circle, rng)
        if blocks:
            _blocks(points, centre, own, heart, out, int(number), blocks, rng)
    return out


def _circles(
    points: Points, centre: Ints, own: Ints, out: Above, level: int,
    bounds: tuple[int, int] | None, rng: np.random.Generator,
) -> Ints:  # fmt: skip
    """Write `circle`; > the clusters in the middle of each circle, none where there are none."""
    if not bounds:
        return own[:0]
    made = group(points.take(centre[own]), *bounds, rng=rng)
    if made is None:
        out.short.append(Short("circles", "clusters", level, len(own), *bounds))
        return own[:0]
    label, middle = made
    out.circle[own] = label + out.circle.max() + 1
    return own[middle]


def _blocks(
    points: Points, centre: Ints, own: Ints, heart: Ints, out: Above, level: int, blocks: int,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Write `block`: circles (clusters where there are none) shared evenly."""
    units, of = (heart, "circles") if len(heart) else (own, "clusters")
    if len(units) < blocks:
        out.short.append(Short("blocks", of, level, len(units), blocks, blocks))
        return
    low, high = even(len(units), blocks)
    made = group(points.take(centre[units]), low, high, rng=rng, groups=blocks)
    assert made is not None
    start = out.block.max() + 1
    for unit, label in zip(units, made[0], strict=True):
        same = out.circle == out.circle[unit] if of == "circles" else unit
        out.block[same] = label + start
