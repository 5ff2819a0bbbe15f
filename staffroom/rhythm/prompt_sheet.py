"""Prompts as a spreadsheet: the list that the office takes out, changes and brings back."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from staffroom.core.errors import Refused
from staffroom.core.tables import safe_cell
from staffroom.places.imports.sheet import Sheet
from staffroom.places.models import Programme
from staffroom.rhythm.actions.prompt_office import cleaned
from staffroom.rhythm.prompt_words import SUBJECTS, TONGUES
from staffroom.rhythm.queries.prompts import library

COLUMNS = ("key", "subject", *TONGUES, "off")
#: Other names of a column, in the languages of the product.
_NAMES = {
    "key": {"key", "id", "code"},
    "subject": {"subject", "somo", "مضمون"},
    "en": {"en", "english", "kiingereza", "انگریزی"},
    "sw": {"sw", "swahili", "kiswahili", "سواحلی"},
    "ur": {"ur", "urdu", "kiurdu", "اردو"},
    "off": {"off", "imezimwa", "بند"},
}
_YES = {"yes", "y", "x", "1", "true", "off", "ndiyo", "ndio", "ہاں"}
_NO = {"", "no", "n", "0", "false", "on", "hapana", "نہیں"}


@dataclass(frozen=True)
class Line:
    row: int
    key: str
    subject: str
    texts: dict[str, str]
    off: bool


@dataclass(frozen=True)
class Problem:
    """One thing to mend."""

    row: int
    column: str
    value: str
    reason: str


def lines_csv(programme: Programme) -> Iterator[str]:
    """Every prompt of the programme, those switched off too; read again without a change."""
    yield _csv(COLUMNS)
    for words in library(programme, also_off=True).values():
        texts = [words.texts.get(code, "") for code in TONGUES]
        yield _csv([words.key, words.subject, *texts, "yes" if words.off else ""])


def _csv(cells: object) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(cell) for cell in cells])  # type: ignore[attr-defined]
    return out.getvalue()


def read(sheet: Sheet, known: set[str]) -> tuple[list[Line], list[Problem]]:
    """Every row, and every mistake by row and column. `known`: the keys that there are."""
    at = _columns(sheet)
    lines: list[Line] = []
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for number, cells in sheet.rows:
        found = {part: cells[index].strip() for part, index in at.items()}
        if not any(found.values()):
            continue
        try:
            line = _line(number, found, known)
            if line.key and line.key in first:
                raise Refused(_("Row %(row)s has the same. Give each an id of its own.") % {"row": first[line.key]}, "key")  # fmt: skip
            first.setdefault(line.key, number)
            lines.append(line)
        except Refused as refusal:
            part = refusal.field or "en"
            column = sheet.header[at[part]] if part in at else part
            problems.append(Problem(number, column, found.get(part, "")[:80], refusal.message))
    return lines, problems


def _columns(sheet: Sheet) -> dict[str, int]:
    at: dict[str, int] = {}
    for index, name in enumerate(sheet.header):
        plain = " ".join(name.casefold().split())
        part = next((part for part, names in _NAMES.items() if plain in names), "")
        if part and part not in at:
            at[part] = index
    if "subject" not in at or not set(TONGUES) & set(at):
        raise Refused(
            _("The list needs a column “subject” and one of: %(all)s.")
            % {"all": ", ".join(TONGUES)},
            "file",
        )
    return at


def _line(number: int, found: dict[str, str], known: set[str]) -> Line:
    key = found.get("key", "")
    if key and key not in known:
        raise Refused(_("There is none with this key. Leave the cell empty for a new one."), "key")
    off = found.get("off", "").casefold()
    if off not in _YES | _NO:
        raise Refused(_("Please write yes, or leave it empty."), "off")
    texts = {code: found.get(code, "") for code in TONGUES}
    return Line(number, key, subject(found.get("subject", "")), cleaned(texts), off in _YES)


def subject(text: str) -> str:
    """The code that is meant: as we write it, or as one of our languages says it."""
    plain = " ".join(text.casefold().split())
    for code, label in SUBJECTS.items():
        if plain == code or plain in _said(label):
            return code
    raise Refused(
        _("“%(text)s” is not known here. Known are: %(all)s.")
        % {"text": text, "all": ", ".join(SUBJECTS)},
        "subject",
    )


def _said(label: object) -> set[str]:
    found = set()
    for tongue in TONGUES:
        with override(tongue):
            found.add(str(label).casefold())
    return found
