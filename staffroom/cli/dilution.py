"""`staffroom dilution`: what arrives of what was taught, from test scores by tier."""

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from staffroom.cli import BadInput

if TYPE_CHECKING:
    from staffroom.methods.cascade.dilution import Dilution, Line, Mean, Score, Step

HELP = "Does what was taught at the top arrive? Item scores by tier, with intervals."
EXAMPLES = [
    "staffroom dilution scores.csv",
    "staffroom dilution scores.xlsx --tiers masters,circle_trainers,teachers --json",
    'staffroom dilution scores.csv --columns "tier=Level,session=Workshop,after=Post-test"',
]
DJANGO = False
COLUMNS = ("tier", "session", "person", "item", "before", "after")
ORDER = ["masters", "circle_trainers", "managers", "teachers"]


def arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", type=Path, help="CSV, XLSX or ODS, a row a person and item: " + ", ".join(COLUMNS))
    add(
        "--tiers",
        metavar="A,B",
        help="the tiers from the top down, where they are called otherwise",
    )
    add(
        "--least",
        type=int,
        default=10,
        metavar="N",
        help="fewest people of whom a mean is told (10)",
    )
    add("--columns", default="", help='which column is what: "tier=Level,after=Post-test"')
    add("--encoding", help="where the guess is wrong: cp1252, cp1256, utf-16 ...")
    add("--sheet", help="name of the sheet in a workbook")
    add("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> None:
    if options.least < 2:
        raise BadInput("--least takes a number of at least 2: one person's score is not a mean.")
    scores = _read(options)
    tiers = _tiers(scores, options.tiers)
    items = list(dict.fromkeys(each.item for each in scores))
    from staffroom.methods.cascade.dilution import dilution

    found = dilution(scores, tiers, items, least=options.least)
    if options.json:
        from staffroom.cli._lists import print_json

        return print_json(_as_json(found))
    return _print(found, options.least)


def _read(options: argparse.Namespace) -> "list[Score]":
    from staffroom.cli._lists import pairs
    from staffroom.cli._sheets import column, read_bytes, without_server

    without_server()
    from staffroom.methods.cascade.dilution import Score
    from staffroom.places.imports import sheet

    table = sheet.read(read_bytes(options.file), encoding=options.encoding, sheet=options.sheet)
    chosen = pairs(options.columns, "--columns")
    cells = [tuple(row[1]) for row in table.rows]
    if not cells:
        raise BadInput(f"{options.file} has no scores.")
    of = {
        name: column(table.header, cells, chosen.get(name, name), "--columns") for name in COLUMNS
    }
    scores, seen = [], set()
    for at, (number, _cells) in enumerate(table.rows):
        tier, session, person, item, before, after = (of[name][at].strip() for name in COLUMNS)
        if not (tier and session and person and item):
            raise BadInput(f"row {number}: tier, session, person and item must not be empty.")
        if (key := (tier, session, person, item)) in seen:
            raise BadInput(f"row {number}: {person} has {item} in {session} already.")
        seen.add(key)
        scores.append(Score(*key, _share(before, number), _share(after, number)))
    return scores


def _share(text: str, row: int) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise BadInput(
            f'row {row}: a score is the share that is right, from 0 to 1, not "{text}". Divide points '
            "by the most that can be had."
        )
    return value


def _tiers(scores: "list[Score]", said: str | None) -> list[str]:
    """As said; else those of the house in their order, if there is no other."""
    there = list(dict.fromkeys(each.tier for each in scores))
    tiers = [each.strip() for each in said.split(",")] if said else ORDER
    if strange := [each for each in there if each not in tiers]:
        raise BadInput(
            f'"{strange[0]}" is no tier of {", ".join(tiers)}. Say the order from the top down: '
            f"--tiers {','.join(there)}"
        )
    return [each for each in tiers if each in there]


def _print(found: "Dilution", least: int) -> None:
    width = max(14, *(len(line.item) for line in found.items))
    print(f"{'right after, of 100':<{width}}  " + "  ".join(f"{t:>17}" for t in found.tiers))
    for line in (found.overall, *found.items):
        cells = [_cell(each) for each in line.after]
        print(f"{line.item or 'all together':<{width}}  " + "  ".join(f"{c:>17}" for c in cells))
    print("\nkept from the tier before")
    for line in (found.overall, *found.items):
        for tier, step in zip(found.tiers, line.steps, strict=True):
            if step is not None:
                print(f"  {line.item or 'all together':<{width}}  {tier:<17} {_kept(step)}")
    print(
        f"\n-: fewer than {least} people. Intervals mind that people of one session learned together."
    )
    print(
        "Who is trained is not drawn by lot, and full marks cannot rise: a fall need not be the teaching."
    )


def _cell(mean: "Mean | None") -> str:
    if mean is None:
        return "-"
    return f"{100 * mean.value:.0f} ({100 * mean.low:.0f}-{100 * mean.high:.0f})"


def _kept(step: "Step") -> str:
    falls = "  FALLS by more than chance" if step.falls else ""
    if math.isnan(step.kept_low):
        return f"{100 * step.change:+.0f} of 100{falls}"
    return (
        f"{step.kept:.2f} ({step.kept_low:.2f}-{step.kept_high:.2f}), {100 * step.change:+.0f} of 100"
        f"{falls}"
    )


def _as_json(found: "Dilution") -> dict[str, Any]:
    return {
        "tiers": list(found.tiers),
        "overall": _line(found.overall),
        "items": [_line(line) for line in found.items],
        "falling": [{"item": item, "tier": tier} for item, tier in found.falling],
        "spread": [each and vars(each) for each in found.spread],
    }


def _line(line: "Line") -> dict[str, Any]:
    def plain(row: Any) -> dict[str, Any] | None:
        if row is None:
            return None
        return {
            k: None if isinstance(v, float) and math.isnan(v) else v for k, v in vars(row).items()
        }

    return {
        "item": line.item,
        "before": [plain(each) for each in line.before],
        "after": [plain(each) for each in line.after],
        "steps": [plain(each) for each in line.steps],
    }
