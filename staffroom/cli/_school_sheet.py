"""A list of schools for the methods that need no server: ids, names, places, and any other column."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from staffroom.cli import BadInput
from staffroom.cli._sheets import column, read_bytes, without_server

#: More rows than this share with an id that stands before: the column is no id.
FEW_REPEATED = 0.05


@dataclass
class SchoolSheet:
    """One place a row in every list; `why`: what keeps the school from being placed, or "".

    `lost`: the rows where only the coordinates do.
    """

    header: tuple[str, ...]
    row: list[int]
    cells: list[tuple[str, ...]]
    id: list[str]
    name: list[str]
    latitude: list[float | None]
    longitude: list[float | None]
    why: list[str]
    columns: dict[str, str]
    lost: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.row)

    def column(self, name: str, option: str) -> list[str]:
        """The cells below this name. BadInput names the columns there are."""
        return column(self.header, self.cells, name, option)

    def numbers(self, name: str, option: str, least: float) -> list[float]:
        """As numbers of at least `least`. BadInput names row and column."""
        out = []
        for row, text in zip(self.row, self.column(name, option), strict=True):
            try:
                value = float(text.replace(",", "."))
            except ValueError:
                value = float("nan")
            if not least <= value < 1e9:
                raise BadInput(
                    f'row {row}, column {name}: "{text}" is no number of at least {least:g}. '
                    f"Mend it, or leave out {option}."
                )
            out.append(value)
        return out


def read(path: Path, options: argparse.Namespace) -> SchoolSheet:
    """`options` has `columns`, `encoding` and `sheet`."""
    without_server()
    from staffroom.cli._lists import pairs
    from staffroom.places.imports import columns, sheet

    table = sheet.read(read_bytes(path), encoding=options.encoding, sheet=options.sheet)
    cells = [row[1] for row in table.rows]
    chosen = {_field(what): name for what, name in pairs(options.columns, "--columns").items()}
    guessed = columns.guess(table.header, cells[:500])
    plain = {
        what: name
        for what, name in (("code", "id"), ("name", "name"))
        if name in (head.strip().casefold() for head in table.header)
    }
    at = columns.choose(table.header, guessed, plain | chosen).at
    missing = [what for what in ("latitude", "longitude") if what not in at]
    if missing:
        raise BadInput(
            f"no column was found for {' and '.join(missing)}. Say which with --columns "
            f'"{",".join(f"{what}=NAME" for what in missing)}". There are: '
            f"{', '.join(filter(None, table.header))}."
        )
    return _schools(table.header, [row[0] for row in table.rows], cells, at)


def _field(what: str) -> str:
    return "code" if what == "id" else what


def _schools(
    header: tuple[str, ...], row: list[int], cells: list[tuple[str, ...]], at: dict[str, int]
) -> SchoolSheet:
    from staffroom.places.imports import values

    why = [""] * len(row)
    number = [str(each) for each in row]  # without a column of ids, a row is its number
    ids = [values.code(each[at["code"]]) for each in cells] if "code" in at else number
    repeated = _check_ids(ids, row, why, header[at["code"]] if "code" in at else "")
    if repeated > FEW_REPEATED * len(row) and repeated > 1:
        first = next(i for i, text in enumerate(why) if text)
        raise BadInput(
            f"row {row[first]}, column {header[at['code']]}: {why[first]}, and so for {repeated} rows. "
            'Each school needs an id of its own; say which column has it: --columns "id=NAME".'
        )
    places: list[list[float | None]] = [[], []]
    lost = set()
    for axis, what in enumerate(("latitude", "longitude")):
        for index, each in enumerate(cells):
            try:
                places[axis].append(values.coordinate(each[at[what]]))
            except ValueError:
                places[axis].append(None)
                if not why[index]:
                    why[index] = f'{what} "{each[at[what]][:20]}" is not a coordinate'
                    lost.add(index)
    return SchoolSheet(
        header, row, cells, ids,
        [each[at["name"]] if "name" in at else "" for each in cells],
        places[0], places[1], why,
        {("id" if what == "code" else what): header[index] for what, index in at.items()}, lost,
    )  # fmt: skip


def _check_ids(ids: Sequence[str], row: Sequence[int], why: list[str], column: str) -> int:
    """Rows with no id, or one that stands before, cannot be placed. > how many."""
    first: dict[str, int] = {}
    for index, code in enumerate(ids):
        if not code:
            why[index] = f"no id in the column {column}"
        elif code in first:
            why[index] = f'the id "{code}" already stands in row {first[code]}'
        else:
            first[code] = row[index]
    return sum(1 for text in why if text)
