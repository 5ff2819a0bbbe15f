"""What the commands that import lists share: options, the recipe beside a list, the report."""

import argparse
import datetime as dt
import json
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from staffroom.cli import BadInput

SHOWN = 3
FIX_OPTIONS = {
    "drop_coordinates": "--drop-coordinates",
    "fix_swapped": "--fix-swapped",
    "fill_merged": "--fill-merged",
    "merge": '--merge "SPELLING=NAME"',
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV (also .csv.gz), XLSX, XLS or ODS")
    parser.add_argument("--programme", help="the programme's name, where there are several")
    parser.add_argument("--dry-run", action="store_true", help="check and compare, write nothing")
    parser.add_argument("--json", action="store_true", help="print JSON, every problem included")
    parser.add_argument("--problems", type=Path, help="write every problem to this CSV file")
    parser.add_argument(
        "--columns",
        default="",
        help='which column is what, over what was guessed: "code=EMIS,name=School name"',
    )
    parser.add_argument("--on", help="the day from which it is so (2026-11-22); else today")
    parser.add_argument(
        "--skip-bad", action="store_true", help="import without the rows that have errors"
    )
    parser.add_argument("--encoding", help="where the guess is wrong: cp1252, cp1256, utf-16 ...")
    parser.add_argument("--sheet", help="name of the sheet in a workbook")


def read_file(path: Path) -> bytes:
    from django.conf import settings

    try:
        if path.stat().st_size > settings.SHEET_MAX_BYTES:
            raise BadInput(
                f"{path} has {path.stat().st_size / 1e6:.0f} MB; at most "
                f"{settings.SHEET_MAX_BYTES / 1e6:.0f} MB can be read. Please send it in parts."
            )
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {(error.strerror or 'error').lower()}.") from None


def find_programme(name: str | None) -> Any:
    from staffroom.places.models import Programme

    everyone = list(Programme.objects.order_by("name"))
    found = [p for p in everyone if name is None or p.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if not everyone:
        raise BadInput("there is no programme yet. Begin with: staffroom create-programme --help")
    names = ", ".join(f'"{p.name}"' for p in everyone)
    raise BadInput(f"say which programme with --programme. There are: {names}")


def pairs(text: str, option: str) -> dict[str, str]:
    """ "a=b,c=d" as a mapping."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        what, equals, value = part.partition("=")
        if not equals:
            raise BadInput(f'{option} takes NAME=VALUE, with commas between; "{part}" has no "=".')
        found[what.strip()] = value.strip()
    return found


def recipe_of(path: Path) -> dict[str, Any]:
    """What was confirmed about this list before: LIST.toml beside LIST.csv or LIST.csv.gz."""
    recipe = path.with_name(path.name.split(".")[0] + ".toml")
    if not recipe.is_file():
        return {}
    try:
        return tomllib.loads(recipe.read_text(encoding="utf-8")) | {"recipe": recipe.name}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{recipe} is not TOML: {error}.") from None


def day(text: str | None, default: dt.date | None = None) -> dt.date | None:
    if not text:
        return default
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f'--on takes a day like 2026-11-22, not "{text}".') from None


def write_problems(path: Path, problems: Iterable[Any]) -> None:
    from staffroom.places.imports.report import problems_csv

    try:
        path.write_text("".join(problems_csv(problems)), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise BadInput(
            f"{path} cannot be written: {(error.strerror or 'error').lower()}."
        ) from None


def print_problems(problems: list[Any]) -> None:
    """Each kind with its number, its first rows and what mends it; errors first."""
    from staffroom.places.imports.problems import by_kind

    for kind in by_kind(problems):
        mark = "ERROR  " if kind["severity"] == "error" else "warning"
        fix = f"   mended by {FIX_OPTIONS[kind['fix']]}" if kind["fix"] else ""
        print(f"  {mark} {kind['count']:>7,}  {kind['title']}{fix}")
        same = [problem for problem in problems if problem.kind == kind["kind"]]
        for problem in same[:SHOWN]:
            where = f"row {problem.row}" if problem.row else "whole list"
            column = f", {problem.column}" if problem.column else ""
            value = f" “{problem.value}”" if problem.value else ""
            print(f"             {where}{column}{value}: {problem.reason}")
        if len(same) > SHOWN:
            print(f"             … and {len(same) - SHOWN:,} more")


def print_counts(counts: dict[str, int], words: dict[str, str]) -> None:
    for key, word in words.items():
        if counts.get(key):
            print(f"  {counts[key]:>9,}  {word}")


def print_json(value: dict[str, Any]) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()


def finish(
    options: argparse.Namespace,
    programme: Any,
    result: Any,
    act: Callable[..., Any],
    words: dict[str, str],
    recipe: dict[str, Any],
) -> int:
    """Import or not, tell what was found; 1 when a person must decide first."""
    bad = len(result.checked.bad)
    done = not options.dry_run and (options.skip_bad or not bad) and bool(result.checked.records)
    if done:
        act(
            by=None, programme=programme, run=result, file_name=options.file.name,
            progress=bar(options),
        )  # fmt: skip
    if options.problems:
        write_problems(options.problems, result.checked.problems)
    counts = {"rows": result.checked.rows, "set_aside": bad}
    counts |= result.plan.counts(result.options.close_missing)
    if options.json:
        print_json(_as_json(result, counts, done, recipe))
    else:
        _print(options, result, counts, words, done, recipe)
    return 0 if done or options.dry_run else 1


def bar(options: argparse.Namespace) -> Any:
    """A progress bar on a terminal, nothing elsewhere."""
    from tqdm import tqdm

    bar = tqdm(unit=" rows", disable=True if options.json else None, leave=False)

    def progress(done: int, of: int) -> None:
        bar.total = of
        bar.update(done - bar.n)

    return progress


def _columns(result: Any) -> dict[str, str]:
    header, columns = result.sheet.header, result.columns
    found = {name: header[index] for name, index in columns.at.items()}
    return found | {
        level: header[index]
        for level, index in zip(result.levels, columns.areas, strict=False)
        if index is not None
    }


def _as_json(
    result: Any, counts: dict[str, int], done: bool, recipe: dict[str, Any]
) -> dict[str, Any]:
    return {
        "imported": done,
        "on": result.on,
        "columns": _columns(result),
        "recipe": recipe.get("recipe"),
        "notes": result.sheet.notes,
        "counts": counts,
        "problems": [
            {
                "row": problem.row,
                "column": problem.column,
                "value": problem.value,
                "severity": problem.severity,
                "kind": problem.kind,
                "reason": problem.reason,
            }
            for problem in result.checked.problems
        ],
    }


def _print(
    options: argparse.Namespace,
    result: Any,
    counts: dict[str, int],
    words: dict[str, str],
    done: bool,
    recipe: dict[str, Any],
) -> None:
    title = (
        "Imported"
        if done
        else "Dry run: nothing was written"
        if options.dry_run
        else "Nothing was imported"
    )
    print(f"{options.file.name}: {title}, as of {result.on}")
    if recipe:
        print(f"  read by the recipe {recipe['recipe']}")
    merged = result.options.fixes.merge.items()
    if merged:
        print("  read as one: " + ", ".join(f"{name} = {meant}" for name, meant in merged))
    print("  columns: " + ", ".join(f"{what} = {name}" for what, name in _columns(result).items()))
    for note in result.sheet.notes:
        print(f"  {note}")
    print()
    print_counts(counts, words)
    if result.checked.problems:
        print()
        print_problems(result.checked.problems)
    if not options.problems and result.checked.problems:
        print("\n  Every row: --problems FILE.csv")
    if not done and not options.dry_run:
        print("  Mend the rows with errors in the file, or import without them: --skip-bad")
