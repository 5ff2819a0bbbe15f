"""Clusters formed again, part by part, from those of before: `reform.py` for each part."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from staffroom.methods.formation.clusters import Clusters, Part
from staffroom.methods.formation.earth import Ints, Points
from staffroom.methods.formation.reform import reform


@dataclass(frozen=True)
class Again:
    """`was`: (K,) which cluster of before each is, -1 for a new one. Nothing is proven of the metres."""

    clusters: Clusters
    was: Ints


def reform_parts(
    points: Points, parts: Sequence[Part], home: Ints, heart: Ints, low: int, high: int, *,
    fixed_number: bool,
) -> Again:  # fmt: skip
    """`home`: (n,) the cluster each school had, -1 for new ones. `heart`: (C,) the central school each
    cluster had, -1 where it is gone. `fixed_number`: each part has the clusters it says, else as many as
    before, where sizes allow. What is left of a cluster in another part than most of it is as new."""
    n = len(points)
    label, metres = np.full(n, -1, np.int64), np.zeros(n, np.int64)
    centres: list[int] = []
    was: list[int] = []
    owner = _owners(parts, home, len(heart))
    for number, part in enumerate(parts):
        own = home[part.which].copy()
        own[(own >= 0) & (owner[own] != number)] = -1
        place = np.full(n + 1, -1)
        place[part.which] = np.arange(len(part.which))
        made = reform(
            points.take(part.which), own, place[heart], low, high,
            part.clusters if fixed_number else None,
        )  # fmt: skip
        for k in np.unique(made.label):
            label[part.which[made.label == k]] = len(centres)
            centres.append(int(part.which[made.centre[k]]))
            was.append(int(k) if k < len(heart) else -1)
        metres[part.which] = made.metres
    total = int(metres.sum())
    found = Clusters(label, np.array(centres, np.int64), metres, None, 0, total, 0.0)
    return Again(found, np.array(was, np.int64))


def _owners(parts: Sequence[Part], home: Ints, clusters: int) -> Ints:
    """(C,) the part where most schools of each earlier cluster are now."""
    count = np.zeros((clusters, len(parts)), int)
    for number, part in enumerate(parts):
        own = home[part.which]
        np.add.at(count[:, number], own[own >= 0], 1)
    return count.argmax(axis=1)
