"""The schools as a list that the importer reads again without a change."""

import csv
import io
from collections.abc import Iterator

from staffroom.core.clock import today
from staffroom.places import queries
from staffroom.places.imports.report import safe_cell
from staffroom.places.models import Area, Programme

FIELDS = ["name", "level", "sector", "latitude", "longitude", "opened"]


def schools_csv(programme: Programme) -> Iterator[str]:
    """Lines: code, name ..., one column a level, closed_on, merged_into."""
    day = today(programme.timezone)
    levels = [level.name for level in programme.levels.order_by("depth")]
    tree = queries.area_tree(programme, day)
    spelled = dict(Area.objects.filter(programme=programme).values_list("pk", "name"))
    names = {path: spelled[area] for path, area in tree.items()}
    yield _line(["code", *FIELDS, *levels, "closed_on", "merged_into"])
    for school in queries.kept_schools(programme, day):
        line = [
            names.get(school.path[: depth + 1], "")
            if depth < len(school.path) and school.path[depth]
            else ""
            for depth in range(len(levels))
        ]
        own = [getattr(school, field) for field in FIELDS]
        yield _line([school.code, *own, *line, school.closed, school.merged_into])


def _line(cells: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(["" if cell is None else safe_cell(cell) for cell in cells])
    return out.getvalue()
