"""What a plan is in figures and sentences, and what others would be."""

import argparse
from collections.abc import Sequence
from typing import Any

from staffroom.cli._cascade_read import Places
from staffroom.cli._cascade_rows import Named, day

TIERS = ("trained", "by", "people", "groups", "trainers", "trainer days", "first day", "last day")
OTHERS = ("alternative", "circle trainers", "all trainers", "groups", "last day", "km a teacher",
          "trainer days a teacher", "cost a teacher")  # fmt: skip


def tier_rows(named: Named) -> list[Sequence[Any]]:
    out: list[Sequence[Any]] = []
    for tier in range(4):
        groups = [g for g in named.plan.groups if g.tier == tier]
        if not groups:
            continue
        out.append((
            named.trained[tier], named.training[tier], sum(g.size for g in groups), len(groups),
            sum(1 for t in named.plan.trainers if t.tier == tier),
            sum(len(g.days) * len(g.trainers) for g in groups),
            day(min(g.days[0] for g in groups)), day(max(g.days[-1] for g in groups)),
        ))  # fmt: skip
    return out


def cost_rows(taken: Any, prices: dict[str, float]) -> list[Sequence[Any]]:
    """(line, unit, quantity, a teacher, price, cost, cost a teacher)."""
    from staffroom.methods.cascade.cost import LINES

    out: list[Sequence[Any]] = []
    for line, unit in LINES.items():
        quantity = taken.total(line)
        price = prices.get(line)
        cost = None if price is None else quantity * price
        out.append((
            line, unit, round(quantity, 1), round(quantity / taken.teachers, 3),
            "" if price is None else price, "" if cost is None else round(cost, 2),
            "" if cost is None else round(cost / taken.teachers, 4),
        ))  # fmt: skip
    return out


COST = ("line", "unit", "quantity", "a teacher", "price", "cost", "cost a teacher")


def other_rows(
    places: Places, settings: Any, plan: Any, prices: dict[str, float], *, half: bool
) -> list[Sequence[Any]]:
    from staffroom.methods.cascade.others import alternatives
    from staffroom.methods.cascade.plan import plan as make
    from staffroom.methods.cascade.settings import NoPlan

    out = [_other("this plan", plan, places, prices, half)]
    for name, changed in alternatives(settings, half=half):
        try:
            out.append(_other(name, make(places.network, changed), places, prices, half))
        except NoPlan:
            out.append((name, "", "", "", "no plan", "", "", ""))
    return out


def _other(
    name: str, plan: Any, places: Places, prices: dict[str, float], half: bool
) -> Sequence[Any]:
    from staffroom.methods.cascade.cost import taken

    found = taken(plan, places.network, half=half)
    cost = round(sum(found.cost(prices).values()) / found.teachers, 2) if prices else ""
    return (
        name, sum(1 for t in plan.trainers if t.tier == 3), len(plan.trainers), len(plan.groups),
        day(plan.last_day), round(found.total("travel") / found.teachers, 2),
        round(found.total("trainers") / found.teachers, 3), cost,
    )  # fmt: skip


def no_plan(
    places: Places, settings: Any, no: Any, ways: Sequence[Any], options: argparse.Namespace
) -> str:
    """One sentence what is short, one what is enough."""
    return f"there is no plan. {_short(places, settings, no, options)} {_enough(settings, ways, options)}"


def _short(places: Places, settings: Any, no: Any, options: argparse.Namespace) -> str:
    subject = (*settings.subjects, "managers")[no.subject]
    where = _where(places, no)
    if no.what == "load":
        return (
            f"A training of {no.need} days ({where}) is longer than the {no.have} days that a trainer "
            "may give."
        )
    if no.what == "trainers":
        return (
            f"{where.capitalize()} needs {no.need} trainer days in {subject}, {no.need - no.have} more than the "
            f"{no.have} that its {settings.circle_trainers} trainers a subject can give "
            f"({settings.a_group} trainers a group)."
        )
    after = (
        f" after {day(no.after)}, when the tier above ends"
        if no.after >= settings.open_days[0]
        else ""
    )
    length = (settings.upper_days, settings.upper_days, settings.manager_days, settings.days)[
        no.tier
    ]
    return (
        f"{where.capitalize()} needs {no.need} sittings of {length} {'days' if length > 1 else 'day'} one after "
        f"the other, {no.need - no.have} more than the {no.have} that the calendar has until "
        f"{options.until}{after}."
    )


def _where(places: Places, no: Any) -> str:
    if no.tier == 3:
        return f"circle {places.circle[no.area]}"
    if no.tier:
        who = ("", "circle trainers", "managers")[no.tier]
        return f"the training of {who} in block {places.block[no.area]}"
    return "the training of master trainers"


def _enough(settings: Any, ways: Sequence[Any], options: argparse.Namespace) -> str:
    if not ways:
        return (
            "No single change is enough: relax two of --until, --rooms, --load, --group, --days, "
            "--circle-trainers."
        )
    said = []
    for way in ways:
        if way.what == "until":
            said.append(f"until {day(way.value)} (--until)")
        elif way.what == "circle_trainers":
            more = way.value - (settings.circle_trainers or 0)
            said.append(
                f"{more} more trainers a circle and subject (--circle-trainers {way.value})"
            )
        elif way.what == "rooms":
            said.append(f"{way.value} rooms at a central school, not {settings.rooms} (--rooms)")
        elif way.what == "load":
            factor = 0.5 if options.half_days else 1
            said.append(
                f"{way.value * factor:g} days a trainer, not {settings.load * factor:g} (--load)"
            )
        else:
            said.append(f"{way.value} places a school (--places)")
    return f"Any one of these is enough: {'; '.join(said)}."
