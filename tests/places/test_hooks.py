import datetime as dt

import pytest

from staffroom.core import hooks
from staffroom.places import hooks as ours
from staffroom.places.models import Oversight, Posting, SchoolArea, Supervision, TeacherNumber
from tests.conftest import LONG_AGO, make_person
from tests.places.told import listening

NIGHT = dt.datetime(2026, 6, 1, 2, tzinfo=dt.UTC)


def test_export_holds_what_we_keep_and_of_nobody_else(world):
    TeacherNumber.objects.create(programme=world.programme, person=world.amina, number="T-1")
    Supervision.objects.create(supervisor=world.otieno, person=world.amina, starts=LONG_AGO)
    parts = ours.export_person(world.amina)
    assert parts["postings"][0]["school__name"] == "Hill Primary"
    assert parts["teacher_numbers"] == [{"programme__name": "Kenya", "number": "T-1"}]
    assert len(parts["supervision"]) == 1
    assert "Baraka" not in str(parts)


@pytest.mark.parametrize("keep", [True, False])
def test_erasing_forgets_where_the_person_worked(world, keep):
    TeacherNumber.objects.create(programme=world.programme, person=world.esther, number="T-1")
    with listening() as told:
        ours.erase_person(world.esther, keep)
    assert not Posting.objects.filter(person=world.esther).exists()
    assert not TeacherNumber.objects.exists()
    assert told == [{world.esther.pk, world.amina.pk, world.baraka.pk}]


def test_the_night_tells_on_what_the_calendar_changed(world):
    Posting.objects.update(starts=dt.date(2020, 1, 1))
    with listening() as told:
        ours.nightly(NIGHT)
        assert told == []
        Posting.objects.create(
            person=world.daudi, school=world.market, role="head", starts=NIGHT.date()
        )
        ours.nightly(NIGHT)
    people = {world.daudi.pk, world.otieno.pk, world.farid.pk, world.chausiku.pk}
    assert told == [people]


def test_the_night_tells_on_a_supervision_that_ended_and_an_area_that_moved(world):
    with listening() as told:
        Posting.objects.filter(person=world.esther).update(ends=NIGHT.date())
        ours.nightly(NIGHT)
        assert told[-1] == {world.esther.pk, world.amina.pk, world.baraka.pk}
        Posting.objects.filter(person=world.esther).update(ends=None)
        SchoolArea.objects.filter(school=world.river).update(starts=NIGHT.date())
        ours.nightly(NIGHT)
        assert told[-1] == {world.daudi.pk, world.nafula.pk}


def test_the_region_of_numbers_without_country_code(world):
    assert ours.phone_region() == "KE"
    assert ours.phone_region(world.amina) == "KE"


def test_everyone_finds_where_they_work_and_administrators_the_office(world):
    titles = lambda person: [entry["title"] for entry in ours.me_entries(person)]  # noqa: E731
    assert titles(world.amina) == ["Where I work"]
    assert titles(world.hamisi) == ["Schools and places"]
    assert titles(world.gathoni) == ["Clusters of schools"]
    assert ours.me_entries in list(hooks.me_entries)
    officer = make_person("Imani")
    Oversight.objects.create(person=officer, area=world.kitui, starts=LONG_AGO)
    assert titles(officer) == ["Where I work"]
