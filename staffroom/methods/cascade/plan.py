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

import numpy as np
from numpy.typing import NDArray

from staffroom.methods.cascade.calendar import sittings
from staffroom.methods.cascade.demand import (
    CORE,
    MANAGERS,
    TEACHERS,
    Demand,
    of_core,
    of_managers,
    of_masters,
    of_teachers,
)
from staffroom.methods.cascade.hold import Built, hold, rng_of
from staffroom.methods.cascade.settings import Network, NoPlan, Plan, Settings
from staffroom.methods.cascade.timetable import timetable

Ints = NDArray[np.int64]


def plan(network: Network, settings: Settings) -> Plan:
    """A plan without any double booking, or `NoPlan` where it first fails to fit."""
    teachers = [of_teachers(network, settings, r) for r in range(len(network.block))]
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
    network: Network, settings: Settings, built: Built, teachers: Sequence[Demand],
    parallel: Sequence[Ints],
) -> Plan:  # fmt: skip
    longest, bound_day, fewest = (0, 0), 0, 0
    for demand, each in zip(teachers, parallel, strict=True):
        free = built.ends[MANAGERS, int(network.block[demand.area])]
        _end, table, day = hold(network, settings, built, demand, each, free)
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
            need, rooms, parallel, rng=rng_of(settings, demand), starts=settings.starts
        ).length
        if length <= have:
            return parallel
        if fixed or (parallel >= total).all():
            raise NoPlan("days", demand.tier, demand.area, 0, length, have, after)
        parallel = np.where(parallel < total, parallel + 1, parallel)


def _above(
    network: Network, settings: Settings, teachers: Sequence[Demand], parallel: Sequence[Ints]
) -> Built:
    """The tiers above the teachers, held; `ends[MANAGERS, block]` is when its teachers may begin."""
    built = Built()
    for demand, each in zip(teachers, parallel, strict=True):
        built.add(demand, _many(demand, each, settings.circle_trainers), demand.clusters)
    blocks = range(int(network.block.max()) + 1)
    middle = [
        (of_masters(network, settings, built.pools, b), of_managers(network, settings, b))
        for b in blocks
    ]
    at_once = [tuple(_upper(demand, settings) for demand in both) for both in middle]
    for b in blocks:
        homes = [network.circle_venue(int(r)) for r in np.flatnonzero(network.block == b)]
        for demand, each in zip(middle[b], at_once[b], strict=True):
            built.add(demand, _many(demand, each), homes)
    core = of_core(network, settings, built.pools, len(middle))
    each = _upper(core, settings)
    built.add(core, _many(core, each), core.clusters)
    end = hold(network, settings, built, core, each, settings.open_days[0] - 1)[0]
    for both, each_of in zip(middle, at_once, strict=True):
        after = end
        for demand, each in zip(both, each_of, strict=True):
            after = hold(network, settings, built, demand, each, after)[0]
    return built


def _many(demand: Demand, parallel: Ints, given: int | None = None) -> list[int]:
    wanted = demand.need().sum(axis=(0, 1)) > 0
    each = parallel * demand.a_group if given is None else np.full_like(parallel, given)
    return (each * wanted).tolist()


def _upper(demand: Demand, settings: Settings) -> Ints:
    total = demand.need().sum(axis=(0, 1))
    return np.maximum(_least(demand, settings), -(-total // settings.upper_sittings))
