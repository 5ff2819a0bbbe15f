"""`staffroom form-clusters`: clusters of schools around a central one, from a spreadsheet."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from staffroom.cli import BadInput

if TYPE_CHECKING:
    from staffroom.cli._clusters_form import Asked, Formed
    from staffroom.cli._school_sheet import SchoolSheet

HELP = "Form clusters, circles and blocks from a list of schools with coordinates."
EXAMPLES = [
    "staffroom form-clusters schools.csv --min 25 --max 35 -o clusters.csv",
    "staffroom form-clusters schools.xlsx --within district --circle 3-4 --blocks 4 -o clusters.csv",
    "staffroom form-clusters schools-2027.csv --previous clusters.csv -o clusters-2027.csv",
    'staffroom form-clusters schools.csv --columns "id=EMIS,latitude=Y,longitude=X" --apart level --json',
]
DJANGO = False


def arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "file",
        type=Path,
        help="CSV (also .csv.gz), XLSX, XLS or ODS: id, name, latitude, longitude",
    )
    add("--min", type=int, default=25, metavar="N", help="fewest schools in a cluster (25)")
    add("--max", type=int, default=35, metavar="N", help="most schools in a cluster (35)")
    add(
        "--clusters", type=int, metavar="K", help="how many; else of a mean size between the bounds"
    )
    add("--circle", type=_span, metavar="A-B", help="clusters in a circle: 3-4")
    add("--blocks", type=int, metavar="N", help="how many blocks the circles are shared into")
    add("--within", metavar="COLUMN", help="no cluster crosses these areas")
    add("--apart", metavar="COLUMN", help="level or sector: each by itself, circles and blocks too")
    add("--centres", metavar="COLUMN", help="schools marked here (yes, 1, x) are central schools")
    add(
        "--terrain",
        metavar="COLUMN",
        help="a factor a school: km count times the mean of both ends",
    )
    add("--teachers", metavar="COLUMN", help="teachers a school, for the km a teacher")
    add("--together", metavar="COLUMN", help="schools with the same word here share a cluster")
    add("--separate", metavar="COLUMN", help="schools with the same word here never share one")
    add(
        "--balance", type=float, metavar="P",
        help="teachers (--teachers) of each cluster within P per cent of the mean",
    )  # fmt: skip
    add(
        "--previous", type=Path, metavar="OUT.csv",
        help="clusters of before: as few schools as possible change theirs, told in the column note",
    )  # fmt: skip
    add("--curve", action="store_true", help="first km (and cost) for some numbers of clusters")
    add("--cost-km", type=float, metavar="X", help="cost of a km of all teachers of a school")
    add("--cost-venue", type=float, metavar="X", help="cost of a venue, one a cluster")
    add("--cost-trainer", type=float, metavar="X", help="cost of trainers of a cluster")
    add("--columns", default="", help='which column is what: "id=EMIS,latitude=Y,longitude=X"')
    add("--seconds", type=float, default=10, metavar="S", help="how long to make it better (10)")
    add("--iterations", type=int, metavar="N", help="so many iterations instead, the same anywhere")
    add("--seed", type=int, default=0, metavar="N", help="another seed, another search (0)")
    add("--encoding", help="where the guess is wrong: cp1252, cp1256, utf-16 ...")
    add("--sheet", help="name of the sheet in a workbook")
    add("-o", "--output", type=Path, metavar="OUT.csv", help="write a row a school here")
    add("--json", action="store_true", help="print JSON")


def _span(text: str) -> tuple[int, int]:
    low, dash, high = text.partition("-")
    if not (low.isdigit() and (high.isdigit() or not dash)):
        raise argparse.ArgumentTypeError(f'"{text}" is not like 3-4')
    return int(low), int(high or low)


def run(options: argparse.Namespace) -> None:
    _check(options)
    start = time.monotonic()
    import numpy as np

    from staffroom.cli import _clusters_conditions as conditions
    from staffroom.cli import _clusters_curve as curves
    from staffroom.cli import _clusters_form as forming
    from staffroom.cli import _clusters_told as told
    from staffroom.cli import _school_places as places
    from staffroom.cli import _school_sheet as sheets

    conditions.check(options)
    sheet = sheets.read(options.file, options)
    places.doubt(sheet)
    located = _locate(sheet)
    asked = forming.make_ready(sheet, options)
    notes = {
        row: f"placed by its area, {area}: {why}"
        for row, (area, why) in located.items()
        if not sheet.why[row]
    }
    by_area = len(notes)
    rows = _curve(asked, options)
    if rows and curves.costs(options) and not (options.clusters or options.previous):
        # The number of clusters that costs least is the one to form.
        options.clusters = curves.cheapest(rows)
        notes_before = asked.notes
        asked = forming.make_ready(sheet, options)
        asked.notes = notes_before
    changes: dict[str, int] = {}
    if options.previous:
        from staffroom.cli._clusters_again import form_again

        again = form_again(asked, options)
        rng = np.random.default_rng(options.seed)
        formed, names = forming.above(asked, again.clusters, options, rng), again.names
        for row, text in again.notes.items():
            notes[row] = f"{notes[row]}; {text}" if row in notes else text
        changes = {"moved": len(again.notes), "new": again.new, "gone": again.gone}
    else:
        formed = forming.form(asked, options, _bar(options))
        if conditions.wanted(options):
            found = conditions.held(asked, formed.clusters, options)
            formed = forming.above(asked, found, options, np.random.default_rng(options.seed))
        names = [str(number) for number in range(1, len(formed.clusters.centre) + 1)]
    figures = told.figures(
        asked, formed, time.monotonic() - start, _a_teacher(asked, formed, options)
    )
    if rows:
        figures["curve"] = rows
    figures |= {"located_by_area": by_area, **changes}
    if options.output:
        told.write(options.output, told.rows_of(asked, formed, names, notes))
    if options.json:
        from staffroom.cli._lists import print_json

        print_json(figures)
    else:
        if rows:
            curves.print_curve(rows)
        told.print_figures(figures, asked, formed)
        if options.output:
            print(f"written: {options.output}")


def _curve(asked: "Asked", options: argparse.Namespace) -> list[dict[str, Any]]:
    from staffroom.cli import _clusters_curve as curves

    return curves.curve(asked, options) if options.curve or curves.costs(options) else []


def _check(options: argparse.Namespace) -> None:
    if not 1 <= options.min <= options.max:
        raise BadInput(
            f"--min {options.min} and --max {options.max}: the least size is at least 1 and at most "
            "the greatest."
        )
    if options.clusters is not None and options.clusters < 1:
        raise BadInput("--clusters takes a number of at least 1.")
    if options.blocks is not None and options.blocks < 1:
        raise BadInput("--blocks takes a number of at least 1.")
    if options.circle and not 1 <= options.circle[0] <= options.circle[1]:
        raise BadInput("--circle takes the fewest and the most clusters, like 3-4.")
    if options.seconds < 0 or (options.iterations or 0) < 0 or options.seed < 0:
        raise BadInput("--seconds, --iterations and --seed are not below 0.")
    if min(options.cost_km or 0, options.cost_venue or 0, options.cost_trainer or 0) < 0:
        raise BadInput("--cost-km, --cost-venue and --cost-trainer are not below 0.")
    if options.previous and options.centres:
        raise BadInput("--previous keeps the central schools of before; leave --centres out.")
    if options.output and not options.output.parent.is_dir():
        raise BadInput(
            f"{options.output} cannot be written: there is no folder {options.output.parent}."
        )


def _locate(sheet: "SchoolSheet") -> dict[int, tuple[str, str]]:
    """Rows placed by the middle of their area: row > (area, what was wrong)."""
    from staffroom.cli import _school_places as places

    out = {}
    for row, ((y, x), area) in places.by_area(sheet).items():
        out[row] = area, sheet.why[row]
        sheet.latitude[row], sheet.longitude[row], sheet.why[row] = y, x, ""
    return out


def _a_teacher(asked: "Asked", formed: "Formed", options: argparse.Namespace) -> float | None:
    if not options.teachers:
        return None
    weight = asked.sheet.numbers(options.teachers, "--teachers", 0)
    own = [
        weight[row] * (label >= 0)
        for row, label in zip(asked.at, formed.clusters.label, strict=True)
    ]
    travel = sum(w * m for w, m in zip(own, formed.clusters.metres.tolist(), strict=True))
    return travel / 1000 / sum(own) if sum(own) else None


def _bar(options: argparse.Namespace) -> Callable[[int, int], None]:
    from tqdm import tqdm

    bar = tqdm(desc="iterations", unit="", disable=True if options.json else None, leave=False)

    def told(total: int, steps: int) -> None:
        bar.update(steps - bar.n)
        if total:
            bar.set_postfix_str(f"{total / 1000:,.0f} km", refresh=False)

    return told
