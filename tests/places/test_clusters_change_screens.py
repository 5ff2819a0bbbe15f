"""The pages on which a plan of clusters is changed, compared and published."""

import pytest

from staffroom.core.clock import today
from staffroom.core.ids import short
from staffroom.places.actions.clusters_change import move_school
from staffroom.places.models import (
    Block,
    Cluster,
    ClusterMove,
    ClusterPlan,
    ClusterSchool,
    Posting,
    School,
)
from tests.conftest import LONG_AGO
from tests.places.cluster_plans import make_plan


@pytest.fixture
def made(world):
    School.objects.filter(programme=world.programme).update(closed=LONG_AGO)
    return make_plan(world)


def at(made, rest: str) -> str:
    return f"/places/clusters/{short(made.plan.pk)}/{rest}"


def test_a_school_is_chosen_its_costs_are_seen_it_moves_and_comes_back(world, made, sign_in):
    office = sign_in(world.hamisi)
    own = short(made.clusters[0].pk)
    page = office.get(at(made, f"change/{own}")).content.decode()
    assert 'data-name="School 2"' in page
    url = at(made, f"change/schools/{short(made.schools[2].pk)}")
    page = office.get(f"{url}?back={own}").content.decode()
    assert "1.1 km less in all" in page
    answer = office.post(
        url, {"version": 0, "to": short(made.clusters[1].pk), "back": own}, follow=True
    )
    assert answer.redirect_chain == [(at(made, f"change/{own}"), 302)]
    said = answer.content.decode()
    assert "Moved." in said
    assert "School 2 moved to cluster 2" in said
    assert f'action="{at(made, "change/undo?version=1")}"' in said
    office.post(at(made, "change/undo?version=1"))
    assert made.clusters[0].schools.count() == 3
    # The way back of long ago undoes nothing else.
    office.post(at(made, "change/undo?version=1"))
    assert ClusterMove.objects.exclude(undone_at=None).count() == 1


def test_the_slower_one_sees_what_changed_and_can_go_on(world, made, sign_in):
    move_school(
        by=world.gathoni, plan=made.plan, version=0, school=made.schools[2], to=made.clusters[1]
    )
    office = sign_in(world.hamisi)
    url = at(made, f"change/{short(made.clusters[0].pk)}/name")
    answer = office.post(url, {"version": 0, "name": "East side"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "School 2 moved to cluster 2" in said
    assert 'value="East side"' in said
    assert 'name="version" value="1"' in said
    office.post(url, {"version": 1, "name": "East side"})
    assert Cluster.objects.get(pk=made.clusters[0].pk).name == "East side"


def test_centre_circle_and_block(world, made, sign_in):
    office = sign_in(world.gathoni)
    own = made.clusters[0]
    url = at(made, f"change/{short(own.pk)}/centre")
    assert "the shortest ways" in office.get(url).content.decode()
    office.post(url, {"version": 0, "centre": short(made.schools[1].pk)})
    assert Cluster.objects.get(pk=own.pk).centre == made.schools[1]
    assert office.get(at(made, f"change/{short(own.pk)}/circle")).status_code == 200
    other = Block.objects.create(plan=made.plan, number=2)
    url = at(made, f"change/circles/{short(made.circle.pk)}")
    answer = office.post(url, {"version": 1, "name": "East", "block": short(other.pk)})
    assert answer.status_code == 422  # the block would be empty: the name is not written either
    made.circle.refresh_from_db()
    assert made.circle.name == ""


def test_copy_and_compare(world, made, sign_in):
    office = sign_in(world.gathoni)
    office.post(at(made, "copy"), {"name": "Copy"})
    copy = ClusterPlan.objects.get(name="Copy")
    second = copy.clusters.get(number=2)
    move_school(by=None, plan=copy, version=0, school=made.schools[2], to=second)
    url = at(made, f"compare/{short(copy.pk)}")
    assert f'href="{url}"' in office.get(at(made, "compare")).content.decode()
    page = office.get(url).content.decode()
    assert "1 school changes." in page
    assert page.count('<svg class="ch map"') == 2
    answer = office.get(f"{url}/changes.csv")
    assert b"P002,School 2,moved,1,P000" in b"".join(answer.streaming_content)


def test_published_after_a_look_and_seen_by_teachers(world, made, sign_in):
    day = today("Africa/Nairobi").isoformat()
    office = sign_in(world.hamisi)
    ClusterSchool.objects.create(plan=made.plan, school=world.hill)
    page = office.get(at(made, "publish"), {"starts": day}).content.decode()
    assert "1 school has no cluster" in page
    assert "every school gets its first cluster" in page
    assert office.post(at(made, "publish"), {"version": 0, "starts": day}).status_code == 422
    office.post(at(made, "publish"), {"version": 0, "starts": day, "left_out": "on"})
    made.plan.refresh_from_db()
    assert made.plan.state == "published"
    Posting.objects.create(
        person=world.amina, school=made.schools[2], role="teacher", starts=LONG_AGO
    )
    assert (
        "School 0, 2.2 km away" in sign_in(world.amina).get("/places/my-postings").content.decode()
    )
    page = office.get(f"/places/schools/{short(made.schools[2].pk)}").content.decode()
    assert "meets at School 0, 2.2 km away" in page
    made.schools[1].closed = day
    made.schools[1].save()
    page = office.get(at(made, "changed")).content.decode()
    assert "School 1" in page
    assert "again" in page


def test_a_gardener_of_another_area_finds_no_page_to_change(world, made, sign_in):
    world.gathoni.appointments.update(area=world.mwingi)
    office = sign_in(world.gathoni)
    for rest in ("change", f"change/{short(made.clusters[0].pk)}", "publish", "copy"):
        assert office.get(at(made, rest)).status_code == 404
    assert office.get(at(made, "changed")).status_code == 200
