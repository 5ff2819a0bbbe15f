"""Tables that leave the house: CSV and XLSX, with no cell that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

#: A cell that begins so is run as a formula by spreadsheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: What no sheet can hold (XML 1.0, 2.2).
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST, WIDEST = 32_000, 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A BOM first, without which a spreadsheet takes the text for another encoding."""
    yield "\ufeff" + csv_line(head)
    for row in rows:
        yield csv_line(row)


def csv_line(cells: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(["" if cell is None else safe_cell(cell) for cell in cells])
    return out.getvalue()


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet: a head that stays, widths of its first rows, codes as text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "list")
    sheet.freeze_panes = "A2"
    body = [[_cell(value) for value in row] for row in rows]
    for column, name in enumerate(head):
        longest = max((len(str(row[column])) for row in body[:500]), default=0)
        width = min(max(longest, len(name)) + 2, WIDEST)
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    bold = [WriteOnlyCell(sheet, value=name) for name in head]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    for row in body:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return safe_cell(CONTROL.sub("", value))[:LONGEST]
    return value


def download(
    name: str, form: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    """The answer to a click: `form` is csv or xlsx, `name` the file's without its ending."""
    answer: HttpResponseBase
    if form == "xlsx":
        answer = HttpResponse(workbook(name, head, rows), content_type=XLSX)
    else:
        answer = StreamingHttpResponse(
            csv_lines(head, rows), content_type="text/csv; charset=utf-8"
        )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
