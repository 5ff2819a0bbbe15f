"""From what the programme knows to a plan: places, teachers, days. NumPy is loaded by the worker alone."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Count, Q

from staffroom.core.clock import today
from staffroom.core.errors import Refused
from staffroom.places.calendar import open_days
from staffroom.places.models import (
    Area,
    Cluster,
    ClusterPlan,
    ClusterSchool,
    Holiday,
    Posting,
    Programme,
    School,
    SchoolTerm,
    on_date,
)
from staffroom.places.queries import area_paths

#: Days after the last one that may be tried where there is no plan.
LATER = 365
LINES = ("travel", "meals", "materials", "trainers", "venue")
WHEN = ("terms", "between", "any")


@dataclass(frozen=True)
class Choices:
    """What was asked; kept as `CascadePlan.settings`. `teachers`: in all, 0 for those that are posted.

    `prices`: of a km, a meal, materials a person, a trainer's day, a room's day; those that are told.
    """

    first: str
    until: str
    subjects: tuple[str, ...]
    teachers: int = 0
    managers: int = 1
    places: int = 1
    group: int = 30
    upper_group: int = 24
    ratio: int = 15
    upper_ratio: int = 12
    days: int = 3
    upper_days: int = 5
    manager_days: int = 2
    rooms: int = 3
    upper_rooms: int = 5
    load: int = 30
    circle_trainers: int = 0
    when: str = "terms"
    prices: dict[str, float] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        return asdict(self) | {"subjects": list(self.subjects)}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Choices":
        return cls(**{**kept, "subjects": tuple(kept["subjects"])})


@dataclass
class Ground:
    """The places by their order in `network`: schools, clusters (with their centres), circles, blocks."""

    network: Any
    schools: list[Any]
    clusters: list[Cluster]
    circles: list[Any]
    blocks: list[Any]
    centres: list[School]

    def area(self, tier: int, number: int) -> str:
        """In words: the circle of a tier of teachers, else the block; "" for all."""
        from django.utils.translation import gettext as _

        if number < 0:
            return ""
        found = (self.circles if tier == 3 else self.blocks)[number]
        if found is None:
            return ""
        words = _("Circle %(number)s") if tier == 3 else _("Block %(number)s")
        return found.name or words % {"number": found.number}


def ground(clusters: ClusterPlan, choices: Choices) -> Ground:
    """Refused where nobody is to be trained."""
    import numpy as np

    from staffroom.methods.cascade.groups import share
    from staffroom.methods.cascade.settings import Network
    from staffroom.methods.formation.earth import between, points

    rows = list(
        ClusterSchool.objects.filter(plan=clusters)
        .exclude(cluster=None)
        .order_by("cluster__number", "pk")
        .values_list("school_id", "cluster_id", "metres")
    )
    every = list(
        Cluster.objects.filter(plan=clusters)
        .select_related("centre", "circle__block")
        .order_by("number")
    )
    if not rows:
        raise Refused(_no_clusters())
    at = {cluster.pk: number for number, cluster in enumerate(every)}
    circles, circle = _numbered([cluster.circle for cluster in every], alone=True)
    blocks, block = _numbered([c.block if c else None for c in circles], alone=False)
    counted = _posted(clusters.programme)
    told = [counted.get(school, 0) for school, _cluster, _metres in rows]
    if choices.teachers:
        told = share(choices.teachers, told if any(told) else [1] * len(rows))
    if not any(told):
        raise Refused(_nobody(), "teachers")
    centres = [cluster.centre for cluster in every]
    metres = None
    if all(c.latitude is not None and c.longitude is not None for c in centres):
        where = points(
            np.array([c.latitude for c in centres], float),
            np.array([c.longitude for c in centres], float),
        )
        metres = between(where, where).astype(np.int64)
    network = Network(
        np.array([at[cluster] for _school, cluster, _metres in rows]), np.array(circle),
        np.array(block), np.array(told), np.full(len(rows), choices.managers),
        np.array([m for _school, _cluster, m in rows]), metres,
    )  # fmt: skip
    return Ground(network, [row[0] for row in rows], every, circles, blocks, centres)


def _numbered(rows: list[Any], *, alone: bool) -> tuple[list[Any], list[int]]:
    """The different ones, and the number of each row's; a row without one is alone, or with the others."""
    seen: dict[Any, int] = {}
    found: list[Any] = []
    out = []
    for number, row in enumerate(rows):
        key = row.pk if row is not None else (("alone", number) if alone else None)
        if key not in seen:
            seen[key] = len(found)
            found.append(row)
        out.append(seen[key])
    return found, out


def _posted(programme: Programme) -> dict[Any, int]:
    roles = [Posting.Role.TEACHER, Posting.Role.DEPUTY]
    rows = Posting.objects.filter(
        on_date(today(programme.timezone)), school__programme=programme, role__in=roles
    )
    return dict(rows.values_list("school").annotate(n=Count("person", distinct=True)))


def _no_clusters() -> str:
    from django.utils.translation import gettext as _

    return _("This plan of clusters has no school in a cluster. Form the clusters first.")


def _nobody() -> str:
    from django.utils.translation import gettext as _

    return _("Nobody is posted at these schools. Write how many teachers there are.")


def days_of(clusters: ClusterPlan, choices: Choices) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Ordinals of the days that are open where the clusters are, and of those after the last one."""
    programme = clusters.programme
    first, until = dt.date.fromisoformat(choices.first), dt.date.fromisoformat(choices.until)
    end = until + dt.timedelta(days=LATER)
    good = _open(clusters, first, end, choices.when)
    days = [first + dt.timedelta(days=n) for n in range((end - first).days + 1)]
    able = [day for day in days if day in good and day.weekday() not in programme.weekend]
    return (
        tuple(day.toordinal() for day in able if day <= until),
        tuple(day.toordinal() for day in able if day > until),
    )


def _open(clusters: ClusterPlan, first: dt.date, last: dt.date, when: str) -> set[dt.date]:
    programme, area = clusters.programme, clusters.area
    taught = open_days(programme, first, last, area)
    if when == "terms":
        return taught
    days = {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}
    terms = list(SchoolTerm.objects.filter(programme=programme))
    free = {
        day
        for holiday in Holiday.objects.filter(_of_area(area, first), programme=programme)
        for day in _span(holiday, first, last)
    }
    if when == "any":
        return days - free
    return {d for d in days - free if not any(t.first_day <= d <= t.last_day for t in terms)}


def _of_area(area: Area | None, day: dt.date) -> Q:
    """Holidays of everybody, and those of the area and what is around it."""
    around = area_paths({area.pk}, day)[area.pk] if area else []
    return Q(area=None) | Q(area__in=around)


def _span(holiday: Holiday, first: dt.date, last: dt.date) -> list[dt.date]:
    begin, end = max(holiday.first_day, first), min(holiday.last_day, last)
    return [begin + dt.timedelta(days=n) for n in range((end - begin).days + 1)]


def settings_of(choices: Choices, days: tuple[int, ...]) -> Any:
    from staffroom.methods.cascade.settings import Settings

    return Settings(
        choices.subjects, days, choices.places, choices.group, choices.upper_group, choices.ratio,
        choices.upper_ratio, choices.days, choices.upper_days, choices.manager_days, choices.rooms,
        choices.upper_rooms, choices.load, circle_trainers=choices.circle_trainers or None,
    )  # fmt: skip


def figures(made: Any, ground: Ground, settings: Any, prices: dict[str, float]) -> dict[str, Any]:
    """What is kept of a plan: tiers, cost by line, others beside it. Plain enough for JSON."""
    from staffroom.methods.cascade.cost import taken

    found = taken(made, ground.network)
    return {
        "schools": len(ground.schools), "clusters": len(ground.clusters), "circles": len(ground.circles),
        "blocks": len(ground.blocks), "teachers": found.teachers, "known": found.known,
        "managers": int(ground.network.managers.sum()), "groups": len(made.groups),
        "trainers": len(made.trainers), "fewest": made.fewest,
        "last": _day(made.last_day), "bound": _day(made.bound_day),
        "tiers": [_tier(made, tier) for tier in range(4)],
        "lines": [_line(found, line, prices) for line in LINES],
        "cost": _cost(found, prices),
        "others": _others(ground, settings, prices),
    }  # fmt: skip


def _day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


def _tier(made: Any, tier: int) -> dict[str, Any]:
    groups = [group for group in made.groups if group.tier == tier]
    return {
        "people": sum(group.size for group in groups), "groups": len(groups),
        "trainers": sum(1 for trainer in made.trainers if trainer.tier == tier),
        "first": _day(min(group.days[0] for group in groups)) if groups else "",
        "last": _day(max(group.days[-1] for group in groups)) if groups else "",
    }  # fmt: skip


def _line(found: Any, line: str, prices: dict[str, float]) -> dict[str, Any]:
    quantity, price = found.total(line), prices.get(line)
    cost = None if price is None else round(quantity * price, 2)
    each = None if cost is None else round(cost / found.teachers, 2)
    return {
        "line": line,
        "quantity": round(quantity, 1),
        "price": price,
        "cost": cost,
        "each": each,
    }


def _cost(found: Any, prices: dict[str, float]) -> float | None:
    return round(sum(found.cost(prices).values()), 2) if prices else None


def _others(ground: Ground, settings: Any, prices: dict[str, float]) -> list[dict[str, Any]]:
    from staffroom.methods.cascade.cost import taken
    from staffroom.methods.cascade.others import alternatives
    from staffroom.methods.cascade.plan import plan
    from staffroom.methods.cascade.settings import NoPlan

    out: list[dict[str, Any]] = []
    for key, changed in alternatives(settings):
        try:
            made = plan(ground.network, changed)
        except NoPlan:
            out.append({"key": key})
            continue
        found = taken(made, ground.network)
        cost = _cost(found, prices)
        out.append(
            {
                "key": key, "trainers": len(made.trainers), "groups": len(made.groups),
                "last": _day(made.last_day), "km": round(found.total("travel") / found.teachers, 2),
                "each": None if cost is None else round(cost / found.teachers, 2),
            }
        )  # fmt: skip
    return out
