"""A list of teachers for form-communities: who they are, whom they supervise, and any other column."""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from staffroom.cli import BadInput
from staffroom.cli._sheets import column, find_column, read_bytes, without_server

FIELDS = ("id", "school", "supervises")
SPAN = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*[-–]\s*(\d+(?:[.,]\d+)?)")


@dataclass
class TeacherSheet:
    """One place a row in every list; `why`: what keeps a teacher from being placed, or ""."""

    header: tuple[str, ...]
    row: list[int]
    cells: list[tuple[str, ...]]
    id: list[str]
    school: list[str]
    supervises: list[list[str]]
    why: list[str]

    def __len__(self) -> int:
        return len(self.row)

    def column(self, name: str, option: str) -> list[str]:
        """The cells below this name. BadInput names the columns there are."""
        return [text.strip() for text in column(self.header, self.cells, name, option)]


def read(path: Path, options: argparse.Namespace) -> TeacherSheet:
    """`options` has `columns`, `encoding` and `sheet`. BadInput names what is missing."""
    without_server()
    from staffroom.cli._lists import pairs
    from staffroom.places.imports import sheet

    table = sheet.read(read_bytes(path), encoding=options.encoding, sheet=options.sheet)
    cells = [tuple(row[1]) for row in table.rows]
    chosen = pairs(options.columns, "--columns")
    at = {what: find_column(table.header, chosen.get(what, what)) for what in FIELDS}
    for what in ("id", "school"):
        if at[what] is None:
            raise BadInput(
                f'no column was found for {what}. Say which with --columns "{what}=NAME". There are: '
                f"{', '.join(filter(None, table.header))}."
            )

    def of(what: str) -> list[str]:
        index = at[what]
        return ["" if index is None else each[index].strip() for each in cells]

    out = TeacherSheet(
        table.header, [row[0] for row in table.rows], cells, of("id"), of("school"),
        [[part.strip() for part in text.split(";") if part.strip()] for text in of("supervises")],
        [""] * len(cells),
    )  # fmt: skip
    _check(out)
    return out


def _check(sheet: TeacherSheet) -> None:
    first: dict[str, int] = {}
    for i, code in enumerate(sheet.id):
        if not code:
            sheet.why[i] = "no id is given; give one and form again"
        elif code in first:
            sheet.why[i] = f'the id "{code}" already stands in row {first[code]}'
        elif not sheet.school[i]:
            sheet.why[i] = "no school is given; give it and form again"
        first.setdefault(code, sheet.row[i])


def below(sheet: TeacherSheet) -> tuple[dict[int, list[int]], list[tuple[int, int]]]:
    """Whom each supervises, and pairs who supervise one school together. BadInput for unknown names."""
    people, schools = _whereabouts(sheet)
    heads: dict[str, list[int]] = {}
    found: dict[int, list[int]] = {}
    for i, names in enumerate(sheet.supervises):
        for name in names:
            if name in people:
                found.setdefault(i, []).append(people[name])
            elif name in schools:
                heads.setdefault(name, []).append(i)
            else:
                raise BadInput(
                    f'row {sheet.row[i]}, column supervises: "{name}" is no id and no school of this '
                    "list. Mend it, or leave it out if they are not in the list."
                )
    together = []
    for name, above in heads.items():
        together += [(a, b) for a in above for b in above if a < b]
        for i in above:
            found.setdefault(i, []).extend(one for one in schools[name] if one not in above)
    if wrong := [i for i, names in found.items() if i in names]:
        i = wrong[0]
        raise BadInput(
            f"row {sheet.row[i]}, column supervises: {sheet.id[i]} supervises themselves. Mend it."
        )
    return found, together


def _whereabouts(sheet: TeacherSheet) -> tuple[dict[str, int], dict[str, list[int]]]:
    people: dict[str, int] = {}
    schools: dict[str, list[int]] = {}
    for i, (code, school) in enumerate(zip(sheet.id, sheet.school, strict=True)):
        if code:
            people.setdefault(code, i)
        if school:
            schools.setdefault(school, []).append(i)
    return people, schools


def near(sheet: TeacherSheet, name: str) -> tuple[np.ndarray, int]:
    """(n, k) standardised: numbers, spans ("4-6") and lists ("4;5") by their middle; words as kinds.

    Empty cells stand in the middle; how many is told. A column of one value says nothing: all 0.
    """
    cells = sheet.column(name, "--near")
    values = [_number(text) for text in cells]
    empty = [not text for text in cells]
    numbers = [value for value, none in zip(values, empty, strict=True) if not none]
    if not any(value is not None for value in numbers):
        return _kinds(cells), sum(empty)
    for i, (text, value) in enumerate(zip(cells, values, strict=True)):
        if text and value is None:
            raise BadInput(
                f'row {sheet.row[i]}, column {name}: "{text}" is not a number, as others of this column '
                "are. Mend it, or leave it empty."
            )
    x = np.array([np.nan if value is None else value for value in values])
    middle, spread = np.nanmean(x), np.nanstd(x)
    return np.nan_to_num((x - middle) / (spread or 1.0))[:, None], sum(empty)


def _number(text: str) -> float | None:
    parts = [part for part in re.split(r"[;/]", text) if part.strip()]
    try:
        found = [_one(part.strip()) for part in parts]
    except ValueError:
        return None
    return sum(found) / len(found) if found else None


def _one(text: str) -> float:
    span = SPAN.fullmatch(text)
    if span:
        return sum(float(end.replace(",", ".")) for end in span.groups()) / 2
    value = float(text.replace(",", "."))
    if not abs(value) < 1e12:
        raise ValueError(text)
    return value


def _kinds(cells: list[str]) -> np.ndarray:
    """A column a kind, together as wide as one standardised number."""
    kinds = sorted({text.casefold() for text in cells if text})
    x = np.array([[text.casefold() == kind for kind in kinds] for text in cells], float)
    if len(kinds) < 2:
        return np.zeros((len(cells), 1))
    x -= x.mean(axis=0)
    return np.asarray(x / np.sqrt((x**2).mean(axis=0).sum()))
