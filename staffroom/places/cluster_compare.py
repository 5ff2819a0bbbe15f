"""Two plans of clusters, or a draft and what holds today, side by side. Read only."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from staffroom.core.tables import csv_line
from staffroom.methods.formation.compare import compare
from staffroom.places import cluster_map
from staffroom.places.cluster_queries import Figures
from staffroom.places.models import Cluster, ClusterPlan, ClusterSchool, School

Ids = Iterable[uuid.UUID]
Colours = dict[uuid.UUID, int]


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
    match: dict[uuid.UUID, uuid.UUID]

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
    schools = _schools([*first, *second], {change.school for change in found.changes})
    changes = [
        Changed(
            schools[change.school],
            change.kind,
            kind_word(change.kind),
            _of(clusters, change.was),
            _of(clusters, change.becomes),
            _km(before.get(change.school)),
            _km(after.get(change.school)),
        )
        for change in found.changes
    ]
    changes.sort(key=lambda one: (ORDER.index(one.kind), one.school.name, one.school.pk))
    pairs = [(clusters[one], clusters[other]) for one, other in found.centres]
    return Compared(changes, pairs, found.same, found.match)


def _schools(plans: list[uuid.UUID], wanted: set[uuid.UUID]) -> dict[uuid.UUID, School]:
    """Few by their identifiers, many by the plans they are in: no query has too many values."""
    if len(wanted) <= FEW:
        return School.objects.in_bulk(list(wanted))
    inside = ClusterSchool.objects.filter(plan__in=plans).values("school")
    found = School.objects.filter(pk__in=inside).only("code", "name")
    return {school.pk: school for school in found.iterator(5000)}


def _of(clusters: dict[uuid.UUID, Cluster], key: uuid.UUID | None) -> Cluster | None:
    return None if key is None else clusters[key]


#: Above it all schools of both plans are read at once.
FEW = 500
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
    rows = rows.only("school", "cluster", "metres")
    return {row.school_id: row for row in rows}


def colours(
    first: ClusterPlan, second: ClusterPlan, match: dict[uuid.UUID, uuid.UUID]
) -> tuple[Colours, Colours]:
    """A colour of each cluster, the same for those that match."""
    own, other = cluster_map.colours_of(first), cluster_map.colours_of(second)
    return own, other | {two: own[one] for one, two in match.items()}


@dataclass(frozen=True)
class FigureRow:
    """One line of the table of figures: a word and its value in each plan."""

    word: str
    one: str
    other: str


def figure_rows(
    one: Figures, other: Figures, clusters: Sequence[Any], others: Sequence[Any]
) -> list[FigureRow]:
    """`clusters`, `others`: as `cluster_queries.clusters_of` counts them."""
    return [FigureRow(word, show(one, clusters), show(other, others)) for word, show in _figures()]


def _figures() -> list[tuple[str, Callable[[Figures, Sequence[Any]], str]]]:
    def size(rows: Sequence[Any]) -> str:
        many = [row.many or 0 for row in rows]
        return f"{min(many)}–{max(many)}" if many else "–"

    def gap(of: Figures) -> str:
        return "–" if of.gap_percent is None else number_format(of.gap_percent, 1) + " %"

    return [
        (_("Schools"), lambda of, rows: str(of.schools)),
        (_("Without a cluster"), lambda of, rows: str(of.unplaced)),
        (_("Clusters"), lambda of, rows: str(of.clusters)),
        (_("Schools a cluster"), lambda of, rows: size(rows)),
        (_("km in all"), lambda of, rows: number_format(of.km, 0)),
        (_("km a school"), lambda of, rows: number_format(of.km_a_school, 1)),
        (_("longest way, km"), lambda of, rows: number_format(of.km_longest, 1)),
        (_("At most above the best"), lambda of, rows: gap(of)),
    ]


def _km(row: ClusterSchool | None) -> float | None:
    return None if row is None or row.cluster_id is None else row.metres / 1000


def changes_csv(first: ClusterPlan, second: ClusterPlan) -> Iterator[str]:
    """Lines: a school a row; then the clusters whose centre changes."""
    found = compared([first.pk], [second.pk])
    yield csv_line(
        ["code", "name", "change", "cluster_before", "centre_before", "km_before",
         "cluster_after", "centre_after", "km_after"]
    )  # fmt: skip
    for one in found.changes:
        yield csv_line(
            [one.school.code, one.school.name, one.kind, *_cells(one.was, one.km_was),
             *_cells(one.becomes, one.km_becomes)]
        )  # fmt: skip
    for was, becomes in found.centres:
        yield csv_line(["", "", "centre", *_cells(was, None), *_cells(becomes, None)])


def _cells(cluster: Cluster | None, km: float | None) -> list[object]:
    if cluster is None:
        return ["", "", ""]
    return [cluster.number, cluster.centre.code, "" if km is None else round(km, 3)]
