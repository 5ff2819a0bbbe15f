"""Two plans of clusters, or a draft and what holds today, side by side. Read only."""

import csv
import io
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from staffroom.methods.formation.compare import compare
from staffroom.places.imports.report import safe_cell
from staffroom.places.models import Cluster, ClusterPlan, ClusterSchool, School

Ids = Iterable[uuid.UUID]


@dataclass(frozen=True)
class Changed:
    """A school that changes, as it is told. `km_was`, `km_becomes`: its way to the centre."""

    school: School
    kind: str
    said: str
    was: Cluster | None
    becomes: Cluster | None
    km_was: float | None
    km_becomes: float | None


@dataclass(frozen=True)
class Compared:
    changes: list[Changed]
    centres: list[tuple[Cluster, Cluster]]
    same: int

    @property
    def schools(self) -> set[uuid.UUID]:
        return {change.school.pk for change in self.changes}


def compared(first: Ids, second: Ids) -> Compared:
    """Some plans (one, or those of several areas) against others, by their identifiers."""
    before, after = _rows(first), _rows(second)
    clusters = {
        row.pk: row
        for row in Cluster.objects.filter(plan__in={*first, *second}).select_related("centre")
    }
    centre = {pk: row.centre_id for pk, row in clusters.items()}
    found = compare(
        {school: row.cluster_id for school, row in before.items()},
        {school: row.cluster_id for school, row in after.items()},
        centre,
        centre,
    )
    schools = School.objects.in_bulk([change.school for change in found.changes])
    changes = [
        Changed(
            schools[change.school],
            change.kind,
            kind_word(change.kind),
            clusters.get(change.was),
            clusters.get(change.becomes),
            _km(before.get(change.school)),
            _km(after.get(change.school)),
        )
        for change in found.changes
    ]
    changes.sort(key=lambda one: (ORDER.index(one.kind), one.school.name, one.school.pk))
    pairs = [(clusters[one], clusters[other]) for one, other in found.centres]
    return Compared(changes, pairs, found.same)


ORDER = ["moved", "placed", "unplaced", "new", "gone"]


def kind_word(kind: str) -> str:
    return {
        "moved": _("another cluster"),
        "placed": _("gets a cluster"),
        "unplaced": _("loses its cluster"),
        "new": _("new in the plan"),
        "gone": _("no longer in the plan"),
    }[kind]


def _rows(plans: Ids) -> dict[uuid.UUID, ClusterSchool]:
    rows = ClusterSchool.objects.filter(plan__in=list(plans)).order_by("pk")
    return {row.school_id: row for row in rows}


def _km(row: ClusterSchool | None) -> float | None:
    return None if row is None or row.cluster_id is None else row.metres / 1000


def changes_csv(first: ClusterPlan, second: ClusterPlan) -> Iterator[str]:
    """Lines: a school a row; then the clusters whose centre changes."""
    found = compared([first.pk], [second.pk])
    yield _line(
        ["code", "name", "change", "cluster_before", "centre_before", "km_before",
         "cluster_after", "centre_after", "km_after"]
    )  # fmt: skip
    for one in found.changes:
        yield _line(
            [one.school.code, one.school.name, one.kind, *_cells(one.was, one.km_was),
             *_cells(one.becomes, one.km_becomes)]
        )  # fmt: skip
    for was, becomes in found.centres:
        yield _line(["", "", "centre", *_cells(was, None), *_cells(becomes, None)])


def _cells(cluster: Cluster | None, km: float | None) -> list[object]:
    if cluster is None:
        return ["", "", ""]
    return [cluster.number, cluster.centre.code, "" if km is None else round(km, 3)]


def _line(cells: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
