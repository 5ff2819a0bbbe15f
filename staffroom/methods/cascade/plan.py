"""The whole plan, from the core team to the last teacher.

    core team > master trainers (per block and subject) > circle trainers (per circle and subject) >
    teachers at their cluster's central school; managers (head teachers) by master trainers of their
    own, at the circle's venue, before the circle's teachers begin and so never beside them.

Every tier of a block ends before the next begins, so that whoever trains has been trained, and a venue
that serves two tiers is never asked twice on one day. Within a tier see `timetable`. How many trainers
a tier needs depends on the time that the tiers above it leave, and theirs on how many they train:
counted again until it stands; numbers only grow from turn to turn, so it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from staffroom.methods.cascade.calendar import sittings
from staffroom.methods.cascade.groups import by_subject, rounds, seat
from staffroom.methods.cascade.settings import Group, Network, NoPlan, Plan, Settings, Trainer
from staffroom.methods.cascade.timetable import Timetable, timetable
from staffroom.methods.cascade.trainers import place

Ints = NDArray[np.int64]
Coming = dict[tuple[int, int, int], list[tuple[tuple[int, int], ...]]]
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


def plan(network: Network, settings: Settings) -> Plan:
    """A plan without any double booking, or `NoPlan` where it first fails to fit."""
    teachers = [_teachers(network, settings, r) for r in range(len(network.block))]
    parallel = [_least(demand, settings) for demand in teachers]
    if not settings.open_days or not network.teachers.any():
        raise NoPlan("days", CORE, -1, 0, 1, len(settings.open_days))
    while True:
        built = _above(network, settings, teachers, parallel)
        free = [built.ends[MANAGERS, int(b)] for b in network.block]
        more = [
            _enough(demand, start, settings, each)
            for demand, start, each in zip(teachers, free, parallel, strict=True)
        ]
        if all((a == b).all() for a, b in zip(more, parallel, strict=True)):
            break
        parallel = more
    return _finish(network, settings, built, teachers, parallel)


def _finish(
    network: Network, settings: Settings, built: "_Built", teachers: Sequence[Demand],
    parallel: Sequence[Ints],
) -> Plan:  # fmt: skip
    longest, bound_day, fewest = (0, 0), 0, 0
    for demand, each in zip(teachers, parallel, strict=True):
        free = built.ends[MANAGERS, int(network.block[demand.area])]
        _end, table, day = _hold(network, settings, built, demand, each, free)
        have = len(sittings(settings.open_days, demand.length, free))
        fewest += _fewest(demand, settings, have)
        longest, bound_day = max(longest, (table.length, table.bound)), max(bound_day, day)
    groups = sorted(built.groups, key=lambda g: (g.days, g.tier, g.area, g.cluster, g.room))
    return Plan(tuple(built.trainers), tuple(groups), *longest, bound_day, fewest)


def _fewest(demand: Demand, settings: Settings, have: int) -> int:
    """Trainers below which there is no plan: by their load, and by the sittings there are."""
    most = min(settings.load // demand.length, settings.trips)
    total = demand.need().sum(axis=(0, 1))
    if not total.any():
        return 0
    by_load = -(-total * demand.a_group // most)
    by_time = -(-total // have) * demand.a_group
    return int(np.maximum(by_load, by_time).sum())


def _teachers(network: Network, settings: Settings, circle: int) -> Demand:
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


def _least(demand: Demand, settings: Settings) -> Ints:
    """Groups at once that the pool must be able to take, for its load alone."""
    most = min(settings.load // demand.length, settings.trips)
    total = demand.need().sum(axis=(0, 1))
    if not most and total.any():
        raise NoPlan("load", demand.tier, demand.area, 0, demand.length, settings.load)
    least: Ints = np.maximum(-(-total // max(most, 1)), 1)
    if demand.tier == TEACHERS and settings.circle_trainers is not None:
        given = settings.circle_trainers // demand.a_group
        # trainers × most must cover groups × a_group, as `trainers.place` asks
        short = total * demand.a_group - settings.circle_trainers * most
        if given < 1 or (short > 0).any():
            s = int(short.argmax())
            raise NoPlan(
                "trainers", demand.tier, demand.area, s,
                int(max(total[s], 1)) * demand.a_group * demand.length,
                settings.circle_trainers * most * demand.length,
            )  # fmt: skip
        return np.full_like(least, given)
    return least


def _enough(demand: Demand, after: int, settings: Settings, least: Ints) -> Ints:
    """The fewest groups at once, the same step for every subject, that fit what the calendar leaves."""
    have = len(sittings(settings.open_days, demand.length, after))
    need, rooms = demand.need(), np.full(len(demand.clusters), demand.rooms)
    total = need.sum(axis=(0, 1))
    parallel = np.maximum(least, -(-total // have) if have else 1)
    fixed = settings.circle_trainers is not None
    parallel = least if fixed else parallel
    while True:
        length = timetable(
            need, rooms, parallel, rng=_rng(settings, demand), starts=settings.starts
        ).length
        if length <= have:
            return parallel
        if fixed or (parallel >= total).all():
            raise NoPlan("days", demand.tier, demand.area, 0, length, have, after)
        parallel = np.where(parallel < total, parallel + 1, parallel)


def _rng(settings: Settings, demand: Demand) -> np.random.Generator:
    return np.random.default_rng([settings.seed, demand.tier, demand.area + 1])


@dataclass
class _Built:
    """What a turn has made so far. `pools[tier, area, subject]`: places in `trainers`."""

    trainers: list[Trainer] = field(default_factory=list)
    pools: dict[tuple[int, int, int], list[int]] = field(default_factory=dict)
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


def _above(
    network: Network, settings: Settings, teachers: Sequence[Demand], parallel: Sequence[Ints]
) -> _Built:
    """The tiers above the teachers, held; `ends[MANAGERS, block]` is when its teachers may begin."""
    built = _Built()
    for demand, each in zip(teachers, parallel, strict=True):
        built.add(demand, _many(demand, each, settings.circle_trainers), demand.clusters)
    blocks = range(int(network.block.max()) + 1)
    middle = [
        (_masters(network, settings, built, b), _managers(network, settings, b)) for b in blocks
    ]
    at_once = [tuple(_upper(demand, settings) for demand in both) for both in middle]
    for b in blocks:
        homes = [network.circle_venue(int(r)) for r in np.flatnonzero(network.block == b)]
        for demand, each in zip(middle[b], at_once[b], strict=True):
            built.add(demand, _many(demand, each), homes)
    core = _core(network, settings, built, len(middle))
    each = _upper(core, settings)
    built.add(core, _many(core, each), core.clusters)
    end = _hold(network, settings, built, core, each, settings.open_days[0] - 1)[0]
    for both, each_of in zip(middle, at_once, strict=True):
        after = end
        for demand, each in zip(both, each_of, strict=True):
            after = _hold(network, settings, built, demand, each, after)[0]
    return built


def _many(demand: Demand, parallel: Ints, given: int | None = None) -> list[int]:
    wanted = demand.need().sum(axis=(0, 1)) > 0
    each = parallel * demand.a_group if given is None else np.full_like(parallel, given)
    return (each * wanted).tolist()


def _upper(demand: Demand, settings: Settings) -> Ints:
    total = demand.need().sum(axis=(0, 1))
    return np.maximum(_least(demand, settings), -(-total // settings.upper_sittings))


def _masters(network: Network, settings: Settings, built: _Built, block: int) -> Demand:
    """The block's circle trainers, to be trained by its master trainers."""
    coming: Coming = {}
    for s in range(len(settings.subjects)):
        circles = np.flatnonzero(network.block == block).tolist()
        who = [(t, 1) for r in circles for t in built.pools[TEACHERS, r, s]]
        coming[0, 0, s] = seat(who, settings.upper_group)
    return Demand(
        MASTERS, block, (network.block_venue(block),), tuple(range(len(settings.subjects))), coming,
        settings.upper_rooms, settings.upper_days, settings.upper_a_group,
    )  # fmt: skip


def _managers(network: Network, settings: Settings, block: int) -> Demand:
    circles = np.flatnonzero(network.block == block).tolist()
    coming: Coming = {}
    for p, r in enumerate(circles):
        schools = np.flatnonzero(network.circle[network.cluster] == r).tolist()
        coming[0, p, 0] = seat([(j, int(network.managers[j])) for j in schools], settings.group)
    return Demand(
        MANAGERS, block, tuple(network.circle_venue(r) for r in circles), (len(settings.subjects),),
        coming, settings.upper_rooms, settings.manager_days, settings.a_group,
    )  # fmt: skip


def _core(network: Network, settings: Settings, built: _Built, blocks: int) -> Demand:
    """All master trainers, by subject, those of the managers as a subject of their own."""
    subjects = len(settings.subjects)
    coming: Coming = {}
    for s in range(subjects + 1):
        tier = MANAGERS if s == subjects else MASTERS
        who = [(t, 1) for b in range(blocks) for t in built.pools[tier, b, s]]
        coming[0, 0, s] = seat(who, settings.upper_group)
    return Demand(
        CORE, -1, (network.core_venue(),), tuple(range(subjects + 1)), coming,
        settings.upper_rooms, settings.upper_days, settings.upper_a_group,
    )  # fmt: skip


def _hold(
    network: Network, settings: Settings, built: _Built, demand: Demand, parallel: Ints, after: int
) -> tuple[int, Timetable, int]:
    """Put the groups of a demand on days. > the last day, the timetable, the day of its bound."""
    spans = sittings(settings.open_days, demand.length, after)
    need, rooms = demand.need(), np.full(len(demand.clusters), demand.rooms)
    table = timetable(need, rooms, parallel, rng=_rng(settings, demand), starts=settings.starts)
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
    network: Network, settings: Settings, built: _Built, demand: Demand, table: Timetable, s: int
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
