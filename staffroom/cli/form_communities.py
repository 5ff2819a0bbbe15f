"""`staffroom form-communities`: communities of teachers from a spreadsheet."""

import argparse
from pathlib import Path

from staffroom.cli import BadInput

HELP = "Form communities of teachers who are alike in what counts, from a list of teachers."
EXAMPLES = [
    "staffroom form-communities teachers.csv --same subject,language --near experience,education,grades -o communities.csv",
    "staffroom form-communities teachers.xlsx --same subject,language --near experience,grades --weights 2,1 --min 8 --max 12",
    "staffroom form-communities teachers.csv --same subject,language --merge language --women-only wish --gender sex --json",
]
DJANGO = False


def arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", type=Path, help="CSV (also .csv.gz), XLSX, XLS or ODS: id, school, supervises …")
    add("--min", type=int, default=10, metavar="N", help="fewest in a community (10)")
    add("--max", type=int, default=15, metavar="N", help="most in a community (15)")
    add("--same", type=_names, default=[], metavar="A,B", help="columns in which all are the same")
    add("--near", type=_names, default=[], metavar="A,B", help="columns in which they are near")
    add("--weights", metavar="X,Y", help="how much each column of --near counts (1 each)")
    add("--max-per-school", type=int, default=2, metavar="N", help="most from one school (2)")
    add(
        "--merge",
        type=_names,
        default=[],
        metavar="A",
        help="columns of --same in which a stratum that is too small may join another",
    )
    add("--groups", metavar="COLUMN", help="groups that teachers formed themselves stay whole")
    add("--women-only", metavar="COLUMN", help="women who say yes here are placed with women alone")
    add("--gender", metavar="COLUMN", help="which column says who is a woman")
    add("--columns", default="", help='which column is what: "id=TSC,school=EMIS,supervises=Heads"')
    add("--iterations", type=int, default=340, metavar="N", help="rounds of making it better (340)")
    add("--seed", type=int, default=0, metavar="N", help="another seed, another search (0)")
    add("--encoding", help="where the guess is wrong: cp1252, cp1256, utf-16 ...")
    add("--sheet", help="name of the sheet in a workbook")
    add("-o", "--output", type=Path, metavar="OUT.csv", help="write a row a teacher here")
    add("--json", action="store_true", help="print JSON")


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def run(options: argparse.Namespace) -> None:
    _check(options)
    from staffroom.cli import _communities_form as forming
    from staffroom.cli import _teacher_sheet as sheets
    from staffroom.cli._clusters_told import write
    from staffroom.cli._lists import print_json

    sheet = sheets.read(options.file, options)
    if not len(sheet):
        raise BadInput(f"{options.file} has no teachers.")
    formed = forming.form(sheet, options)
    told = forming.figures(sheet, formed)
    if options.output:
        named = [str(number + 1) if number >= 0 else "" for number in formed.community]
        rows = [list(row) for row in zip(sheet.id, named, formed.why, strict=True)]
        write(options.output, rows, ("id", "community", "why"))
    if options.json:
        return print_json(told)
    print(f"{told['teachers']:,} teachers, {told['placed']:,} placed, {told['unplaced']:,} not")
    for why, count in list(told["unplaced_why"].items())[:8]:
        print(f"  {count:>6,}  {why}")
    print(f"{told['communities']:,} communities, {told['violations']} rules broken")
    if told["within_distance"] is not None and options.near:
        print(
            f"mean squared distance to the centre of their community: {told['within_distance']:.3f}"
        )
    for note in told["notes"]:
        print(f"  {note}")
    if options.output:
        print(f"written: {options.output}")
    return None


def _check(options: argparse.Namespace) -> None:
    if not 1 <= options.min <= options.max:
        raise BadInput(
            f"--min {options.min} and --max {options.max}: the least size is at least 1 and at most the "
            "greatest."
        )
    for name in ("max_per_school", "iterations"):
        if getattr(options, name) < 1:
            raise BadInput(f"--{name.replace('_', '-')} takes a number of at least 1.")
    strange = [name for name in options.merge if name not in options.same]
    if strange:
        raise BadInput(f"--merge {strange[0]}: only a column of --same can be loosened.")
    if bool(options.women_only) != bool(options.gender):
        raise BadInput("--women-only and --gender need each other: who asks, and who is a woman.")
    options.weights = _weights(options)


def _weights(options: argparse.Namespace) -> list[float]:
    if not options.weights:
        return [1.0] * len(options.near)
    try:
        found = [float(part) for part in options.weights.split(",")]
    except ValueError:
        raise BadInput(
            f"--weights {options.weights}: numbers with commas between, as 2,1,1."
        ) from None
    if len(found) != len(options.near) or min(found) < 0:
        raise BadInput(
            f"--weights has {len(found)} numbers and --near {len(options.near)} columns; give one each, "
            "none below 0."
        )
    return found
