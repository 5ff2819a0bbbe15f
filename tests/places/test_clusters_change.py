"""A draft is changed by hand: what it costs, who was faster, and how it is undone."""

import numpy as np
import pytest

from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from staffroom.methods.formation import earth
from staffroom.places import cluster_costs, cluster_moves, cluster_queries, hooks
from staffroom.places.actions import clusters_change as actions
from staffroom.places.models import Appointment, Block, Circle, Cluster, ClusterSchool
from tests.conftest import LONG_AGO
from tests.places.cluster_plans import make_plan


@pytest.fixture
def made(world):
    """Cluster 1: schools 0 1 2; cluster 2: schools 3 4 5 6."""
    return make_plan(world)


def rows(made) -> list[int]:
    """The number of each school's cluster, in order."""
    kept = dict(
        ClusterSchool.objects.filter(plan=made.plan).values_list("school", "cluster__number")
    )
    return [kept[school.pk] for school in made.schools]


def test_metres_are_those_of_forming():
    places = [(-1.0, 38.0), (-1.01, 38.02), (4.5, 33.9), (-1.0, 38.0)]
    points = earth.points(np.array([p[0] for p in places]), np.array([p[1] for p in places]))
    table = earth.between(points, points)
    for i, one in enumerate(places):
        for j, other in enumerate(places):
            assert cluster_costs.metres(one, other) == table[i, j]


def test_a_school_moves_and_the_cost_is_what_was_said(world, made):
    before = cluster_queries.figures(made.plan).metres
    row = ClusterSchool.objects.select_related("school", "cluster").get(school=made.schools[2])
    (cost,) = cluster_costs.costs(made.plan, row, made.clusters)
    assert (cost.cluster.number, cost.size, cost.why) == (2, 5, "")
    assert cost.change < 0
    move = actions.move_school(
        by=world.hamisi, plan=made.plan, version=0, school=made.schools[2], to=made.clusters[1]
    )
    assert rows(made) == [1, 1, 2, 2, 2, 2, 2]
    assert move.metres == cost.change == cluster_queries.figures(made.plan).metres - before
    assert AuditEntry.objects.filter(act="clusters.changed", on_id=made.plan.pk).count() == 1
    told = cluster_moves.told(made.plan)
    assert [one.said for one in told] == ["School 2 moved to cluster 2"]


def test_the_last_changes_are_undone_one_by_one(world, made):
    before = list(ClusterSchool.objects.order_by("pk").values_list("cluster", "metres"))
    first, second = made.clusters
    act = {"by": world.gathoni, "plan": made.plan}
    actions.move_school(version=0, school=made.schools[2], to=second, **act)
    actions.choose_centre(version=1, cluster=second, school=made.schools[4], **act)
    actions.rename(version=2, thing=first, name=" East  side ", **act)
    assert Cluster.objects.get(pk=first.pk).name == "East side"
    for version in (3, 4, 5):
        actions.undo(version=version, **act)
    assert list(ClusterSchool.objects.order_by("pk").values_list("cluster", "metres")) == before
    assert Cluster.objects.get(pk=first.pk).name == ""
    assert Cluster.objects.get(pk=second.pk).centre == made.schools[3]
    with pytest.raises(Refused):
        actions.undo(version=6, **act)


def test_bounds_hold_and_it_is_said_why_not(world):
    made = make_plan(world, (2, 5, 3))
    small, full, middle = made.clusters
    act = {"by": world.hamisi, "plan": made.plan, "version": 0}
    for school, to, word in [
        (made.schools[1], middle, "at least 2"),  # the small one would have one
        (made.schools[8], full, "at most 5"),
        (made.schools[2], middle, "central school"),
        (made.schools[8], middle, "already"),
    ]:
        with pytest.raises(Refused, match=word):
            actions.move_school(school=school, to=to, **act)
    made.plan.refresh_from_db()
    assert made.plan.version == 0
    assert small.schools.count() == 2


def test_kinds_and_areas_that_the_plan_keeps_apart(world):
    made = make_plan(world, (3, 4), settings={"apart": "sector", "within": 1})
    made.schools[2].sector = "private"
    made.schools[2].save()
    row = ClusterSchool.objects.select_related("school", "cluster").get(school=made.schools[2])
    (cost,) = cluster_costs.costs(made.plan, row, made.clusters)
    assert "another kind" in cost.why


def test_a_school_without_a_cluster_is_placed_and_one_without_a_place_is_not(world, made):
    row = ClusterSchool.objects.create(plan=made.plan, school=world.hill, note="no_place")
    made.plan.bound = 5
    made.plan.save()
    act = {"by": world.hamisi, "plan": made.plan, "school": world.hill, "to": made.clusters[0]}
    type(world.hill).objects.filter(pk=world.hill.pk).update(latitude=None, longitude=None)
    with pytest.raises(Refused, match="coordinates"):
        actions.move_school(version=0, **act)
    type(world.hill).objects.filter(pk=world.hill.pk).update(latitude=-1.0, longitude=38.005)
    actions.move_school(version=0, **act)
    row.refresh_from_db()
    made.plan.refresh_from_db()
    assert row.cluster == made.clusters[0]
    assert row.metres
    assert made.plan.bound is None


def test_whoever_was_slower_overwrites_nothing(world, made):
    act = {"plan": made.plan, "version": 0}
    actions.move_school(by=world.hamisi, school=made.schools[2], to=made.clusters[1], **act)
    with pytest.raises(actions.Changed, match="School 2 moved to cluster 2"):
        actions.rename(by=world.gathoni, thing=made.clusters[0], name="Mine", **act)
    assert Cluster.objects.get(pk=made.clusters[0].pk).name == ""


def test_circles_and_blocks(world, made):
    made.plan.settings |= {"circle": [1, 2]}
    made.plan.save()
    other = Circle.objects.create(plan=made.plan, number=2)
    block = Block.objects.create(plan=made.plan, number=2)
    act = {"by": world.hamisi, "plan": made.plan}
    actions.move_cluster(version=0, cluster=made.clusters[1], circle=other, **act)
    made.clusters[1].refresh_from_db()
    with pytest.raises(Refused, match="at least 1"):
        actions.move_cluster(version=1, cluster=made.clusters[1], circle=made.circle, **act)
    with pytest.raises(Refused, match="empty"):
        actions.move_circle(version=1, circle=made.circle, block=block, **act)
    actions.move_circle(version=1, circle=other, block=block, **act)
    assert Circle.objects.get(pk=other.pk).block == block


@pytest.mark.parametrize("state", ["published", "forming"])
def test_only_drafts_change(world, made, state):
    made.plan.state = state
    made.plan.save()
    with pytest.raises(Refused):
        actions.rename(by=world.hamisi, plan=made.plan, version=0, thing=made.circle, name="x")


@pytest.mark.parametrize(
    ("name", "area", "may"),
    [
        ("hamisi", None, True),
        ("gathoni", None, True),
        ("gathoni", "kitui", True),
        ("gathoni", "other", False),
        ("amina", None, False),
        ("esther", None, False),
        ("farid", None, False),
    ],
)
def test_who_may(world, made, name, area, may):
    """Administrators and gardeners of the programme; gardeners of an area only there."""
    if area:
        made.plan.area = world.mwingi
        made.plan.save()
        own = world.kitui
        if area == "other":
            own = type(own).objects.create(
                programme=world.programme, level=own.level, name="Meru", starts=LONG_AGO
            )
        Appointment.objects.filter(person=world.gathoni).update(area=own)
    act = {"by": getattr(world, name), "plan": made.plan, "version": 0}
    if may:
        actions.rename(thing=made.circle, name="East", **act)
        return
    with pytest.raises(NotYours):
        actions.rename(thing=made.circle, name="East", **act)
    with pytest.raises(NotYours):
        actions.move_school(school=made.schools[2], to=made.clusters[1], **act)
    with pytest.raises(NotYours):
        actions.undo(**act)


def test_whoever_leaves_is_named_by_no_change(world, made):
    actions.rename(by=world.hamisi, plan=made.plan, version=0, thing=made.circle, name="East")
    told = hooks.export_person(world.hamisi)
    assert [one["kind"] for one in told["changes_of_clusters"]] == ["name"]
    assert [one["name"] for one in told["plans_of_clusters"]] == ["Plan"]
    hooks.erase_person(world.hamisi, keep_contributions=True)
    assert made.plan.moves.get().by is None
    made.plan.refresh_from_db()
    assert made.plan.made_by is None
