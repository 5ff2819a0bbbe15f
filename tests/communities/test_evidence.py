"""The evidence shelf holds every study of the two documents, and nothing that they do not tell."""

import re

import pytest
from django.urls import reverse

from staffroom.communities.evidence import STUDIES, bearing_on, reviewed, said_of
from staffroom.communities.levers import LEVERS

#: The names under which the review's appendix A lists its studies, in its order.
APPENDIX = [
    "Ajani",
    "Balyer",
    "Baek",
    "Booth",
    "Cansoy",
    "Cilliers",
    "Duncan-Howell",
    "Ghamrawi",
    "Henry",
    "Khalid",
    "Kihwele",
    "Liana",
    "Louis",
    "Macià",
    "Moodley",
    "Motteram",
    "Motteram",
    "Mwakapina",
    "Nedungadi",
    "Tahir",
    "Vangrieken",
    "Varanasi",
    "Vescio",
]


def test_the_23_studies_the_paper_and_the_review_are_there():
    assert [each.citation.split(",")[0] for each in reviewed.STUDIES] == APPENDIX
    assert len(reviewed.STUDIES) == 23
    assert set(STUDIES) - {each.key for each in reviewed.STUDIES} == {
        "ali-pep-ile",
        "bedoya-rapid-review",
    }


@pytest.mark.parametrize("each", STUDIES.values(), ids=STUDIES.keys())
def test_every_study_is_whole(each):
    assert set(each.levers) <= set(LEVERS)
    assert each.title
    assert each.citation
    assert re.fullmatch(r"[a-z0-9-]+", each.key)
    assert each.year is None or str(each.year) in each.citation
    # Without a finding that is told, nothing can be said about a lever.
    assert bool(each.finding) or not each.levers


@pytest.mark.parametrize("key", LEVERS)
def test_a_lever_is_borne_on_by_the_studies_its_notes_cite_and_no_others(key):
    cited = {note.source for note in LEVERS[key].evidence if note.source}
    assert {each.source for each in bearing_on(key)} == cited
    for each in bearing_on(key):
        notes = {lever.key: notes for lever, notes in said_of(each)}[key]
        assert notes


@pytest.mark.django_db
def test_the_shelf_the_study_and_the_lever_lead_to_each_other(world, sign_in):
    amina = sign_in(world.amina)
    shelf = amina.get(reverse("evidence")).content.decode()
    assert "Nobody has tested any of our levers yet" in shelf
    for key in STUDIES:
        assert reverse("study", args=[key]) in shelf
    study = amina.get(reverse("study", args=["kihwele-2022"])).content.decode()
    assert "54 mathematics teachers" in study
    assert reverse("lever", args=["set_time"]) in study
    lever = amina.get(reverse("lever", args=["set_time"])).content.decode()
    assert reverse("study", args=["kihwele-2022"]) in lever
    assert "Nobody has tested this yet" in lever


@pytest.mark.django_db
def test_what_is_not_told_is_said_to_be_not_told(world, sign_in):
    page = sign_in(world.amina).get(reverse("study", args=["cansoy-2017"])).content.decode()
    assert page.count("Not told") == 3
    assert "does not tell what it found" in page
    assert sign_in(world.amina).get("/evidence/nobody-2030").status_code == 404


@pytest.mark.django_db
def test_a_lever_that_neither_document_speaks_of_has_no_study(world, sign_in):
    page = sign_in(world.amina).get(reverse("lever", args=["digest"])).content.decode()
    assert "None of the studies on our shelf." in page
