"""`staffroom import-schools`: a ministry's list of schools, looked at whole before anything is written."""

import argparse
from typing import Any

from staffroom.cli import _lists

HELP = "Import schools and their areas from a spreadsheet."
EXAMPLES = [
    "staffroom import-schools schools.xlsx --dry-run",
    'staffroom import-schools schools.csv --columns "code=EMIS,name=School name,Zone=LTRC" --skip-bad',
    "staffroom import-schools schools-2027.csv --on 2027-01-01 --close-missing",
]
WORDS = {
    "rows": "rows read",
    "set_aside": "rows set aside, with errors",
    "created": "schools created",
    "changed": "schools changed",
    "moved": "of them moved to another area",
    "unchanged": "schools unchanged",
    "closed": "schools closed",
    "missing": "schools we have that the list does not name",
    "areas_created": "areas created",
    "areas_moved": "areas moved",
    "areas_merged": "areas merged into others",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    _lists.add_arguments(parser)
    parser.add_argument(
        "--fix-swapped", action="store_true", help="swap coordinates that are swapped"
    )
    parser.add_argument(
        "--drop-coordinates", action="store_true", help="take schools without their bad coordinates"
    )
    parser.add_argument("--fill-merged", action="store_true", help="fill merged cells down")
    parser.add_argument(
        "--merge",
        action="append",
        default=[],
        metavar="SPELLING=NAME",
        help="read one area name as another; may be given several times",
    )
    parser.add_argument(
        "--make-codes", action="store_true", help="for lists without codes: from name and area"
    )
    parser.add_argument(
        "--close-missing", action="store_true", help="close the schools a full list does not name"
    )


def run(options: argparse.Namespace) -> int:
    from staffroom.places.actions.import_schools import import_schools
    from staffroom.places.imports.dry_run import dry_run

    data = _lists.read_file(options.file)
    programme = _lists.find_programme(options.programme)
    recipe = _lists.recipe_of(options.file)
    result = dry_run(data, programme, _chosen(options, recipe))
    bad = len(result.checked.bad)
    done = not options.dry_run and (options.skip_bad or not bad) and bool(result.checked.records)
    if done:
        import_schools(
            by=None, programme=programme, run=result, file_name=options.file.name,
            progress=_bar(options),
        )  # fmt: skip
    if options.problems:
        _lists.write_problems(options.problems, result.checked.problems)
    counts = result.plan.counts(options.close_missing)
    counts = {"rows": result.checked.rows, "set_aside": bad} | counts
    if options.json:
        _lists.print_json(_as_json(result, counts, done, recipe))
    else:
        _print(options, result, counts, done, recipe)
    return 0 if done or options.dry_run else 1


def _chosen(options: argparse.Namespace, recipe: dict[str, Any]) -> Any:
    from staffroom.places.imports.dry_run import Options
    from staffroom.places.imports.records import Fixes

    merge = dict(recipe.get("merge", {}))
    for text in options.merge:
        merge |= _lists.pairs(text, "--merge")
    return Options(
        columns=dict(recipe.get("columns", {})) | _lists.pairs(options.columns, "--columns"),
        make_codes=options.make_codes,
        fixes=Fixes(options.fix_swapped, options.drop_coordinates, options.fill_merged, merge),
        on=_lists.day(options.on, recipe.get("on")),
        close_missing=options.close_missing,
        skip_bad=options.skip_bad,
        encoding=options.encoding,
        sheet=options.sheet,
    )


def _bar(options: argparse.Namespace) -> Any:
    """A progress bar on a terminal, nothing elsewhere."""
    from tqdm import tqdm

    bar = tqdm(unit=" schools", disable=True if options.json else None, leave=False)

    def progress(done: int, of: int) -> None:
        bar.total = of
        bar.update(done - bar.n)

    return progress


def _columns(result: Any) -> dict[str, str]:
    header, columns = result.sheet.header, result.columns
    found = {name: header[index] for name, index in columns.at.items()}
    return found | {
        level: header[index]
        for level, index in zip(result.levels, columns.areas, strict=True)
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
    _lists.print_counts(counts, WORDS)
    if result.checked.problems:
        print()
        _lists.print_problems(result.checked.problems)
    if not options.problems and result.checked.problems:
        print("\n  Every row: --problems FILE.csv")
    if not done and not options.dry_run:
        print("  Mend the rows with errors in the file, or import without them: --skip-bad")
