"""`staffroom plan-cascade`: tiers, groups, trainers, days and cost, from the core team to the teachers."""

import argparse
import time
from pathlib import Path
from typing import Any

from staffroom.cli import BadInput
from staffroom.cli import _cascade_days as calendar
from staffroom.cli import _cascade_print as printing

HELP = "Plan a cascade of training for the clusters that form-clusters made."
EXAMPLES = [
    "staffroom plan-cascade clusters.csv --teachers 22000 --from 2027-01-11 --until 2027-06-30 -o plan.xlsx",
    "staffroom plan-cascade clusters.csv --schools schools.csv --from 2027-01-11 --until 2027-12-03 "
    "--calendar terms.ics --when holidays --places 2 --ical plan.ics",
    "staffroom plan-cascade clusters.csv --teachers 900 --from 2027-01-09 --until 2027-06-26 --weekdays sat "
    "--price travel=0.1,meals=4,materials=3,trainers=20,venue=15 --currency USD --json",
]
DJANGO = False
SUBJECTS = "maths,languages,science,pedagogy,parents"


def arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "file",
        type=Path,
        help="what form-clusters wrote: id, cluster, circle, block, centre, km_to_centre",
    )
    add(
        "--from",
        dest="from_",
        type=calendar.day,
        required=True,
        metavar="DAY",
        help="first day, 2027-01-11",
    )
    add("--until", type=calendar.day, required=True, metavar="DAY", help="last day")
    add(
        "--teachers",
        type=int,
        metavar="N",
        help="teachers in all, shared by the column teachers or evenly",
    )
    add(
        "--schools", type=Path, help="list of schools that adds latitude, longitude, teachers by id"
    )
    add(
        "--managers",
        type=int,
        default=1,
        metavar="N",
        help="head teachers a school, trained apart (1)",
    )
    add("--subjects", default=SUBJECTS, help=f"with commas; a teacher takes one ({SUBJECTS})")
    add(
        "--places",
        type=int,
        default=1,
        metavar="N",
        help="teachers a school sends a subject and round (1)",
    )
    add("--group", type=_span, default=(15, 30), metavar="A-B", help="people in a group (15-30)")
    add(
        "--upper-group",
        type=int,
        default=24,
        metavar="N",
        help="most trainers trained in a group (24)",
    )
    add("--ratio", type=int, default=15, metavar="N", help="most teachers a trainer (15)")
    add(
        "--upper-ratio",
        type=int,
        default=12,
        metavar="N",
        help="most trainers-to-be a trainer (12)",
    )
    add("--days", type=int, default=3, metavar="N", help="days of a teacher's training (3)")
    add("--upper-days", type=int, default=5, metavar="N", help="days of a trainer's training (5)")
    add("--manager-days", type=int, default=2, metavar="N", help="days of a manager's training (2)")
    add("--half-days", action="store_true", help="mornings only: each day is taught on two")
    add("--rooms", type=int, default=3, metavar="N", help="groups at once at a central school (3)")
    add("--upper-rooms", type=int, default=5, metavar="N", help="the same in the tiers above (5)")
    add(
        "--upper-sittings", type=int, default=2, metavar="N",
        help="trainings one after the other in each tier above, rooms allowing (2)",
    )  # fmt: skip
    add("--seats", type=int, metavar="N", help="people a room seats, trainers included")
    add("--load", type=int, default=30, metavar="DAYS", help="most days that a trainer trains (30)")
    add(
        "--trips",
        type=int,
        default=99,
        metavar="N",
        help="most trainings that a trainer gives (99)",
    )
    add(
        "--circle-trainers",
        type=int,
        metavar="N",
        help="a circle and subject; else as many as are needed",
    )
    add(
        "--weekdays",
        type=calendar.weekdays,
        default=(0, 1, 2, 3, 4),
        help="mon-fri (usual), sat, mon,wed",
    )
    add(
        "--term",
        type=calendar.span,
        action="append",
        default=[],
        metavar="A..B",
        help="days of a term",
    )
    add(
        "--closed",
        type=calendar.span,
        action="append",
        default=[],
        metavar="A..B",
        help="days closed",
    )
    add("--calendar", type=Path, metavar="FILE", help="terms and holidays: .ics, CSV, XLSX")
    add(
        "--when",
        choices=("terms", "holidays", "any"),
        default="terms",
        help="in terms (usual), between, any",
    )
    add("--price", type=_prices, default={}, metavar="LINE=P,...", help="travel (a km), meals, materials, "
        "trainers, venue (a day)")  # fmt: skip
    add("--currency", default="", help="written beside costs")
    add(
        "--name", default="cascade", help="part of the events' identity: keep it when planning anew"
    )
    add("--seed", type=int, default=0, metavar="N", help="another seed, another search (0)")
    add(
        "--iterations",
        type=int,
        default=20,
        metavar="N",
        help="most timetables tried a circle (20)",
    )
    add("-o", "--output", type=Path, metavar="PLAN.xlsx", help="write the workbook")
    add("--csv", type=Path, metavar="FILE", help="write the schedule as CSV")
    add(
        "--ical",
        type=Path,
        metavar="FILE|DIR",
        help="write one calendar, or one an area into a folder",
    )
    add("--json", action="store_true", help="print JSON")


def _span(text: str) -> tuple[int, int]:
    low, dash, high = text.partition("-")
    if not (low.isdigit() and (high.isdigit() or not dash)) or not 1 <= int(low) <= int(
        high or low
    ):
        raise argparse.ArgumentTypeError(f'"{text}" is not like 15-30')
    return int(low), int(high or low)


def _prices(text: str) -> dict[str, float]:
    from staffroom.methods.cascade.cost import LINES

    out = {}
    for part in text.split(","):
        line, equals, price = part.strip().partition("=")
        if line not in LINES or not equals:
            raise argparse.ArgumentTypeError(
                f'"{part}" is not like travel=0.1; lines: {", ".join(LINES)}'
            )
        try:
            out[line] = float(price)
        except ValueError:
            out[line] = -1.0
        if not 0 <= out[line] < 1e9:
            raise argparse.ArgumentTypeError(f'"{part}": the price is a number of at least 0')
    return out


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
    reading.without_server()
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
