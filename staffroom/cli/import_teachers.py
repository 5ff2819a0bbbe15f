"""`staffroom import-teachers`: accounts and postings from a payroll or staff list."""

import argparse

from staffroom.cli import _lists

HELP = "Import teachers and where they work from a spreadsheet."
EXAMPLES = [
    "staffroom import-teachers teachers.xlsx --dry-run",
    'staffroom import-teachers payroll.csv --columns "number=TSC No,school=Station code" --on 2027-01-01',
]
WORDS = {
    "rows": "rows read",
    "set_aside": "rows set aside, with errors",
    "created": "accounts made",
    "adopted": "accounts known by their phone number",
    "changed": "accounts corrected that nobody has used yet",
    "postings_started": "postings begun",
    "postings_ended": "postings ended",
    "unchanged": "teachers unchanged",
    "missing": "postings we have that the list does not name",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    _lists.add_arguments(parser)
    parser.add_argument("--fill-merged", action="store_true", help="fill merged cells down")
    parser.add_argument(
        "--end-missing", action="store_true", help="end the postings a full list does not name"
    )


def run(options: argparse.Namespace) -> int:
    from staffroom.places.actions.import_teachers import import_teachers
    from staffroom.places.imports.dry_run import Options
    from staffroom.places.imports.records import Fixes
    from staffroom.places.imports.teachers import dry_run_teachers

    data = _lists.read_file(options.file)
    programme = _lists.find_programme(options.programme)
    recipe = _lists.recipe_of(options.file)
    chosen = Options(
        columns=dict(recipe.get("columns", {})) | _lists.pairs(options.columns, "--columns"),
        fixes=Fixes(fill_merged=options.fill_merged),
        on=_lists.day(options.on, recipe.get("on")),
        close_missing=options.end_missing,
        skip_bad=options.skip_bad,
        encoding=options.encoding,
        sheet=options.sheet,
    )
    result = dry_run_teachers(data, programme, chosen)
    return _lists.finish(options, programme, result, import_teachers, WORDS, recipe)
