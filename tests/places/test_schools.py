import datetime as dt

import pytest

from staffroom.core.errors import NotYours, Refused
from staffroom.places import queries
from staffroom.places.actions.schools import (
    add_school,
    close_school,
    edit_school,
    move_school,
    reopen_school,
)
from staffroom.places.models import Posting, SchoolArea, on_date
from tests.places.told import listening

DAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize("name", ["amina", "esther", "farid", "gathoni"])
def test_only_administrators_change_schools(world, name):
    by = getattr(world, name)
    with pytest.raises(NotYours):
        edit_school(by=by, school=world.hill, name="Mine")
    with pytest.raises(NotYours):
        close_school(by=by, school=world.hill, on=DAY)
    with pytest.raises(NotYours):
        reopen_school(by=by, school=world.hill)
    with pytest.raises(NotYours):
        move_school(by=by, school=world.hill, area=world.kitui, on=DAY)
    with pytest.raises(NotYours):
        add_school(by=by, programme=world.programme, area=None, on=DAY, code="9", name="New")


def test_add_and_edit(world):
    school = add_school(by=world.hamisi, programme=world.programme, area=world.mwingi, on=DAY,
                        code="9", name="New  School", latitude=-0.9, longitude=38.0)  # fmt: skip
    assert school.name == "New School"
    assert queries.area_line(school) == "Mwingi, Kitui"
    for fields, name in [
        ({"code": "hill"}, "code"),
        ({"code": ""}, "code"),
        ({"name": " "}, "name"),
        ({"latitude": 38.0, "longitude": -0.9}, "latitude"),
        ({"latitude": 50.0, "longitude": 0.1}, "latitude"),
        ({"latitude": None, "longitude": 38.0}, "longitude"),
    ]:
        with pytest.raises(Refused) as refused:
            edit_school(by=world.hamisi, school=school, **fields)
        assert refused.value.field == name
        school.refresh_from_db()


def test_moving_by_date_keeps_the_past(world):
    with listening() as told:
        move_school(by=world.hamisi, school=world.hill, area=world.kitui, on=DAY)
        move_school(by=world.hamisi, school=world.hill, area=world.kitui, on=DAY)
    assert told == [{world.amina.pk, world.baraka.pk, world.esther.pk}]
    assert queries.area_line(world.hill, DAY - dt.timedelta(1)) == "Mwingi, Kitui"
    assert queries.area_line(world.hill, DAY) == "Kitui"
    assert SchoolArea.objects.filter(on_date(DAY), school=world.hill).count() == 1


def test_closing_merging_reopening(world):
    with listening() as told:
        close_school(by=world.hamisi, school=world.hill, on=DAY, into=world.river)
    people = {p.pk for p in (world.amina, world.baraka, world.esther, world.daudi, world.nafula)}
    assert told == [people]
    assert not Posting.objects.filter(on_date(DAY), school=world.hill).exists()
    at_river = Posting.objects.filter(on_date(DAY), school=world.river)
    assert {p.person for p in at_river} == {world.amina, world.baraka, world.daudi, world.nafula}
    assert Posting.objects.get(person=world.esther).ends == DAY
    reopen_school(by=world.hamisi, school=world.hill)
    world.hill.refresh_from_db()
    assert world.hill.closed is None
    with pytest.raises(Refused, match="itself"):
        close_school(by=world.hamisi, school=world.hill, on=DAY, into=world.hill)


def test_a_search_shows_first_what_begins_with_the_words(world):
    from staffroom.places import queries
    from staffroom.places.models import School

    for code, name in [
        ("1", "Aic Londiani"),
        ("2", "Zoo Ndiani"),
        ("3", "Ndiani"),
        ("ndiani", "X"),
    ]:
        School.objects.create(programme=world.programme, code=code, name=name)
    found = queries.search_schools(world.programme, "ndiani")
    assert [school.code for school in found] == ["3", "ndiani", "2", "1"]
