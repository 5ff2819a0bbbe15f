"""Plans of clusters written directly, without forming: clusters as rows of schools on a line."""

from types import SimpleNamespace

from staffroom.places.cluster_costs import metres
from staffroom.places.models import Block, Circle, Cluster, ClusterPlan, ClusterSchool, School

STEP = 0.01  # degrees from one school to the next: about 1.1 km


def make_plan(world, sizes=(3, 4), *, settings=None, name="Plan", **fields) -> SimpleNamespace:
    """Each cluster is a line of schools to the east, its first school the centre; the next cluster
    goes on where it ends. `schools` are in order, `clusters` too; one circle and one block."""
    made = SimpleNamespace(schools=[], clusters=[])
    made.plan = ClusterPlan.objects.create(
        programme=world.programme, name=name, made_by=world.hamisi,
        settings={"min": 2, "max": 5} | (settings or {}), **fields,
    )  # fmt: skip
    made.block = Block.objects.create(plan=made.plan, number=1)
    made.circle = Circle.objects.create(plan=made.plan, number=1, block=made.block)
    at = 0
    for number, size in enumerate(sizes, 1):
        schools = [_school(world, at + step) for step in range(size)]
        at += size
        add_cluster(made, number, schools)
    return made


def add_cluster(made: SimpleNamespace, number: int, schools: list[School]) -> Cluster:
    cluster = Cluster.objects.create(
        plan=made.plan, number=number, circle=made.circle, centre=schools[0]
    )
    ClusterSchool.objects.bulk_create(
        ClusterSchool(
            plan=made.plan,
            cluster=cluster,
            school=school,
            metres=metres(
                (school.latitude, school.longitude), (schools[0].latitude, schools[0].longitude)
            ),
        )
        for school in schools
    )
    made.schools += schools
    made.clusters.append(cluster)
    return cluster


def _school(world, at: int) -> School:
    return School.objects.get_or_create(
        programme=world.programme, code=f"P{at:03}",
        defaults={"name": f"School {at}", "latitude": -1.0, "longitude": 38 + at * STEP},
    )[0]  # fmt: skip
