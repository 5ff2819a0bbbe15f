"""A plan as rows: groups, schedule, trainers; what files and printed tables are made of."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from staffroom.cli._cascade_read import Places
from staffroom.methods.cascade.ical import Event

Row = Sequence[Any]
GROUPS = ("group", "tier", "subject", "block", "circle", "cluster", "round", "venue", "room", "people",
          "first day", "last day", "days", "trainers", "who comes")  # fmt: skip
SCHEDULE = ("day", "venue", "room", "group", "tier", "subject", "people", "trainers")
TRAINERS = ("trainer", "trains", "subject", "area", "home", "trainings", "days", "from", "until")
#: What begins the name of an area in each tier.
AREA = ("", "block", "block", "circle")


@dataclass
class Named:
    """A plan with names for its groups and trainers, the same names for the same place in every plan."""

    plan: Any
    places: Places
    subjects: tuple[str, ...]

    def __post_init__(self) -> None:
        from staffroom.methods.cascade.settings import TRAINED, TRAINING

        self.trained, self.training = TRAINED, TRAINING
        self.trainer = self._numbered((t.tier, t.area, t.subject) for t in self.plan.trainers)
        self.group = self._groups()

    def subject(self, number: int) -> str:
        return (*self.subjects, "managers")[number]

    def area(self, tier: int, number: int) -> str:
        names = (None, self.places.block, self.places.block, self.places.circle)[tier]
        return f"{AREA[tier]} {names[number]}" if names else "core"

    def _numbered(self, keys: Any) -> list[str]:
        seen: dict[tuple[int, int, int], int] = {}
        out = []
        for key in keys:
            seen[key] = seen.get(key, 0) + 1
            tier, area, subject = key
            out.append(f"{self.area(tier, area)} {self.subject(subject)} {seen[key]}")
        return out

    def _groups(self) -> list[str]:
        seen: dict[tuple[Any, ...], int] = {}
        out = []
        for g in self.plan.groups:
            key = g.tier, g.area, g.cluster, g.subject, g.round
            seen[key] = seen.get(key, 0) + 1
            where = (
                f"cluster {self.places.cluster[g.cluster]}"
                if g.tier == 3
                else self.area(g.tier, g.area)
            )
            # managers of several circles meet within one block: the venue tells them apart
            venue = f" at {self.places.centre[g.cluster]}" if g.tier == 2 else ""
            out.append(
                f"{self.trained[g.tier]}, {where}{venue}, {self.subject(g.subject)}, round {g.round + 1}, group {seen[key]}"
            )
        return out

    def venue(self, group: Any) -> str:
        return self.places.venue[group.cluster] or f"cluster {self.places.cluster[group.cluster]}"

    def trainers_of(self, group: Any) -> str:
        return "; ".join(self.trainer[t] for t in group.trainers)

    def who(self, group: Any) -> str:
        if group.trained:
            return "; ".join(self.trainer[t] for t in group.trained)
        return "; ".join(f"{self.places.school[j]}: {count}" for j, count in group.from_schools)


def day(ordinal: int) -> dt.date:
    return dt.date.fromordinal(ordinal)


def group_rows(named: Named) -> list[Row]:
    places = named.places
    out: list[Row] = []
    for name, g in zip(named.group, named.plan.groups, strict=True):
        circle = int(places.network.circle[g.cluster])
        below = g.tier >= 2
        out.append((
            name, named.trained[g.tier], named.subject(g.subject),
            places.block[int(places.network.block[circle])] if g.tier else "",
            places.circle[circle] if below else "", places.cluster[g.cluster] if g.tier == 3 else "",
            g.round + 1, named.venue(g), g.room + 1, g.size, day(g.days[0]), day(g.days[-1]), len(g.days),
            named.trainers_of(g), named.who(g),
        ))  # fmt: skip
    return out


def schedule_rows(named: Named) -> list[Row]:
    rows: list[Row] = [
        (day(d), named.venue(g), g.room + 1, name, named.trained[g.tier], named.subject(g.subject),
         g.size, named.trainers_of(g))
        for name, g in zip(named.group, named.plan.groups, strict=True) for d in g.days
    ]  # fmt: skip
    return sorted(rows, key=lambda row: tuple(row[:4]))


def trainer_rows(named: Named) -> list[Row]:
    held: dict[int, list[Any]] = {}
    for g in named.plan.groups:
        for t in g.trainers:
            held.setdefault(t, []).append(g)
    out: list[Row] = []
    for number, (name, t) in enumerate(zip(named.trainer, named.plan.trainers, strict=True)):
        own = held.get(number, [])
        spans = [d for g in own for d in g.days]
        out.append((
            name, named.trained[t.tier], named.subject(t.subject), named.area(t.tier, t.area),
            named.places.venue[t.home], len(own), len(spans),
            day(min(spans)) if spans else "", day(max(spans)) if spans else "",
        ))  # fmt: skip
    return out


def events(named: Named, what: str) -> list[tuple[str, Event]]:
    """(area, event) a day of a group. `what`: the name of the cascade, part of every UID."""
    out: list[tuple[str, Event]] = []
    for name, g in zip(named.group, named.plan.groups, strict=True):
        for number, ordinal in enumerate(g.days, start=1):
            told = f"Day {number} of {len(g.days)}. {g.size} people. Room {g.room + 1}.\nTrainers: {named.trainers_of(g)}"
            out.append((
                named.area(g.tier, g.area),
                Event(f"{what}/{name}/{number}", day(ordinal), name, named.venue(g), told),
            ))  # fmt: skip
    return out
