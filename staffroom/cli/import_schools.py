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
    return _lists.finish(options, programme, result, import_schools, WORDS, recipe)


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
