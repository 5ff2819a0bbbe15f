"""From schools with places to clusters, circles and blocks, by `methods.formation`.

Loads NumPy and SciPy: the worker imports it, no page does.
"""

import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from staffroom.methods.formation import above as method_above
from staffroom.methods.formation import again as method_again
from staffroom.methods.formation import clusters as method
from staffroom.methods.formation.earth import between, points
from staffroom.places.cluster_lot import Drawn, Lot, Settings
from staffroom.places.cluster_words import note
from staffroom.places.models import Cluster, ClusterPlan, ClusterSchool


@dataclass
class _Ready:
    """`at`: (n,) indices in the lot of what is placed; `keys`: of the parts."""

    at: np.ndarray
    points: method.Points
    parts: list[method.Part]
    keys: list[tuple[str, str]]


def search(lot: Lot, settings: Settings, told: Callable[[int, int], None]) -> Drawn:
    """Clusters of few metres, as long as `settings.seconds` say; then circles and blocks of them."""
    ready, rng = _ready(lot, settings), np.random.default_rng(settings.seed)
    start = time.monotonic()
    found = method.form_clusters(
        ready.points, ready.parts, settings.least, settings.most, rng=rng,
        seconds=settings.seconds,
        told=lambda total, steps: told(int(time.monotonic() - start), settings.seconds),
    )  # fmt: skip
    level, levels = _levels(ready)
    made = method_above.above(
        ready.points, found.centre, level[found.centre], circle=settings.circle,
        blocks=settings.blocks, rng=rng,
    )  # fmt: skip
    notes = [
        note("short", s.what, s.of, levels[s.level][1].title(), s.n, s.low, s.high)
        for s in made.short
    ]
    return _numbered(lot, ready, found, made, notes)


def _ready(lot: Lot, settings: Settings) -> _Ready:
    at = np.array(sorted(i for which in lot.parts.values() for i in which), np.int64)
    places = [lot.at[i] or (0.0, 0.0) for i in at]
    placed = points(np.array([y for y, _x in places]), np.array([x for _y, x in places]))
    keys = sorted(lot.parts)
    share = method.share_out(
        [len(lot.parts[key]) for key in keys], settings.least, settings.most, settings.clusters
    )
    none = np.zeros(0, np.int64)
    parts = [
        method.Part(np.searchsorted(at, np.sort(lot.parts[key])), clusters, none)
        for key, clusters in zip(keys, share, strict=True)
    ]
    return _Ready(at, placed, parts, keys)


def _levels(ready: _Ready) -> tuple[np.ndarray, list[tuple[str, str]]]:
    """(n,) 0 … by what is kept apart (levels, sectors), and their names."""
    names = sorted({key[1] for key in ready.keys})
    level = np.zeros(len(ready.points), np.int64)
    for part, key in zip(ready.parts, ready.keys, strict=True):
        level[part.which] = names.index(key[1])
    return level, [("", name) for name in names]


def _numbered(
    lot: Lot, ready: _Ready, found: method.Clusters, made: method_above.Above, notes: list[str]
) -> Drawn:
    """Numbers that run through blocks and their circles, so that neighbours have near numbers."""
    block = np.where(made.circle >= 0, made.block, -1)
    order = np.lexsort((np.arange(len(found.centre)), made.circle, block))
    rank = np.argsort(order)
    circles = list(dict.fromkeys(int(made.circle[k]) for k in order if made.circle[k] >= 0))
    blocks = list(dict.fromkeys(int(block[k]) for k in order if block[k] >= 0))
    of_circle = {int(made.circle[k]): int(block[k]) for k in order}
    label, metres = [-1] * len(lot), [0] * len(lot)
    for i, k, m in zip(ready.at.tolist(), found.label.tolist(), found.metres.tolist(), strict=True):
        label[i], metres[i] = int(rank[k]) if k >= 0 else -1, m
    return Drawn(
        label, metres, [int(ready.at[found.centre[k]]) for k in order],
        list(range(1, len(order) + 1)), [""] * len(order),
        [circles.index(int(made.circle[k])) if made.circle[k] >= 0 else -1 for k in order],
        [(number, "") for number in range(1, len(circles) + 1)],
        [blocks.index(of_circle[c]) if of_circle[c] >= 0 else -1 for c in circles],
        [(number, "") for number in range(1, len(blocks) + 1)], found.bound, notes,
    )  # fmt: skip


def again(lot: Lot, settings: Settings, before: ClusterPlan) -> Drawn:
    """The schools of today in the clusters of before, with as few moves as sizes allow.

    Clusters keep number, name, circle and block; a new one joins the circle of its nearest neighbour.
    """
    ready = _ready(lot, settings)
    old = list(Cluster.objects.filter(plan=before).select_related("circle__block"))
    place = {cluster.pk: k for k, cluster in enumerate(old)}
    in_plan = dict(
        ClusterSchool.objects.filter(plan=before, cluster__isnull=False).values_list(
            "school_id", "cluster_id"
        )
    )
    at = {lot.ids[i]: n for n, i in enumerate(ready.at.tolist())}
    home = np.array([place.get(in_plan.get(lot.ids[i], before.pk), -1) for i in ready.at])
    heart = np.array([at.get(cluster.centre_id, -1) for cluster in old])
    made = method_again.reform_parts(
        ready.points, ready.parts, home, heart, settings.least, settings.most,
        fixed_number=settings.clusters is not None,
    )  # fmt: skip
    drawn = _kept(lot, ready, made, old)
    _told_moves(drawn, ready, made, home, old, settings)
    gone = len(in_plan.keys() - set(lot.ids))
    if gone:
        drawn.notes.append(note("gone", gone))
    return drawn


def _kept(lot: Lot, ready: _Ready, made: method_again.Again, old: list[Cluster]) -> Drawn:
    found, was = made.clusters, made.was
    fresh = max((cluster.number for cluster in old), default=0)
    number, name = [], []
    for k in was:
        fresh += k < 0
        number.append(old[k].number if k >= 0 else fresh)
        name.append(old[k].name if k >= 0 else "")
    circle_of = [old[k].circle if k >= 0 else None for k in was]
    known = [k for k in range(len(was)) if was[k] >= 0]
    for k in np.flatnonzero(was < 0):
        if known:
            one = ready.points.take(found.centre[[k]])
            near = between(one, ready.points.take(found.centre[known]))[0]
            circle_of[k] = circle_of[known[int(near.argmin())]]
    circles: dict[uuid.UUID, int] = {}
    blocks: dict[uuid.UUID, int] = {}
    circle_rows: list[tuple[int, str]] = []
    block_rows: list[tuple[int, str]] = []
    block_at: list[int] = []
    for circle in sorted(filter(None, circle_of), key=lambda each: each.number):
        if circle.pk in circles:
            continue
        circles[circle.pk] = len(circle_rows)
        circle_rows.append((circle.number, circle.name))
        block = circle.block
        if block is not None and block.pk not in blocks:
            blocks[block.pk] = len(block_rows)
            block_rows.append((block.number, block.name))
        block_at.append(blocks[block.pk] if block is not None else -1)
    label, metres = [-1] * len(lot), [0] * len(lot)
    for i, k, m in zip(ready.at.tolist(), found.label.tolist(), found.metres.tolist(), strict=True):
        label[i], metres[i] = k, m
    return Drawn(
        label, metres, [int(ready.at[c]) for c in found.centre], number, name,
        [circles[each.pk] if each else -1 for each in circle_of], circle_rows, block_at, block_rows,
        None,
    )  # fmt: skip


def _told_moves(
    drawn: Drawn, ready: _Ready, made: method_again.Again, home: np.ndarray, old: list[Cluster],
    settings: Settings,
) -> None:  # fmt: skip
    label, alive = made.clusters.label, set(made.was.tolist())
    size = Counter(home[label >= 0].tolist())
    for n in np.flatnonzero((label >= 0) & (home >= 0)):
        was = int(home[n])
        if made.was[label[n]] == was:
            continue
        if was not in alive:
            why: tuple[object, ...] = ("ended",)
        elif size[was] > settings.most:
            why = ("size", size[was])
        else:
            why = ("room",)
        drawn.moved[int(ready.at[n])] = note("moved", old[was].number, *why)
