"""Clusters after schools opened or closed: as few schools as possible change theirs, then few metres."""

from dataclasses import dataclass

import numpy as np

from staffroom.methods.formation.assign import assign, medoid
from staffroom.methods.formation.earth import Ints, Points, between, pairwise
from staffroom.methods.formation.sizes import fits, possible

#: Up to here the fewest moves are found for the whole list; above it around each cluster to be mended.
WHOLE = 1500


@dataclass(frozen=True)
class Reformed:
    """`label`: (n,) the clusters as in `home`, new ones counted on. `centre`: (K,) by label, -1 where a
    cluster is no more. `metres`: (n,). `added`: the schools around which clusters were opened."""

    label: Ints
    centre: Ints
    metres: Ints
    added: Ints


def reform(
    points: Points, home: Ints, centre: Ints, low: int, high: int, clusters: int | None = None
) -> Reformed:
    """`home`: (n,) the cluster each school had, -1 for new ones; `centre`: (C,) the central school each
    cluster had, -1 where it is gone. The number of clusters stays unless sizes (or `clusters`) force it.

    Moving costs more than all metres together, so that the assignment (`assign.py`, exact) moves as few
    schools as it can; a central school stays one. ValueError when n cannot be cut within bounds.
    """
    n, home = len(points), home.copy()
    choices = possible(n, low, high)
    living = [int(k) for k in np.unique(home[home >= 0])]
    if not choices or (clusters is not None and clusters not in choices):
        raise ValueError(f"{n} cannot be cut into clusters of {low} to {high}")
    wanted = clusters or min(max(len(living), choices[0]), choices[-1])
    while len(living) > wanted:
        smallest = min(living, key=lambda k: (int((home == k).sum()), k))
        home[home == smallest] = -1
        living.remove(smallest)
    hearts = [_heart(points, home, int(centre[k]), k) for k in living]
    added: list[int] = []
    while len(living) < wanted:
        added.append(_farthest(points, home, hearts))
        hearts.append(added[-1])
        living.append(len(centre) + len(added) - 1)
        home[added[-1]] = living[-1]
    names, at = np.array(living), np.array(hearts)
    place = np.full(int(names.max()) + 1, -1)
    place[names] = np.arange(len(names))
    home = np.where(home >= 0, place[home], -1)
    label = _assigned(points, home, at, low, high)
    for k in range(len(names) - len(added), len(names)):
        own = np.flatnonzero(label == k)
        some = points.take(own)
        at[k] = own[medoid(between(some, some), np.arange(len(own)))]
    out = np.full(len(place), -1)
    out[names] = at
    metres = pairwise(points, points.take(at[label])).astype(np.int64)
    return Reformed(names[label], out, metres, np.array(added, np.int64))


def _heart(points: Points, home: Ints, before: int, cluster: int) -> int:
    if before >= 0 and home[before] == cluster:
        return before
    own = np.flatnonzero(home == cluster)
    some = points.take(own)
    return int(own[medoid(between(some, some), np.arange(len(own)))])


def _farthest(points: Points, home: Ints, hearts: list[int]) -> int:
    """The school without a cluster, else of all, that is farthest from every central school."""
    waiting = np.flatnonzero(home < 0)
    some = waiting if len(waiting) else np.setdiff1d(np.arange(len(home)), hearts)
    if not hearts:
        return int(some[0])
    far = np.full(len(some), 2**31 - 1)
    for heart in hearts:
        one = points.take(np.full(len(some), heart))
        far = np.minimum(far, pairwise(points.take(some), one))
    return int(some[np.argmax(far)])


def _cost(points: Points, home: Ints, at: Ints, names: Ints, members: Ints) -> np.ndarray:
    metres = between(points.take(at[names]), points.take(members)).astype(np.int64)
    away = (home[members][None, :] >= 0) & (home[members][None, :] != names[:, None])
    return metres + away * (int(metres.max()) * len(members) + 1)


def _assigned(points: Points, home: Ints, at: Ints, low: int, high: int) -> Ints:
    n, every = len(home), np.arange(len(at))
    if n <= WHOLE:
        return assign(_cost(points, home, at, every, np.arange(n)), at, low, high)
    label = home.copy()
    for i in np.flatnonzero(home < 0):
        label[i] = np.argmin(between(points.take(at), points.take(np.array([i])))[:, 0])
    for k in every:
        many = 4
        while not low <= (label == k).sum() <= high:
            near = _around(points, at, int(k), many)
            members = np.flatnonzero(np.isin(label, near))
            if fits(len(members), len(near), low, high):
                local = np.searchsorted(members, at[near])
                label[members] = near[
                    assign(_cost(points, home, at, near, members), local, low, high)
                ]
            many *= 2
    return label


def _around(points: Points, at: Ints, k: int, many: int) -> Ints:
    far = between(points.take(at[[k]]), points.take(at))[0].astype(np.int64)
    far[k] = -1
    return np.sort(np.argsort(far, kind="stable")[:many])
