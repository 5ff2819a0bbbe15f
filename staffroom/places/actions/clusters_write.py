"""The rows of a plan that was formed, in the place of those it had."""

from django.db.models import F

from staffroom.places.cluster_lot import Drawn, Lot
from staffroom.places.cluster_words import joined
from staffroom.places.models import Block, Circle, Cluster, ClusterMove, ClusterPlan, ClusterSchool

BATCH = 2000


def write_plan(plan: ClusterPlan, lot: Lot, drawn: Drawn) -> None:
    """Inside the caller's transaction."""
    ClusterSchool.objects.filter(plan=plan).delete()
    ClusterMove.objects.filter(plan=plan).delete()
    ClusterPlan.objects.filter(pk=plan.pk).update(version=F("version") + 1)
    for model in (Cluster, Circle, Block):
        model.objects.filter(plan=plan).delete()
    blocks = [Block(plan=plan, number=number, name=name) for number, name in drawn.blocks]
    Block.objects.bulk_create(blocks)
    circles = [
        Circle(plan=plan, number=number, name=name, block=blocks[at] if at >= 0 else None)
        for (number, name), at in zip(drawn.circles, drawn.block, strict=True)
    ]
    Circle.objects.bulk_create(circles)
    clusters = [
        Cluster(
            plan=plan, number=number, name=name, centre_id=lot.ids[centre],
            circle=circles[at] if at >= 0 else None,
        )
        for number, name, centre, at in zip(
            drawn.number, drawn.name, drawn.centre, drawn.circle, strict=True
        )
    ]  # fmt: skip
    Cluster.objects.bulk_create(clusters, batch_size=BATCH)
    ClusterSchool.objects.bulk_create(
        (
            ClusterSchool(
                plan=plan, cluster=clusters[k] if k >= 0 else None, school_id=school, metres=metres,
                note=joined(lot.why[i]) if k < 0 else joined(lot.note[i], drawn.moved.get(i, "")),
            )
            for i, (school, k, metres) in enumerate(
                zip(lot.ids, drawn.label, drawn.metres, strict=True)
            )
        ),
        batch_size=BATCH,
    )  # fmt: skip
