"""`staffroom plan-cascade`: tiers, groups, trainers, days and cost, from the core team to the teachers."""

import argparse
import time
from pathlib import Path
from typing import Any

from staffroom.cli import BadInput, _cascade_options
from staffroom.cli import _cascade_days as calendar
from staffroom.cli import _cascade_print as printing
from staffroom.cli._sheets import without_server

HELP = "Plan a cascade of training for the clusters that form-clusters made."
EXAMPLES = [
    "staffroom plan-cascade clusters.csv --teachers 22000 --from 2027-01-11 --until 2027-06-30 -o plan.xlsx",
    "staffroom plan-cascade clusters.csv --schools schools.csv --from 2027-01-11 --until 2027-12-03 "
    "--calendar terms.ics --when holidays --places 2 --ical plan.ics",
    "staffroom plan-cascade clusters.csv --teachers 900 --from 2027-01-09 --until 2027-06-26 --weekdays sat "
    "--price travel=0.1,meals=4,materials=3,trainers=20,venue=15 --currency USD --json",
]
DJANGO = False


def arguments(parser: argparse.ArgumentParser) -> None:
    _cascade_options.add(parser)


def run(options: argparse.Namespace) -> None:
    _check(options)
    start = time.monotonic()
    from staffroom.cli import _cascade_files as files
    from staffroom.cli import _cascade_read as reading
    from staffroom.cli import _cascade_told as told
    from staffroom.cli._cascade_rows import Named
    from staffroom.methods.cascade.cost import taken

    for path in filter(None, (options.output, options.csv, options.ical)):
        files.check(path)
    without_server()
    places = reading.places(options.file, options.schools, options.teachers, options.managers)
    days = calendar.days(options)
    settings = _settings(options, days)
    plan = _plan(places, settings, days, options)
    named = Named(plan, places, settings.subjects)
    found = taken(plan, places.network, half=options.half_days)
    tiers, costs = told.tier_rows(named), told.cost_rows(found, options.price)
    others = told.other_rows(places, settings, plan, options.price, half=options.half_days)
    small = sum(1 for group in plan.groups if group.tier == 3 and group.size < options.group[0])
    if small:
        places.notes.append(
            f"{small} groups of teachers have fewer than {options.group[0]} people."
        )
    written = _write(options, named, (tiers, costs, others))
    figures = printing.figures(places, plan, found, options, (tiers, costs, others))
    figures["seconds"] = round(time.monotonic() - start, 2)
    if options.json:
        from staffroom.cli._lists import print_json

        print_json(figures)
    else:
        printing.print_all(figures, (tiers, costs, others), written)


def _check(options: argparse.Namespace) -> None:
    least = (
        "places", "upper_group", "ratio", "upper_ratio", "days", "upper_days", "manager_days", "rooms",
        "upper_rooms", "upper_sittings", "load", "trips", "iterations",
    )  # fmt: skip
    for name in (*least, "teachers", "seats", "circle_trainers"):
        value = getattr(options, name)
        if value is not None and value < 1:
            raise BadInput(f"--{name.replace('_', '-')} takes a number of at least 1.")
    if options.managers < 0 or options.seed < 0:
        raise BadInput("--managers and --seed are not below 0.")
    names = [name.strip() for name in options.subjects.split(",")]
    if not all(names) or len(set(names)) < len(names):
        raise BadInput("--subjects takes different names with commas between them.")


def _settings(options: argparse.Namespace, days: calendar.Days) -> Any:
    from staffroom.methods.cascade.settings import Settings

    low, high = options.group
    if options.seats is not None:
        room = options.seats - -(-high // options.ratio)
        if room < low:
            raise BadInput(
                f"a room seats {options.seats}, but a group of {low} with its trainers needs "
                f"{options.seats + low - room}. Look for larger rooms, or say --group {max(room, 1)}-{max(room, 1)}."
            )
        high = min(high, room)
    step = 2 if options.half_days else 1
    return Settings(
        tuple(name.strip() for name in options.subjects.split(",")), days.open, options.places, high,
        options.upper_group, options.ratio, options.upper_ratio, options.days * step,
        options.upper_days * step, options.manager_days * step, options.rooms, options.upper_rooms,
        options.load * step, options.trips, options.circle_trainers, upper_sittings=options.upper_sittings, seed=options.seed,
        starts=options.iterations,
    )  # fmt: skip


def _plan(places: Any, settings: Any, days: calendar.Days, options: argparse.Namespace) -> Any:
    from staffroom.cli._cascade_told import no_plan
    from staffroom.methods.cascade.plan import plan
    from staffroom.methods.cascade.relax import ways
    from staffroom.methods.cascade.settings import NoPlan

    try:
        return plan(places.network, settings)
    except NoPlan as no:
        found = ways(places.network, settings, days.later)
        raise BadInput(no_plan(places, settings, no, found, options)) from None


def _write(options: argparse.Namespace, named: Any, tables: printing.Tables) -> list[Path]:
    from staffroom.cli import _cascade_files as files
    from staffroom.cli import _cascade_rows as rows
    from staffroom.cli import _cascade_told as told

    written = []
    if options.output:
        tiers, costs, others = tables
        book = files.sheets(named, (told.TIERS, tiers), (told.COST, costs), (told.OTHERS, others))
        files.write(options.output, files.workbook(book))
        written.append(options.output)
    if options.csv:
        files.write(options.csv, files.table(rows.SCHEDULE, rows.schedule_rows(named)))
        written.append(options.csv)
    if options.ical:
        written += files.ical(options.ical, named, options.name, half=options.half_days)
    return written
