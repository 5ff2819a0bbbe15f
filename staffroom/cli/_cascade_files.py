"""The files of a plan: a workbook, CSV, iCalendar; each whole or not at all."""

import csv
import datetime as dt
import io
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from staffroom.cli import BadInput
from staffroom.cli import _cascade_rows as rows
from staffroom.methods.cascade.ical import Event, calendar

Sheet = tuple[Sequence[str], Sequence[Sequence[Any]]]
WIDEST = 60


def check(path: Path) -> None:
    """Before the work: can it be written there?"""
    if not path.absolute().parent.is_dir():
        raise BadInput(f"{path} cannot be written: there is no folder {path.parent}.")


def write(path: Path, data: bytes) -> None:
    """To a file beside it, then renamed: nobody finds half a file."""
    try:
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=".staffroom-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except OSError as error:
        raise BadInput(
            f"{path} cannot be written: {(error.strerror or 'error').lower()}."
        ) from None


def workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """XLSX: heads that stay, widths that can be read, no cell that runs as a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for title, (head, body) in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for column, name in enumerate(head, start=1):
            longest = max((len(str(row[column - 1])) for row in body[:500]), default=0)
            width = min(max(longest, len(name)) + 2, WIDEST)
            sheet.column_dimensions[get_column_letter(column)].width = width
        bold = [WriteOnlyCell(sheet, value=name) for name in head]
        for cell in bold:
            cell.font = Font(bold=True)
        sheet.append(bold)
        for row in body:
            sheet.append([_safe(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(head: Sequence[str], body: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_safe(value) for value in row] for row in body)
    return out.getvalue().encode()


#: What no sheet can hold (XML 1.0, 2.2).
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _safe(value: Any) -> Any:
    from staffroom.core.tables import safe_cell

    return safe_cell(CONTROL.sub("", value))[:32_000] if isinstance(value, str) else value


def sheets(named: rows.Named, tiers: Sheet, cost: Sheet, others: Sheet) -> dict[str, Sheet]:
    return {
        "tiers": tiers,
        "groups": (rows.GROUPS, rows.group_rows(named)),
        "schedule": (rows.SCHEDULE, rows.schedule_rows(named)),
        "trainers": (rows.TRAINERS, rows.trainer_rows(named)),
        "cost": cost,
        "alternatives": others,
    }


def ical(path: Path, named: rows.Named, what: str, *, half: bool) -> list[Path]:
    """One file; or, where `path` is a folder, one an area: each circle, block and the core."""
    stamp = dt.datetime.now(dt.UTC)
    every = rows.events(named, what)
    if not path.is_dir():
        write(path, calendar(what, [event for _area, event in every], stamp, half=half))
        return [path]
    areas: dict[str, list[Event]] = {}
    for area, event in every:
        areas.setdefault(area, []).append(event)
    out = []
    for area, own in areas.items():
        file = path / (re.sub(r"[^\w-]+", "-", area).strip("-").lower() + ".ics")
        write(file, calendar(f"{what}: {area}", own, stamp, half=half))
        out.append(file)
    return out
