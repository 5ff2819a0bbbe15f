"""A plan is asked for, formed by the worker, and formed again when schools change."""

from dataclasses import replace

import pytest

from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.places import cluster_queries, cluster_words
from staffroom.places.actions import clusters_form
from staffroom.places.cluster_lot import Settings
from staffroom.places.models import (
    Appointment,
    Block,
    Circle,
    Cluster,
    ClusterPlan,
    ClusterSchool,
    School,
    SchoolArea,
)
from tests.conftest import LONG_AGO
from tests.places.jobs import work

SMALL = Settings(least=3, most=5, circle_least=2, circle_most=3, blocks=2, seconds=0)


def add_schools(world, many, *, area=None, south=-1.0, west=38.0, step=0.02, prefix="S", **fields):
    """Schools on a grid of ten columns, about 2 km apart."""
    schools = School.objects.bulk_create(
        School(
            programme=world.programme, code=f"{prefix}{n:03}", name=f"School {prefix}{n}",
            **{"latitude": south + step * (n // 10), "longitude": west + step * (n % 10)} | fields,
        )
        for n in range(many)
    )  # fmt: skip
    if area is not None:
        SchoolArea.objects.bulk_create(
            SchoolArea(school=school, area=area, starts=LONG_AGO) for school in schools
        )
    return schools


@pytest.fixture
def empty(world):
    """The known world without its schools: what is formed is what a test put there."""
    School.objects.filter(programme=world.programme).update(closed=LONG_AGO)
    return world


def make(world, settings=SMALL, by=None, area=None, name="Plan"):
    plan = clusters_form.create_plan(
        by=by or world.hamisi, programme=world.programme, name=name, area=area, settings=settings
    )
    assert work() == 1
    plan.refresh_from_db()
    return plan


def test_the_worker_forms_clusters_circles_and_blocks(empty):
    add_schools(empty, 40)
    plan = make(empty, replace(SMALL, seconds=1))
    assert (plan.state, plan.failed) == ("draft", "")
    found = cluster_queries.figures(plan)
    assert (found.schools, found.placed, found.clusters, found.blocks) == (40, 40, 10, 2)
    assert found.metres
    assert plan.bound <= found.metres
    assert found.gap is not None
    rows = list(cluster_queries.clusters_of(plan))
    assert all(3 <= row.many <= 5 for row in rows)
    assert [row.number for row in rows] == list(range(1, 11))
    assert all(ClusterSchool.objects.get(school=row.centre).cluster_id == row.pk for row in rows)
    assert all(2 <= circle.clusters.count() <= 3 for circle in Circle.objects.filter(plan=plan))
    assert Block.objects.filter(plan=plan).count() == 2
    assert cluster_queries.figures_in(rows).metres == found.metres


def test_bounds_that_cannot_be_met_are_refused_with_what_could(empty):
    add_schools(empty, 7)
    with pytest.raises(Refused, match=r"7 schools cannot be cut .* 4 to 5; 5 or 8 could") as said:
        make(empty, Settings(least=4, most=5))
    assert said.value.field == "least"
    with pytest.raises(Refused, match="2 to 2 clusters could"):
        make(empty, Settings(least=3, most=5, clusters=3))
    with pytest.raises(Refused, match="must not be smaller"):
        make(empty, Settings(least=9, most=5))
    with pytest.raises(Refused, match="Blocks are made of circles"):
        make(empty, Settings(circle_least=None, circle_most=None))
    assert not ClusterPlan.objects.exists()


def test_a_list_without_coordinates_is_refused(empty):
    with pytest.raises(Refused, match="No school is open"):
        make(empty)
    add_schools(empty, 30, latitude=None, longitude=None)
    with pytest.raises(Refused, match="None of the 30 schools has coordinates"):
        make(empty)


def test_all_schools_at_one_point_are_no_way_apart(empty):
    add_schools(empty, 8, step=0.0)
    found = cluster_queries.figures(make(empty, replace(SMALL, seconds=1)))
    assert (found.clusters, found.metres, found.gap) == (2, 0, 0.0)


def test_a_school_without_place_stands_in_the_middle_of_its_area_or_waits(empty):
    add_schools(empty, 8, area=empty.mwingi)
    (by_area,) = add_schools(empty, 1, area=empty.mwingi, prefix="A", latitude=None, longitude=None)
    (swapped,) = add_schools(empty, 1, area=empty.mwingi, prefix="B", latitude=38.0, longitude=-1.0)
    (lost,) = add_schools(empty, 1, prefix="C", latitude=0, longitude=0)
    plan = make(empty)
    note = lambda school: ClusterSchool.objects.get(plan=plan, school=school)  # noqa: E731
    assert cluster_words.said(note(by_area).note) == (
        "placed by the middle of Mwingi; no coordinates"
    )
    assert "swapped" in note(swapped).note
    assert note(swapped).cluster
    assert note(lost).cluster is None
    assert cluster_queries.why_unplaced(plan) == {"zero": 1}


def test_a_list_from_another_country_is_taken_with_a_doubt(empty):
    add_schools(empty, 8, south=31.5, west=74.3)
    plan = make(empty)
    assert cluster_queries.figures(plan).placed == 8
    assert "8 of 8 schools lie outside" in cluster_words.said(plan.settings["notes"][0])


def test_no_cluster_crosses_what_is_kept_apart(empty):
    add_schools(empty, 8, area=empty.mwingi, level="Primary")
    add_schools(empty, 4, area=empty.mwingi, level="Secondary", prefix="B")
    add_schools(empty, 2, area=empty.kitui, level="Primary", prefix="C")
    make(empty, Settings(least=3, most=5, within=1, apart="level", seconds=0))
    levels = ClusterSchool.objects.exclude(cluster=None).values_list("cluster", "school__level")
    assert len(set(levels)) == Cluster.objects.count() == 3
    few = ClusterSchool.objects.filter(cluster=None)
    assert few.count() == 0  # Mwingi lies in Kitui: ten primary schools
    apart = make(empty, Settings(least=3, most=5, within=2, apart="level", seconds=0))
    waiting = cluster_queries.why_unplaced(apart)
    assert {cluster_words.said(text): n for text, n in waiting.items()} == {"no Zone is known": 2}


def test_a_search_that_failed_says_why_and_leaves_the_plan(empty, monkeypatch):
    add_schools(empty, 12)
    plan = make(empty)
    before = set(Cluster.objects.values_list("pk", flat=True))
    clusters_form.form_anew(by=empty.hamisi, plan=plan, settings=SMALL)
    with pytest.raises(Refused, match="just now"):
        clusters_form.form_anew(by=empty.hamisi, plan=plan, settings=SMALL)
    monkeypatch.setattr(clusters_form, "cut", lambda *_: 1 / 0)
    work()
    plan.refresh_from_db()
    assert (plan.state, plan.failed) == (
        "draft", "The fault is ours, not yours. Please try again."
    )  # fmt: skip
    assert set(Cluster.objects.values_list("pk", flat=True)) == before


def test_schools_that_opened_and_closed_move_as_few_as_can_be(empty):
    schools = add_schools(empty, 40)
    plan = make(empty)
    Cluster.objects.filter(plan=plan, number=1).update(name="Ukasi")
    gone = ClusterSchool.objects.filter(plan=plan, cluster__number=2).first().school
    School.objects.filter(pk=gone.pk).update(closed=LONG_AGO)
    add_schools(empty, 3, prefix="N", south=-1.01)
    made = clusters_form.reform_plan(by=empty.hamisi, plan=plan, name="2027")
    work()
    made.refresh_from_db()
    assert (made.state, made.failed, made.made_from, made.bound) == ("draft", "", plan, None)
    assert cluster_queries.figures(made).placed == 42
    was = dict(plan.schools.values_list("school", "cluster__number"))
    now = dict(made.schools.values_list("school", "cluster__number"))
    moved = {school for school in was.keys() & now.keys() if was[school] != now[school]}
    said = set(made.schools.filter(note__contains="moved|").values_list("school", flat=True))
    assert moved == said
    assert len(moved) <= 3
    assert made.clusters.get(number=1).name == "Ukasi"
    assert made.circles.count() == plan.circles.count()
    assert cluster_words.note("gone", 1) in made.settings["notes"]
    assert len(schools) == 40


def test_who_may_draw(empty, sign_in):
    add_schools(empty, 8, area=empty.mwingi)
    ask = {"programme": empty.programme, "name": "P", "settings": SMALL}
    for person in (empty.amina, empty.esther, empty.farid):
        with pytest.raises(NotYours):
            clusters_form.create_plan(by=person, area=None, **ask)
    clusters_form.create_plan(by=empty.gathoni, area=None, **ask)
    Appointment.objects.filter(person=empty.gathoni).update(area=empty.kitui)
    with pytest.raises(NotYours):  # a gardener of a county draws there, not elsewhere
        clusters_form.create_plan(by=empty.gathoni, area=None, **ask)
    inside = clusters_form.create_plan(by=empty.gathoni, area=empty.mwingi, **ask)
    assert ClusterPlan.objects.count() == 2
    work()
    clusters_form.remove_plan(by=empty.gathoni, plan=inside)
    assert sign_in(empty.gathoni).get(f"/places/clusters/{short(inside.pk)}").status_code == 404
