"""Merged cells below the header: filled down when asked, else a problem in each row they leave empty."""

from collections.abc import Iterable

from staffroom.places.imports.problems import Problem
from staffroom.places.imports.sheet import Row, Sheet


def merged_filled(
    sheet: Sheet, used: Iterable[int], fill: bool, problems: list[Problem]
) -> list[Row]:
    """The rows with merged cells filled down, or each row under a merged cell as a problem."""
    wanted = set(used)
    hit = [
        area
        for area in sheet.merged
        if any(area.first_column - 1 <= index < area.last_column for index in wanted)
    ]
    if not hit:
        return sheet.rows
    rows = dict(sheet.rows)
    for area in hit:
        source = rows.get(area.first_row)
        value = source[area.first_column - 1] if source and area.first_column <= len(source) else ""
        for number in range(max(area.first_row, sheet.header_row + 1), area.last_row + 1):
            if number not in rows:
                continue
            inside = range(area.first_column - 1, min(area.last_column, len(sheet.header)))
            if number == area.first_row and len(inside) == 1:
                continue
            cells = list(rows[number])
            for index in inside:
                if (number, index) != (area.first_row, area.first_column - 1):
                    cells[index] = value
            if fill:
                rows[number] = tuple(cells)
            else:
                problems.append(
                    Problem(number, sheet.header[inside[0]], "", "merged_cells",
                            {"range": area.name, "first": area.first_row})
                )  # fmt: skip
    return list(rows.items())
