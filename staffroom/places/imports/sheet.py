"""A spreadsheet file (CSV, also gzipped; XLSX, XLS, ODS) as one header and rows of text cells."""

import datetime as dt
import gzip
import hashlib
import io
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.tables import FORMULA
from staffroom.core.words import listed
from staffroom.places.imports import text

MOST_ROWS = 300_000
MOST_BYTES = 250_000_000
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
GZIP = b"\x1f\x8b"
#: Files that people rename or choose by mistake.
NOT_SHEETS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"MZ", b"\x7fELF", b"GIF8", b"Rar!", b"{\\rtf")

Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class Merged:
    """Merged cells below the header: rows and columns from 1, as the spreadsheet shows them."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @property
    def name(self) -> str:
        return f"{letters(self.first_column)}{self.first_row}:{letters(self.last_column)}{self.last_row}"


@dataclass(frozen=True)
class Sheet:
    """`rows` carry the number the spreadsheet shows; every row is as wide as the header."""

    header: tuple[str, ...]
    header_row: int
    rows: list[Row]
    sha256: str
    notes: list[str] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)


def letters(column: int) -> str:
    """1 > A, 27 > AA."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def read(data: bytes, *, encoding: str | None = None, sheet: str | None = None) -> Sheet:
    """Read the whole file; `Refused` with one clear sentence when it is not a table."""
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(GZIP):
        data = _gunzip(data)
    if not data.strip(b"\0 \r\n\t"):
        raise Refused(_("This file is empty."), "file")
    if data.startswith(NOT_SHEETS) or b"<html" in data[:500].lower():
        raise Refused(
            _(
                "This is not a spreadsheet. Please save the list as CSV or Excel (.xlsx) and try again."
            ),
            "file",
        )
    merged: list[Merged] = []
    if data.startswith(WORKBOOKS):
        raw, notes, merged = _workbook(data, sheet)
    else:
        content, used = text.decode(data, encoding)
        delimiter = text.delimiter_of(content)
        notes = [] if used in ("utf-8", "utf-8-sig") else [_("Read as %(name)s.") % {"name": used}]
        raw = text.rows_of(content, delimiter)
    return _table(raw, digest, notes, merged)


def _gunzip(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise Refused(_("This compressed file is damaged. Please send it again."), "file") from None
    if len(content) > MOST_BYTES:
        raise _too_big()
    return content


def _too_big() -> Refused:
    return Refused(
        _("This file is too big unpacked (more than %(n)s MB). Please send it in parts.")
        % {"n": MOST_BYTES // 1_000_000},
        "file",
    )


def _workbook(
    data: bytes, wanted: str | None
) -> tuple[Iterable[tuple[int, list[str]]], list[str], list[Merged]]:
    damaged = Refused(
        _(
            "This workbook cannot be opened: it is damaged, has a password, or is not a spreadsheet. "
            "Please open it, save it as .xlsx without a password, and try again."
        ),
        "file",
    )
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
                    raise _too_big()
        except zipfile.BadZipFile:
            raise damaged from None
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        name = _choose(book, wanted)
        chosen = book.get_sheet_by_name(name)
        cells = chosen.to_python(skip_empty_area=False)
    except Refused:
        raise
    except Exception:  # calamine raises one class a format
        raise damaged from None
    notes = (
        []
        if len(book.sheet_names) == 1
        else [
            _("The sheet “%(name)s” was read; the workbook has %(n)s.")
            % {"name": name, "n": len(book.sheet_names)}
        ]
    )
    merged = [
        Merged(top + 1, bottom + 1, left + 1, right + 1)
        for (top, left), (bottom, right) in chosen.merged_cell_ranges or []
    ]
    return (
        ((number, [cell_text(cell) for cell in row]) for number, row in enumerate(cells, start=1)),
        notes,
        merged,
    )


def _choose(book: Any, wanted: str | None) -> str:
    """The sheet asked for, else the one with most rows."""
    if wanted is not None:
        if wanted not in book.sheet_names:
            raise Refused(
                _("There is no sheet “%(name)s”. There are: %(all)s.")
                % {"name": wanted, "all": listed(book.sheet_names)},
                "sheet",
            )
        return wanted
    return max(book.sheet_names, key=lambda name: book.get_sheet_by_name(name).height)


def cell_text(cell: object) -> str:
    """A cell as text: whole numbers without ".0", dates as 2026-11-22."""
    if isinstance(cell, bool) or cell is None:
        return str(cell or "")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _table(
    raw: Iterable[tuple[int, list[str]]], digest: str, notes: list[str], merged: list[Merged]
) -> Sheet:
    numbered = iter(raw)
    first = []
    for row in numbered:
        first.append(row)
        if len(first) == 25:
            break
    at = _header_at([cells for _number, cells in first])
    if at is None:
        raise Refused(
            _(
                "No table was found in this file: the first rows need a row of column names with at "
                "least two names."
            ),
            "file",
        )
    header_row, header = first[at][0], [" ".join(cell.split()) for cell in first[at][1]]
    while header and not header[-1]:
        header.pop()
    header = _distinct(header)
    if at:
        notes = [*notes, _("Column names were found in row %(row)s.") % {"row": header_row}]
    rows = list(_rows(_chain(first[at + 1 :], numbered), len(header)))
    return Sheet(
        header=tuple(header),
        header_row=header_row,
        rows=rows,
        sha256=digest,
        notes=notes,
        merged=[area for area in merged if area.last_row > header_row],
    )


def _distinct(header: list[str]) -> list[str]:
    """Two columns of one name become "Name" and "Name (2)", so that either can be meant."""
    seen: dict[str, int] = {}
    out = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        out.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return out


def _chain(first: list[Any], rest: Iterator[Any]) -> Iterator[Any]:
    yield from first
    yield from rest


def _header_at(rows: list[list[str]]) -> int | None:
    """The first row with as many words as any of the first rows; titles above have fewer."""
    words = [
        sum(1 for cell in row if cell.strip() and not _numeric(cell)) if row else 0 for row in rows
    ]
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    widest = max(filled, default=0)
    for index, count in enumerate(words):
        if count >= 2 and count >= max(words) * 0.5 and filled[index] >= widest * 0.6:
            return index
    return None


def _numeric(cell: str) -> bool:
    return cell.strip().replace(".", "", 1).replace("-", "", 1).isdigit()


def _clean(cell: str) -> str:
    """One space between words, and without the mark that `core.tables.safe_cell` sets before a formula."""
    guarded = cell.startswith("'") and cell[1:].startswith(FORMULA)
    return sys.intern(" ".join(cell[guarded:].split()))


def _rows(raw: Iterator[tuple[int, list[str]]], width: int) -> Iterator[Row]:
    """Blank rows left out; long rows cut, short ones filled; repeated texts kept once in memory."""
    kept = 0
    for number, cells in raw:
        clean = tuple(_clean(cell) if cell else "" for cell in cells[:width])
        if not any(clean):
            continue
        kept += 1
        if kept > MOST_ROWS:
            raise Refused(
                _("This list has more than %(n)s rows. Please send it in parts.")
                % {"n": f"{MOST_ROWS:,}"},
                "file",
            )
        yield number, clean + ("",) * (width - len(clean))
