"""The problems of a list as a CSV file that a spreadsheet opens."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from staffroom.places.imports.problems import ERROR, Problem

#: A cell that begins so is run as a formula by spreadsheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: object) -> str:
    """Text that no spreadsheet runs; numbers stay numbers."""
    word = str(text)
    if not word.startswith(FORMULA):
        return word
    try:
        float(word)
    except ValueError:
        return "'" + word
    return word


def problems_csv(problems: Iterable[Problem]) -> Iterator[str]:
    """Lines of a CSV file: row, column, value, error or warning, reason."""
    yield _line([_("Row"), _("Column"), _("Value"), _("Severity"), _("Reason")])
    for problem in problems:
        severity = _("error") if problem.severity == ERROR else _("warning")
        yield _line([problem.row or "", problem.column, problem.value, severity, problem.reason])


def _line(cells: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
