"""The letter to the school: names the programme and what the member fills in, never the community."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import escape


def letter(html: str) -> str:
    return html.split('<div class="sheet', 1)[1]


@pytest.fixture
def url(world) -> str:
    world.maths.set_weekday, world.maths.set_hour = 3, dt.time(19)
    world.maths.save()
    return reverse("request_for_time", args=[world.maths.pk])


def test_it_knows_name_school_programme_and_hour(world, sign_in, url):
    html = letter(sign_in(world.amina).get(url).content.decode())
    for said in ("Amina Hassan", "Hill Primary", "Kenya", "Thu, 7:00 pm"):
        assert said in html
    assert world.maths.name not in html


def test_the_member_fills_in_and_what_is_empty_is_a_line(world, sign_in, url):
    said = {"teacher": "A. <b>Hassan", "school": "", "head": "Ms Nduku", "when": "", "lang": "en"}
    html = letter(sign_in(world.amina).post(url, said).content.decode())
    assert escape("A. <b>Hassan") in html
    assert "Ms Nduku" in html
    assert "Hill Primary" not in html
    assert 'class="line"' in html


@pytest.mark.parametrize(("tongue", "way"), [("sw", "ltr"), ("ur", "rtl")])
def test_in_the_language_that_is_chosen(tongue, way, world, sign_in, url):
    html = letter(sign_in(world.amina).post(url, {"lang": tongue}).content.decode())
    assert f'lang="{tongue}" dir="{way}"' in html.split(">")[0]
    assert 'lang="sw"' in sign_in(world.amina).get(url, {"lang": "sw"}).content.decode()


def test_too_long_is_refused_as_typed(world, sign_in, url):
    answer = sign_in(world.amina).post(url, {"teacher": "x" * 121, "lang": "en"})
    assert answer.status_code == 422
    assert "x" * 121 in answer.content.decode()


@pytest.mark.parametrize("name", ["chausiku", "esther", "farid", "daudi"])
def test_for_members_alone(name, world, sign_in, url):
    assert sign_in(getattr(world, name)).get(url).status_code == 404
