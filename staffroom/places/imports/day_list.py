"""A school calendar from a spreadsheet: one period a row, with its name, first and last day."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.forms import one_line
from staffroom.core.words import listed
from staffroom.places.imports import sheet as sheets
from staffroom.places.imports import values
from staffroom.places.imports.days import MOST, Days, Listed, Wrong
from staffroom.places.imports.kinds import kind_of, kind_said
from staffroom.places.imports.names import fold

NAMES: dict[str, list[str]] = {
    "name": ["name", "event", "summary", "subject", "term", "holiday", "title", "what", "jina", "tukio", "muhula",
             "sikukuu", "nom", "evenement", "نام", "تقریب", "چھٹی"],
    "first": ["first day", "first", "start", "start date", "starts", "from", "opening", "opens", "opening date",
              "date", "day", "kuanzia", "kufungua", "tarehe", "du", "debut", "date de debut", "تاریخ", "آغاز"],
    "last": ["last day", "last", "end", "end date", "ends", "to", "until", "closing", "closes", "closing date",
             "hadi", "kufunga", "mwisho", "au", "fin", "date de fin", "اختتام", "تک"],
    "kind": ["kind", "type", "category", "aina", "categorie", "قسم"],
}  # fmt: skip


def read(data: bytes) -> Days:
    """Every row of the list; `Refused` where it is no table or a column is missing."""
    table = sheets.read(data)
    at = _columns(table.header)
    if len(table.rows) > MOST:
        raise Refused(
            _("This list has more than %(n)s rows. Please send one year.") % {"n": MOST}, "file"
        )
    days = Days()
    for number, cells in table.rows:
        row = {what: cells[index] for what, index in at.items()}
        heads = {what: table.header[index] for what, index in at.items()}
        found = _read(number, row, heads)
        (days.listed if isinstance(found, Listed) else days.wrong).append(found)  # type: ignore[arg-type]
    return days


def _columns(header: Sequence[str]) -> dict[str, int]:
    folded = [fold(name) for name in header]
    at: dict[str, int] = {}
    for what, names in NAMES.items():
        for name in map(fold, names):
            if name in folded and folded.index(name) not in at.values():
                at[what] = folded.index(name)
                break
    if missing := [what for what in ("name", "first") if what not in at]:
        words = {"name": _("the name"), "first": _("the first day")}
        raise Refused(
            _(
                "No column was found for %(missing)s. Please call the columns Name, First day and Last "
                "day. There are: %(all)s."
            )
            % {
                "missing": listed(words[what] for what in missing),
                "all": listed(name for name in header if name),
            },
            "file",
        )
    return at


def _read(number: int, row: dict[str, str], heads: dict[str, str]) -> Listed | Wrong:
    name = one_line(row["name"])
    if not name:
        return Wrong(number, heads["name"], _("The name is missing."))
    if len(name) > 80:
        return Wrong(number, heads["name"], _("At most %(n)s characters fit.") % {"n": 80})
    first = _day(row["first"])
    if first is None:
        return Wrong(number, heads["first"], _not_a_day(row["first"]))
    last = first
    if row.get("last"):
        end = _day(row["last"])
        if end is None:
            return Wrong(number, heads["last"], _not_a_day(row["last"]))
        last = end
    if last < first:
        return Wrong(number, heads["last"], _("The last day comes after the first."))
    kind = kind_said(row.get("kind", "")) or kind_of(name, first, last)
    return Listed(number, name, first, last, kind)


def _day(text: str) -> dt.date | None:
    """A day; a year alone is none here."""
    try:
        return None if len(text.strip()) < 6 else values.date(text)
    except ValueError:
        return None


def _not_a_day(text: str) -> str:
    return _("“%(text)s” is not a day. Please write it like 2027-01-04 or 04/01/2027.") % {
        "text": text[:40]
    }
