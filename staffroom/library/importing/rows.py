"""The spreadsheet's rows as what is said of a resource, with every mistake by row and column."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.library.actions.resources import About
from staffroom.library.importing import values
from staffroom.places.imports.sheet import Sheet

#: Part -> how a column of it may be called, in the languages of the product.
COLUMNS: dict[str, set[str]] = {
    "key": {"id", "key", "code", "no", "number"},
    "file": {"file", "filename", "file name", "path", "faili", "فائل"},
    "link": {"link", "url", "address", "web", "kiungo"},
    "title": {"title", "name", "kichwa", "jina", "عنوان"},
    "kind": {"kind", "type", "aina", "قسم"},
    "description": {"description", "about", "summary", "maelezo"},
    "subjects": {"subject", "subjects", "somo", "masomo", "مضمون"},
    "grades": {"grade", "grades", "class", "darasa", "جماعت"},
    "topic": {"topic", "strand", "curriculum topic", "mada"},
    "language": {"language", "lugha", "زبان"},
    "licence": {"licence", "license", "leseni"},
    "credit": {"credit", "author", "authors", "source", "made by", "mwandishi", "مصنف"},
    "year": {"year", "mwaka", "سال"},
}
READERS: dict[str, Callable[[str], Any]] = {
    "kind": values.kind,
    "subjects": values.subjects,
    "grades": values.grades,
    "language": values.language,
    "licence": values.licence,
    "year": values.year,
}


@dataclass(frozen=True)
class Problem:
    """One thing to mend. A `warning` does not stop the import."""

    row: int | None
    column: str
    value: str
    reason: str
    severity: str = "error"

    def as_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclass
class Line:
    """One row as it was understood."""

    row: int
    key: str
    file: str
    about: About
    said: set[str] = field(default_factory=set)  # the parts that have a column


@dataclass
class Read:
    lines: list[Line]
    columns: dict[str, str]  # part -> the column's own name
    problems: list[Problem]


def read(sheet: Sheet) -> Read:
    """Every row; a row with a mistake is in `problems`, not in `lines`."""
    at = _columns(sheet)
    names = {part: sheet.header[index] for part, index in at.items()}
    problems = [
        Problem(None, name, "", _("This column is not known, and is not used."), "warning")
        for index, name in enumerate(sheet.header)
        if name and index not in at.values()
    ]
    if not {"file", "link"} & set(at):
        raise Refused(
            _("There is no column “file” or “link”. The columns are: %(all)s.")
            % {"all": ", ".join(filter(None, sheet.header))},
            "file",
        )
    lines: list[Line] = []
    for number, cells in sheet.rows:
        found = {part: cells[index].strip() for part, index in at.items()}
        line, wrong = _line(number, found, names)
        problems += wrong
        if line is not None:
            lines.append(line)
    return Read(lines, names, problems + _twice(lines, names))


def _columns(sheet: Sheet) -> dict[str, int]:
    at: dict[str, int] = {}
    for index, name in enumerate(sheet.header):
        plain = " ".join(name.casefold().replace("_", " ").split())
        for part, known in COLUMNS.items():
            if plain in known and part not in at:
                at[part] = index
                break
    return at


def _line(
    number: int, cells: dict[str, str], names: dict[str, str]
) -> tuple[Line | None, list[Problem]]:
    wrong: list[Problem] = []
    parts: dict[str, Any] = {}
    for part, text in cells.items():
        if part in {"key", "file"}:
            continue
        try:
            parts[part] = READERS[part](text) if part in READERS else text
        except Refused as refusal:
            wrong.append(Problem(number, names[part], text, refusal.message))
    file, link = cells.get("file", ""), cells.get("link", "")
    if not file and not link:
        column = names.get("file") or names["link"]
        wrong.append(Problem(number, column, "", _("There is neither a file nor a link.")))
    key = cells.get("key") or file or link
    if len(key) > 80:
        key = key[-80:]
    if wrong:
        return None, wrong
    return Line(number, key, file, About(**parts), set(parts)), []


def _twice(lines: list[Line], names: dict[str, str]) -> list[Problem]:
    """Two rows of one key would be one resource."""
    first: dict[str, int] = {}
    problems = []
    for line in lines:
        if line.key in first:
            column = names.get("key") or names.get("file") or names["link"]
            reason = _("Row %(row)s has the same. Give each an id of its own.")
            problems.append(Problem(line.row, column, line.key, reason % {"row": first[line.key]}))
        first.setdefault(line.key, line.row)
    return problems
