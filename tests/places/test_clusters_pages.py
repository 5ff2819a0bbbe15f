"""A plan as a planner meets it: asked for, looked at, taken along on paper."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from staffroom.core.ids import short
from staffroom.places import cluster_export, cluster_map, cluster_queries
from staffroom.places.models import ClusterPlan, Posting, School
from tests.conftest import LONG_AGO, make_person
from tests.places.jobs import work
from tests.places.test_clusters_form import SMALL, add_schools, empty, make  # noqa: F401

ASK = {
    "name": "Kitui", "area": "", "least": 3, "most": 5, "circle_least": 2, "circle_most": 3,
    "blocks": 2, "seconds": 0,
}  # fmt: skip


@pytest.fixture
def plan(empty):  # noqa: F811
    add_schools(empty, 40)
    add_schools(empty, 1, prefix="L", latitude=None, longitude=None)
    return make(empty)


@pytest.fixture
def office(empty, sign_in):  # noqa: F811
    return sign_in(empty.hamisi)


def address(plan, *more):
    return "/".join(["/places/clusters", short(plan.pk), *map(str, more)])


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_plan_is_looked_at_before_it_is_formed(empty, office):  # noqa: F811
    assert "25 to 35 schools around a central one" in text_of(office.get("/places/clusters"))
    add_schools(empty, 12)
    add_schools(empty, 1, prefix="L", latitude=None, longitude=None)
    looked = office.post("/places/clusters/new", ASK | {"do": "look"})
    assert looked.status_code == 200
    assert "12 schools can be placed" in text_of(looked)
    assert "1: no coordinates" in text_of(looked)
    assert not ClusterPlan.objects.exists()
    refused = office.post("/places/clusters/new", ASK | {"least": 7, "most": 8, "do": "form"})
    assert refused.status_code == 422
    assert "12 schools cannot be cut into clusters of 7 to 8; 8 or 14 could" in text_of(refused)
    assert 'value="Kitui"' in refused.content.decode()
    begun = office.post("/places/clusters/new", ASK | {"do": "form"})
    made = ClusterPlan.objects.get()
    assert begun.url == address(made, "progress")
    waiting = office.get(begun.url)
    assert waiting["Refresh"] == "2"
    assert "Waiting for its turn" in text_of(waiting)
    work()
    assert office.get(begun.url).url == address(made)
    assert "12 schools" in text_of(office.get("/places/clusters"))


def test_the_plan_its_parts_and_its_table_say_the_same(plan, office):
    page = office.get(address(plan))
    assert "1 school has no cluster" in text_of(page)
    assert page.content.decode().count('<path class="hull"') == 10
    rows = list(cluster_queries.clusters_of(plan).order_by("-many", "number"))
    by_size = office.get(address(plan) + "?sort=-schools").content.decode()
    links = re.findall(rf'scope="row"><a href="{address(plan)}/([\w-]+)"', by_size)
    assert links == [short(row.pk) for row in rows]
    assert 'aria-sort="descending"' in by_size
    block, circle = plan.blocks.first(), plan.circles.first()
    inside = office.get(address(plan, "blocks", short(block.pk))).content.decode()
    assert inside.count('<path class="hull"') == len(
        cluster_queries.clusters_of(plan, circle__block=block)
    )
    one = cluster_queries.clusters_of(plan, circle=circle).first()
    assert (
        address(plan, short(one.pk))
        in office.get(address(plan, "circles", short(circle.pk))).content.decode()
    )
    own = office.get(address(plan, short(one.pk)) + "?sort=name")
    assert own.content.decode().count("<tbody>") == 1
    assert all(row.school.name in text_of(own) for row in cluster_queries.schools_of(one))
    assert "no coordinates" in text_of(office.get(address(plan, "remarks") + "?of=waiting"))
    school = office.get(f"/places/schools/{short(one.centre_id)}")
    assert "It is the central school." in text_of(school)
    other = ClusterPlan.objects.create(programme=plan.programme, name="Other")
    assert office.get(address(other, short(one.pk))).status_code == 404
    assert office.get(address(other, "circles", short(circle.pk))).status_code == 404


def test_many_clusters_are_drawn_light(plan, office, monkeypatch):
    full = office.get(address(plan)).content
    monkeypatch.setattr(cluster_map, "MOST_CLUSTERS", 5)
    page = office.get(address(plan)).content.decode()
    assert 'class="pt"' not in page
    assert page.count('<text class="lb"') == plan.blocks.count()
    assert address(plan, "blocks", short(plan.blocks.first().pk)) in page
    assert len(page) < len(full)


def test_a_plan_whose_schools_have_no_place_of_their_own_has_no_map(plan, office):
    School.objects.update(latitude=None, longitude=None)
    assert cluster_map.draw(plan, list(cluster_queries.clusters_of(plan)), {}) is None
    assert '<svg class="ch map"' not in office.get(address(plan)).content.decode("utf-8-sig")


def test_the_lists_have_every_school_once(plan, office):
    School.objects.filter(code="S000").update(name="=cmd()")
    body = b"".join(office.get(address(plan, "schools.csv"))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert tuple(rows[0]) == cluster_export.HEAD
    assert sorted(row["id"] for row in rows) == sorted(
        School.objects.filter(in_plans__plan=plan).values_list("code", flat=True)
    )
    assert not [row for row in rows if row["name"].startswith("=")]
    total = sum(float(row["km_to_centre"] or 0) for row in rows)
    assert round(total, 2) == round(cluster_queries.figures(plan).km, 2)
    assert [row["why"] for row in rows if not row["cluster"]] == ["no coordinates"]
    sheet = load_workbook(io.BytesIO(office.get(address(plan, "schools.xlsx")).content)).active
    assert [cell.value for cell in sheet[1]] == list(cluster_export.HEAD)
    assert sheet.max_row == 42


def test_a_sheet_tells_a_telephone_only_where_its_owner_lets_it_be_seen(plan, office):
    shown = make_person("Wanjiru Kamau", phone="+254711000001", print_phone=True)
    kept = make_person("Juma Otieno", phone="+254711000002")
    one = plan.clusters.first()
    schools = list(cluster_queries.schools_of(one))
    for person, row in zip((shown, kept), schools, strict=False):
        Posting.objects.create(person=person, school=row.school, role="head", starts=LONG_AGO)
    page = office.get(address(plan, "print") + f"?circle={short(one.circle_id)}")
    assert page.content.decode().count('class="csheet') == one.circle.clusters.count()
    assert "+254711000001" in text_of(page)
    assert "+254711000002" not in text_of(page)
    assert "Juma Otieno" not in text_of(page)
    assert office.get(address(plan, "print") + "?cluster=nonsense").status_code == 404


def test_a_published_plan_is_neither_formed_anew_nor_removed(plan, office):
    ClusterPlan.objects.update(state="published", starts=LONG_AGO)
    assert "Published" in text_of(office.get(address(plan)))
    assert "Remove this draft" not in text_of(office.get(address(plan)))
    anew = office.post(address(plan, "form"), ASK | {"do": "form"})
    assert anew.status_code == 422
    assert office.post(address(plan, "remove")).url == address(plan)
    assert ClusterPlan.objects.exists()
    again = office.post(address(plan, "again"), {"name": "Next"})
    assert again.url.endswith("/progress")
    work()
    assert ClusterPlan.objects.get(name="Next").clusters.count() == plan.clusters.count()


def test_what_is_asked_is_what_was_asked_before(plan, office):
    page = office.get(address(plan, "form")).content.decode()
    assert f'name="least" value="{SMALL.least}"' in page
    assert 'name="blocks" value="2"' in page
