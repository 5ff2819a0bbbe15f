"""A plan as a list, a row a school: what `staffroom form-clusters` writes, with names."""

from collections.abc import Iterator

from staffroom.places.cluster_words import said
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
