"""What each pool of trainers has to do: the groups of every tier, before they have days."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from staffroom.methods.cascade.groups import by_subject, rounds, seat
from staffroom.methods.cascade.settings import Network, Settings

Ints = NDArray[np.int64]
Coming = dict[tuple[int, int, int], list[tuple[tuple[int, int], ...]]]
#: (tier, area, subject) > places among the plan's trainers.
Pools = dict[tuple[int, int, int], list[int]]
CORE, MASTERS, MANAGERS, TEACHERS = range(4)


@dataclass(frozen=True)
class Demand:
    """What one pool of trainers has to do. `clusters`: the venues. `coming[round, place, subject]`:
    the groups, each as (school, how many), or (trainer, 1) in the tiers above."""

    tier: int
    area: int
    clusters: tuple[int, ...]
    subjects: tuple[int, ...]
    coming: Coming
    rooms: int
    length: int
    a_group: int

    def need(self) -> Ints:
        many = 1 + max((key[0] for key in self.coming), default=0)
        out = np.zeros((many, len(self.clusters), len(self.subjects)), np.int64)
        for key, groups in self.coming.items():
            out[key] = len(groups)
        return out


def of_teachers(network: Network, settings: Settings, circle: int) -> Demand:
    clusters = np.flatnonzero(network.circle == circle)
    coming: Coming = {}
    for p, cluster in enumerate(clusters):
        schools = np.flatnonzero(network.cluster == cluster)
        share = by_subject(network.teachers[schools].tolist(), len(settings.subjects))
        for s in range(len(settings.subjects)):
            sent = rounds(share[:, s].tolist(), settings.places)
            for r in range(sent.shape[1]):
                pairs = list(zip(schools.tolist(), sent[:, r].tolist(), strict=True))
                coming[r, p, s] = seat(pairs, settings.group)
    return Demand(
        TEACHERS, circle, tuple(clusters.tolist()), tuple(range(len(settings.subjects))), coming,
        settings.rooms, settings.days, settings.a_group,
    )  # fmt: skip


def of_masters(network: Network, settings: Settings, pools: Pools, block: int) -> Demand:
    """The block's circle trainers, to be trained by its master trainers."""
    coming: Coming = {}
    for s in range(len(settings.subjects)):
        circles = np.flatnonzero(network.block == block).tolist()
        who = [(t, 1) for r in circles for t in pools[TEACHERS, r, s]]
        coming[0, 0, s] = seat(who, settings.upper_group)
    return Demand(
        MASTERS, block, (network.block_venue(block),), tuple(range(len(settings.subjects))), coming,
        settings.upper_rooms, settings.upper_days, settings.upper_a_group,
    )  # fmt: skip


def of_managers(network: Network, settings: Settings, block: int) -> Demand:
    circles = np.flatnonzero(network.block == block).tolist()
    coming: Coming = {}
    for p, r in enumerate(circles):
        schools = np.flatnonzero(network.circle[network.cluster] == r).tolist()
        coming[0, p, 0] = seat([(j, int(network.managers[j])) for j in schools], settings.group)
    return Demand(
        MANAGERS, block, tuple(network.circle_venue(r) for r in circles), (len(settings.subjects),),
        coming, settings.upper_rooms, settings.manager_days, settings.a_group,
    )  # fmt: skip


def of_core(network: Network, settings: Settings, pools: Pools, blocks: int) -> Demand:
    """All master trainers, by subject, those of the managers as a subject of their own."""
    subjects = len(settings.subjects)
    coming: Coming = {}
    for s in range(subjects + 1):
        tier = MANAGERS if s == subjects else MASTERS
        who = [(t, 1) for b in range(blocks) for t in pools[tier, b, s]]
        coming[0, 0, s] = seat(who, settings.upper_group)
    return Demand(
        CORE, -1, (network.core_venue(),), tuple(range(subjects + 1)), coming,
        settings.upper_rooms, settings.upper_days, settings.upper_a_group,
    )  # fmt: skip
