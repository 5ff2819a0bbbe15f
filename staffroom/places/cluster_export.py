"""A plan as a list, a row a school: what `staffroom form-clusters` writes, with names."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from staffroom.places.cluster_words import said
from staffroom.places.imports.report import safe_cell
from staffroom.places.models import ClusterPlan, ClusterSchool

#: The columns of `form-clusters`, so that its --previous reads this list.
HEAD = (
    "id", "name", "block", "circle", "cluster", "cluster_name", "centre", "centre_name",
    "km_to_centre", "why", "note",
)  # fmt: skip

Cell = str | int | float


def rows(plan: ClusterPlan) -> Iterator[list[Cell]]:
    """By block, circle, cluster and way; those that wait at the end."""
    found = ClusterSchool.objects.filter(plan=plan).select_related(
        "school", "cluster__centre", "cluster__circle__block"
    )
    placed = found.filter(cluster__isnull=False)
    for row in placed.order_by("cluster__number", "metres", "school__name").iterator(5000):
        cluster = row.cluster
        assert cluster is not None
        circle = cluster.circle
        block = circle.block if circle else None
        yield [
            row.school.code, row.school.name, block.number if block else "",
            circle.number if circle else "", cluster.number, cluster.name or cluster.centre.name,
            cluster.centre.code, cluster.centre.name, round(row.metres / 1000, 3), "",
            said(row.note),
        ]  # fmt: skip
    for row in found.filter(cluster=None).order_by("note", "school__name").iterator(5000):
        yield [row.school.code, row.school.name, *[""] * 7, said(row.note), ""]


def csv_lines(plan: ClusterPlan) -> Iterator[str]:
    yield _line(list(HEAD))
    for row in rows(plan):
        yield _line(row)


def _line(cells: list[Cell]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(map(safe_cell, cells))
    return out.getvalue()


def workbook(plan: ClusterPlan) -> bytes:
    """XLSX: one sheet with heads that stay, no cell that runs as a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Clusters of schools")[:31])
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJK", (14, 30, 8, 8, 8, 30, 14, 30, 13, 40, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    heads = [WriteOnlyCell(sheet, value=name) for name in HEAD]
    for cell in heads:
        cell.font = Font(bold=True)
    sheet.append(heads)
    for row in rows(plan):
        sheet.append([safe_cell(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
