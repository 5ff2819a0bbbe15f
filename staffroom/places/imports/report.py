"""The problems of a list as a CSV file that a spreadsheet opens."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from staffroom.core.tables import csv_line
from staffroom.places.imports.problems import ERROR, Problem


def problems_csv(problems: Iterable[Problem]) -> Iterator[str]:
    """Lines of a CSV file: row, column, value, error or warning, reason."""
    yield csv_line([_("Row"), _("Column"), _("Value"), _("Severity"), _("Reason")])
    for problem in problems:
        severity = _("error") if problem.severity == ERROR else _("warning")
        yield csv_line([problem.row or "", problem.column, problem.value, severity, problem.reason])
