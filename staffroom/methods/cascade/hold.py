"""The groups of one pool put on days, in rooms, before trainers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from staffroom.methods.cascade.calendar import sittings
from staffroom.methods.cascade.demand import MANAGERS, Demand, Pools
from staffroom.methods.cascade.settings import Group, Network, NoPlan, Settings, Trainer
from staffroom.methods.cascade.timetable import Timetable, timetable
from staffroom.methods.cascade.trainers import place

Ints = NDArray[np.int64]


@dataclass
class Built:
    """What a turn has made so far. `pools[tier, area, subject]`: places in `trainers`."""

    trainers: list[Trainer] = field(default_factory=list)
    pools: Pools = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    ends: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, demand: Demand, many: Sequence[int], homes: Sequence[int]) -> None:
        """A pool of trainers a subject; their homes turn, so that no cluster gives them all."""
        for s, count in zip(demand.subjects, many, strict=True):
            start = len(self.trainers)
            self.pools[demand.tier, demand.area, s] = list(range(start, start + count))
            self.trainers += [
                Trainer(demand.tier, s, demand.area, homes[(i + s) % len(homes)])
                for i in range(count)
            ]


def hold(
    network: Network, settings: Settings, built: Built, demand: Demand, parallel: Ints, after: int
) -> tuple[int, Timetable, int]:
    """Put the groups of a demand on days. > the last day, the timetable, the day of its bound."""
    spans = sittings(settings.open_days, demand.length, after)
    need, rooms = demand.need(), np.full(len(demand.clusters), demand.rooms)
    table = timetable(need, rooms, parallel, rng=rng_of(settings, demand), starts=settings.starts)
    if table.length > len(spans):
        raise NoPlan("days", demand.tier, demand.area, 0, table.length, len(spans), after)
    who = [
        _trainers(network, settings, built, demand, table, i) for i in range(len(demand.subjects))
    ]
    left = {key: list(groups) for key, groups in demand.coming.items()}
    for t, sitting in enumerate(table.given):
        room = [0] * len(demand.clusters)
        turn = [0] * len(demand.subjects)
        for (r, p, s), count in sorted(sitting.items()):
            for _group in range(count):
                people = left[r, p, s].pop(0)
                schools = people if demand.tier >= MANAGERS else ()
                trained = () if schools else tuple(t for t, _one in people)
                built.groups.append(Group(
                    demand.tier, demand.subjects[s], demand.area, r, demand.clusters[p], room[p],
                    spans[t], who[s][t][turn[s]], schools, trained,
                ))  # fmt: skip
                room[p] += 1
                turn[s] += 1
    end = spans[table.length - 1][-1] if table.length else after
    built.ends[demand.tier, demand.area] = end
    return end, table, spans[table.bound - 1][-1] if table.bound else after


def _trainers(
    network: Network, settings: Settings, built: Built, demand: Demand, table: Timetable, s: int
) -> list[list[tuple[int, ...]]]:
    """Per sitting, the trainers of each group of one subject, in the order of the sitting's keys."""
    pool = built.pools[demand.tier, demand.area, demand.subjects[s]]
    venues = [
        [p for (_r, p, q), count in sorted(sitting.items()) if q == s for _ in range(count)]
        for sitting in table.given
    ]
    homes = [built.trainers[t].home for t in pool]
    metres = np.zeros((len(pool), len(demand.clusters)), np.int64)
    if network.between is not None:
        metres = network.between[np.ix_(homes, demand.clusters)]
    most = min(settings.load // demand.length, settings.trips)
    found = place(venues, metres, demand.a_group, most)
    assert found is not None, "as many trainers as `_least` asks always suffice"
    return [[tuple(pool[i] for i in each) for each in sitting] for sitting in found]


def rng_of(settings: Settings, demand: Demand) -> np.random.Generator:
    return np.random.default_rng([settings.seed, demand.tier, demand.area + 1])
