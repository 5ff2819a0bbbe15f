"""`staffroom import-library`: a folder of files and the spreadsheet that describes them."""

import argparse
from pathlib import Path
from typing import Any

from staffroom.cli import BadInput, _lists

HELP = "Import a folder of books, past papers and videos that a spreadsheet describes."
EXAMPLES = [
    "staffroom import-library materials/ materials/list.xlsx --dry-run",
    'staffroom import-library materials/ list.csv --community "Mathematics, Mwingi"',
    "staffroom import-library videos/ videos/list.xlsx --largest 40 --json",
]
WORDS = {
    "rows": "rows read",
    "new": "new in the library",
    "changed": "changed",
    "unchanged": "unchanged",
    "left_out": "left out: taken out of the library here by hand",
}
SHOWN = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where the files are")
    parser.add_argument("sheet", type=Path, help="CSV, XLSX, XLS or ODS with one row a resource")
    parser.add_argument("--programme", help="the programme's name, where there are several")
    parser.add_argument(
        "--community", help="into this community's library alone; else everybody sees it"
    )
    parser.add_argument("--largest", type=int, metavar="MB", help="over the programme's own limit")
    parser.add_argument("--dry-run", action="store_true", help="open every file, write nothing")
    parser.add_argument("--json", action="store_true", help="print JSON, every problem included")
    parser.add_argument("--encoding", help="where the guess is wrong: cp1252, cp1256, utf-16 ...")
    parser.add_argument("--page", help="name of the sheet in a workbook")


def run(options: argparse.Namespace) -> int:
    from staffroom.library.actions.import_library import import_library
    from staffroom.library.importing.files import in_folder
    from staffroom.places.imports.sheet import read

    if not options.folder.is_dir():
        raise BadInput(f"{options.folder} is not a folder.")
    if options.largest is not None and options.largest < 1:
        raise BadInput("--largest takes a number of MB.")
    programme = _lists.find_programme(options.programme)
    result = import_library(
        by=None,
        programme=programme,
        community=_community(programme, options.community),
        sheet=read(_lists.read_file(options.sheet), encoding=options.encoding, sheet=options.page),
        files=in_folder(options.folder, leave_out=options.sheet),
        dry_run=options.dry_run,
        most=options.largest * 1_000_000 if options.largest else None,
        progress=_lists.bar(options),
    )
    _tell(options, result)
    return 1 if result.errors else 0


def _community(programme: Any, name: str | None) -> Any:
    from staffroom.communities.models import Community

    if name is None:
        return None
    found = list(Community.objects.filter(programme=programme, name__iexact=name)[:2])
    if len(found) != 1:
        how = "no community" if not found else "more than one community"
        raise BadInput(f'there is {how} "{name}" in {programme}.')
    return found[0]


def _tell(options: argparse.Namespace, result: Any) -> None:
    if options.json:
        problems = [problem.as_dict() for problem in result.problems]
        _lists.print_json(
            {
                "imported": result.done,
                "columns": result.columns,
                "counts": result.counts,
                "problems": problems,
                "files_without_a_row": result.not_named,
            }
        )
        return
    title = (
        "Imported"
        if result.done
        else "Dry run: nothing was written"
        if options.dry_run
        else "Nothing was imported"
    )
    print(f"{options.sheet.name}: {title}")
    print("  columns: " + ", ".join(f"{what} = {name}" for what, name in result.columns.items()))
    _lists.print_counts(result.counts, WORDS)
    for problem in result.problems[:SHOWN]:
        mark = "ERROR  " if problem.severity == "error" else "warning"
        where = f"row {problem.row}" if problem.row else "whole list"
        value = f" “{problem.value}”" if problem.value else ""
        print(f"  {mark} {where}, {problem.column}{value}: {problem.reason}")
    if len(result.problems) > SHOWN:
        print(f"  … and {len(result.problems) - SHOWN:,} more: --json tells all")
    if result.not_named:
        names = ", ".join(result.not_named[:10])
        print(f"  {len(result.not_named)} files that no row names: {names}")
    if result.errors:
        print("  Mend the rows with errors and run it again; nothing was written.")
