"""The options of `staffroom plan-cascade`."""

import argparse
from pathlib import Path

from staffroom.cli import _cascade_days as calendar

SUBJECTS = "maths,languages,science,pedagogy,parents"


def add(parser: argparse.ArgumentParser) -> None:
    one = parser.add_argument
    one(
        "file",
        type=Path,
        help="what form-clusters wrote: id, cluster, circle, block, centre, km_to_centre",
    )
    one(
        "--from",
        dest="from_",
        type=calendar.day,
        required=True,
        metavar="DAY",
        help="first day, 2027-01-11",
    )
    one("--until", type=calendar.day, required=True, metavar="DAY", help="last day")
    one(
        "--teachers",
        type=int,
        metavar="N",
        help="teachers in all, shared by the column teachers or evenly",
    )
    one(
        "--schools", type=Path, help="list of schools that adds latitude, longitude, teachers by id"
    )
    one(
        "--managers",
        type=int,
        default=1,
        metavar="N",
        help="head teachers a school, trained apart (1)",
    )
    one("--subjects", default=SUBJECTS, help=f"with commas; a teacher takes one ({SUBJECTS})")
    one(
        "--places",
        type=int,
        default=1,
        metavar="N",
        help="teachers a school sends a subject and round (1)",
    )
    one("--group", type=_span, default=(15, 30), metavar="A-B", help="people in a group (15-30)")
    one(
        "--upper-group",
        type=int,
        default=24,
        metavar="N",
        help="most trainers trained in a group (24)",
    )
    one("--ratio", type=int, default=15, metavar="N", help="most teachers a trainer (15)")
    one(
        "--upper-ratio",
        type=int,
        default=12,
        metavar="N",
        help="most trainers-to-be a trainer (12)",
    )
    one("--days", type=int, default=3, metavar="N", help="days of a teacher's training (3)")
    one("--upper-days", type=int, default=5, metavar="N", help="days of a trainer's training (5)")
    one("--manager-days", type=int, default=2, metavar="N", help="days of a manager's training (2)")
    one("--half-days", action="store_true", help="mornings only: each day is taught on two")
    one("--rooms", type=int, default=3, metavar="N", help="groups at once at a central school (3)")
    one("--upper-rooms", type=int, default=5, metavar="N", help="the same in the tiers above (5)")
    one(
        "--upper-sittings", type=int, default=2, metavar="N",
        help="trainings one after the other in each tier above, rooms allowing (2)",
    )  # fmt: skip
    one("--seats", type=int, metavar="N", help="people a room seats, trainers included")
    one("--load", type=int, default=30, metavar="DAYS", help="most days that a trainer trains (30)")
    one(
        "--trips",
        type=int,
        default=99,
        metavar="N",
        help="most trainings that a trainer gives (99)",
    )
    one(
        "--circle-trainers",
        type=int,
        metavar="N",
        help="a circle and subject; else as many as are needed",
    )
    one(
        "--weekdays",
        type=calendar.weekdays,
        default=(0, 1, 2, 3, 4),
        help="mon-fri (usual), sat, mon,wed",
    )
    one(
        "--term",
        type=calendar.span,
        action="append",
        default=[],
        metavar="A..B",
        help="days of a term",
    )
    one(
        "--closed",
        type=calendar.span,
        action="append",
        default=[],
        metavar="A..B",
        help="days closed",
    )
    one("--calendar", type=Path, metavar="FILE", help="terms and holidays: .ics, CSV, XLSX")
    one(
        "--when",
        choices=("terms", "holidays", "any"),
        default="terms",
        help="in terms (usual), between, any",
    )
    one("--price", type=_prices, default={}, metavar="LINE=P,...", help="travel (a km), meals, materials, "
        "trainers, venue (a day)")  # fmt: skip
    one("--currency", default="", help="written beside costs")
    one(
        "--name", default="cascade", help="part of the events' identity: keep it when planning anew"
    )
    one("--seed", type=int, default=0, metavar="N", help="another seed, another search (0)")
    one(
        "--iterations",
        type=int,
        default=20,
        metavar="N",
        help="most timetables tried a circle (20)",
    )
    one("-o", "--output", type=Path, metavar="PLAN.xlsx", help="write the workbook")
    one("--csv", type=Path, metavar="FILE", help="write the schedule as CSV")
    one(
        "--ical",
        type=Path,
        metavar="FILE|DIR",
        help="write one calendar, or one an area into a folder",
    )
    one("--json", action="store_true", help="print JSON")


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
