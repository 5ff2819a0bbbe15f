"""The figures of a plan, printed."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Tables = tuple[list[Sequence[Any]], list[Sequence[Any]], list[Sequence[Any]]]


def figures(
    places: Any, plan: Any, found: Any, options: argparse.Namespace, tables: Tables
) -> dict[str, Any]:
    from staffroom.cli import _cascade_told as told
    from staffroom.cli._cascade_rows import day

    tiers, costs, others = tables
    cost = sum(found.cost(options.price).values()) if options.price else None
    return {
        "schools": len(places.school), "unplaced": places.unplaced, "clusters": len(places.cluster),
        "circles": len(places.circle), "blocks": len(places.block), "teachers": found.teachers,
        "managers": int(places.network.managers.sum()), "groups": len(plan.groups),
        "trainers": len(plan.trainers), "circle_trainers": sum(1 for t in plan.trainers if t.tier == 3),
        "circle_trainers_bound": plan.fewest, "last_day": day(plan.last_day),
        "last_day_bound": day(plan.bound_day), "sittings": plan.sittings, "sittings_bound": plan.bound,
        "cost": cost, "cost_per_teacher": None if cost is None else cost / found.teachers,
        "currency": options.currency, "iterations": options.iterations, "seed": options.seed,
        "ways_counted": "all" if found.known else "school to centre only",
        "tiers": [dict(zip(told.TIERS, row, strict=True)) for row in tiers],
        "lines": [dict(zip(told.COST, row, strict=True)) for row in costs],
        "alternatives": [dict(zip(told.OTHERS, row, strict=True)) for row in others],
        "notes": places.notes,
    }  # fmt: skip


def print_all(figures: dict[str, Any], tables: Tables, written: Sequence[Path]) -> None:
    from staffroom.cli import _cascade_told as told

    tiers, costs, others = tables
    print(
        f"{figures['teachers']:,} teachers and {figures['managers']:,} managers of {figures['schools']:,} schools in "
        f"{figures['clusters']} clusters, {figures['circles']} circles, {figures['blocks']} blocks"
    )
    if figures["unplaced"]:
        print(f"{figures['unplaced']} schools without a cluster are left out.")
    for note in figures["notes"]:
        print(f"note: {note}")
    _table(told.TIERS, tiers)
    print(
        f"\nlast day {figures['last_day']}; with these trainers, and the tiers above as they are, none ends before "
        f"{figures['last_day_bound']} (the longest circle: {figures['sittings']} sittings, proven at least "
        f"{figures['sittings_bound']})\ncircle trainers: {figures['circle_trainers']}, proven at least "
        f"{figures['circle_trainers_bound']} in this time"
    )
    _table(told.COST, costs)
    if figures["cost"] is not None:
        print(
            f"cost {figures['cost']:,.2f} {figures['currency']}".rstrip()
            + f"; a teacher {figures['cost_per_teacher']:,.2f} {figures['currency']}".rstrip()
        )
    _table(told.OTHERS, others)
    for path in written:
        print(f"written: {path}")


def _table(head: Sequence[str], body: Sequence[Sequence[Any]]) -> None:
    cells = [[f"{c:,}" if isinstance(c, int | float) else str(c) for c in row] for row in body]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    print()
    for row in (head, *cells):
        print(
            "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        )
