"""A plan is published from a day on, taken back before it, copied and compared."""

import datetime as dt

import pytest

from staffroom.core.clock import pretend, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import OutboxEntry
from staffroom.places import cluster_compare, cluster_publish
from staffroom.places.actions import clusters_publish as actions
from staffroom.places.actions.clusters_change import move_school
from staffroom.places.clusters_now import cluster_of, clusters_in_force
from staffroom.places.models import ClusterPlan, School, SchoolArea
from tests.conftest import LONG_AGO
from tests.places.cluster_plans import make_plan

DAY = dt.timedelta(days=1)


@pytest.fixture
def made(world):
    """A plan of the schools of the programme; those of the known world are closed."""
    School.objects.filter(programme=world.programme).update(closed=LONG_AGO)
    return make_plan(world)


def publish(world, made, starts, **more):
    plan = made if isinstance(made, ClusterPlan) else made.plan
    plan.refresh_from_db()
    return actions.publish(by=world.hamisi, plan=plan, version=plan.version, starts=starts, **more)


def test_it_holds_from_its_day_on_and_the_earlier_one_until_the_day_before(world, made):
    day = today("Africa/Nairobi")
    school = made.schools[2]
    first = publish(world, made, day)
    assert cluster_of(school).cluster == made.clusters[0]
    assert cluster_of(school, day - DAY) is None
    copy = actions.copy_plan(by=world.gathoni, plan=first, name="Next year")
    assert (copy.state, copy.clusters.count(), copy.schools.count()) == ("draft", 2, 7)
    move_school(
        by=world.hamisi, plan=copy, version=0, school=school, to=copy.clusters.get(number=2)
    )
    look = cluster_publish.look(copy, day + 5 * DAY)
    assert look.ends == [first]
    assert [(one.school, one.kind) for one in look.changes.changes] == [(school, "moved")]
    publish(world, copy, day + 5 * DAY)
    first.refresh_from_db()
    assert first.ends == day + 5 * DAY
    assert cluster_of(school, day + 4 * DAY).cluster.plan == first
    assert cluster_of(school, day + 5 * DAY).cluster.number == 2
    assert {row.plan for row in clusters_in_force(world.programme, day + 4 * DAY)} == {first}
    assert OutboxEntry.objects.filter(topic="clusters.published").count() == 2
    # Taken back before its day, the earlier one goes on.
    actions.unpublish(by=world.hamisi, plan=copy)
    first.refresh_from_db()
    assert first.ends is None
    assert ClusterPlan.objects.get(pk=copy.pk).state == "draft"
    with pytest.raises(Refused, match="holds already"):
        actions.unpublish(by=world.hamisi, plan=first)


def test_before_a_later_one_it_ends_and_on_the_same_day_it_is_refused(world, made):
    day = today("Africa/Nairobi")
    later = publish(world, made, day + 9 * DAY)
    copy = actions.copy_plan(by=world.hamisi, plan=later, name="Now")
    with pytest.raises(Refused, match="same day"):
        publish(world, copy, day + 9 * DAY)
    assert publish(world, copy, day).ends == day + 9 * DAY


def test_what_has_been_stays_as_it_was(world, made):
    with pytest.raises(Refused) as refused:
        publish(world, made, today("Africa/Nairobi") - DAY)
    assert refused.value.field == "starts"


def test_bounds_and_centres_are_asked_again(world, made):
    day = today("Africa/Nairobi")
    made.schools[0].closed = day
    made.schools[0].save()
    with pytest.raises(Refused, match="Choose another centre"):
        publish(world, made, day)
    made.plan.settings |= {"min": 4}
    made.plan.save()
    with pytest.raises(Refused, match="These have more or fewer: 1"):
        publish(world, made, day)


def test_schools_without_a_cluster_are_left_out_knowingly(world, made):
    day = today("Africa/Nairobi")
    School.objects.filter(pk=world.hill.pk).update(closed=None)
    since = cluster_publish.changed_since(made.plan, day)
    assert (since.opened, since.closed, since.left) == ([world.hill], [], [])
    with pytest.raises(Refused) as refused:
        publish(world, made, day)
    assert refused.value.field == "left_out"
    publish(world, made, day, left_out=True)


def test_a_plan_of_an_area_and_one_of_the_whole(world, made):
    """The whole covers the area; the area must not cut a hole into the whole."""
    day = today("Africa/Nairobi")
    SchoolArea.objects.bulk_create(
        SchoolArea(school=school, area=world.mwingi, starts=LONG_AGO) for school in made.schools
    )
    part = actions.copy_plan(by=world.hamisi, plan=made.plan, name="Mwingi")
    part.area = world.mwingi
    part.save()
    publish(world, part, day)
    publish(world, made, day + DAY)
    part.refresh_from_db()
    assert part.ends == day + DAY
    again = actions.copy_plan(by=world.hamisi, plan=part, name="Mwingi again")
    with pytest.raises(Refused, match="wider area"):
        publish(world, again, day + 3 * DAY)


@pytest.mark.parametrize("few", [500, 0])
def test_two_plans_compared_as_a_list(world, made, monkeypatch, few):
    copy = actions.copy_plan(by=world.hamisi, plan=made.plan, name="Other")
    second = copy.clusters.get(number=2)
    move_school(by=world.hamisi, plan=copy, version=0, school=made.schools[2], to=second)
    monkeypatch.setattr(cluster_compare, "FEW", few)
    head, row = "".join(cluster_compare.changes_csv(made.plan, copy)).splitlines()
    assert head.startswith("code,name,change,cluster_before,centre_before,km_before,cluster_after")
    assert row == "P002,School 2,moved,1,P000,2.224,2,P003,1.112"


@pytest.mark.parametrize("name", ["amina", "chausiku", "esther", "farid"])
def test_only_planners_publish(world, made, name):
    by = getattr(world, name)
    day = today("Africa/Nairobi")
    with pytest.raises(NotYours):
        actions.publish(by=by, plan=made.plan, version=0, starts=day)
    with pytest.raises(NotYours):
        actions.unpublish(by=by, plan=made.plan)
    with pytest.raises(NotYours):
        actions.copy_plan(by=by, plan=made.plan, name="Mine")


def test_an_ended_plan_stays_to_be_read(world, made):
    day = today("Africa/Nairobi")
    first = publish(world, made, day)
    publish(world, actions.copy_plan(by=world.hamisi, plan=first, name="Next"), day + DAY)
    with pretend(dt.datetime.combine(day + 9 * DAY, dt.time(9), dt.UTC)):
        assert cluster_of(made.schools[0]).plan.name == "Next"
        assert cluster_of(made.schools[0], day).plan == first
