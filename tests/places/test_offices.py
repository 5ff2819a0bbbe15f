import datetime as dt

import pytest

from staffroom.core.clock import pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.places import queries
from staffroom.places.access import can_administer, programmes_of
from staffroom.places.actions.offices import (
    appoint,
    end_appointment,
    end_oversight,
    end_supervision,
    in_circle,
    name_supervisor,
    oversee,
)
from staffroom.places.models import Appointment, Area, Level
from tests.conftest import LONG_AGO, make_person
from tests.places.told import listening

DAY = dt.date(2026, 3, 1)
OTHERS = ["amina", "baraka", "chausiku", "daudi", "esther", "farid", "gathoni"]


@pytest.mark.parametrize("name", OTHERS)
def test_only_administrators_give_offices(world, name):
    by = getattr(world, name)
    with pytest.raises(NotYours):
        appoint(by=by, person=by, programme=world.programme, role="trainer", starts=DAY)
    with pytest.raises(NotYours):
        oversee(by=by, person=by, area=world.mwingi, starts=DAY)
    with pytest.raises(NotYours):
        name_supervisor(by=by, supervisor=by, person=world.otieno, starts=DAY)
    assert not can_administer(by, world.programme)


def test_an_office_for_staff_needs_an_account_for_staff(world):
    with pytest.raises(Refused, match="second factor"):
        appoint(by=world.hamisi, person=world.amina, programme=world.programme, role="gardener",
                starts=DAY)  # fmt: skip
    appoint(
        by=world.hamisi, person=world.amina, programme=world.programme, role="trainer", starts=DAY
    )
    assert list(programmes_of(world.amina, "trainer")) == [world.programme]


def test_the_last_administrator_stays(world):
    last = Appointment.objects.get(person=world.hamisi)
    with pytest.raises(Refused, match="last administrator"):
        end_appointment(by=world.hamisi, appointment=last, ends=DAY)
    appoint(by=world.hamisi, person=world.gathoni, programme=world.programme,
            role="administrator", starts=DAY)  # fmt: skip
    end_appointment(by=world.hamisi, appointment=last, ends=DAY)
    assert not can_administer(world.hamisi, world.programme)


def test_an_appointment_holds_by_date(world):
    last = Appointment.objects.filter(person=world.hamisi)
    last.update(ends=dt.date(2026, 1, 1))
    assert not can_administer(world.hamisi, world.programme)
    last.update(ends=None, starts=dt.date(2090, 1, 1))
    assert not can_administer(world.hamisi, world.programme)


def test_oversight_tells_on_everyone_in_the_area_and_ends(world):
    officer = make_person("Imani")
    everyone = {
        p.pk
        for p in (world.amina, world.baraka, world.esther, world.daudi, world.nafula, world.otieno,
                  world.farid, world.chausiku, officer)
    }  # fmt: skip
    with listening() as told:
        made = oversee(by=world.hamisi, person=officer, area=world.kitui, starts=DAY)
        again = oversee(by=world.hamisi, person=officer, area=world.kitui, starts=DAY)
        end_oversight(by=world.hamisi, oversight=made, ends=dt.date(2026, 5, 1))
    assert again == made
    assert told == [everyone, everyone]


def test_a_circle_is_taken_and_told(world):
    first = name_supervisor(
        by=world.hamisi, supervisor=world.amina, person=world.otieno, starts=DAY
    )
    assert not in_circle(world.amina)
    name_supervisor(by=world.hamisi, supervisor=world.otieno, person=world.amina, starts=DAY)
    assert in_circle(world.amina)
    end_supervision(by=world.hamisi, supervision_row=first, ends=dt.date(2026, 4, 1))
    assert not in_circle(world.amina)
    with pytest.raises(Refused, match="themselves"):
        name_supervisor(by=world.hamisi, supervisor=world.amina, person=world.amina, starts=DAY)


def test_which_programme_a_person_belongs_to(world):
    from staffroom.places.actions.programmes import create_programme

    assert queries.programme_of(world.amina) == world.programme
    assert queries.programme_of(world.gathoni) == world.programme
    stranger = make_person("Zawadi")
    assert queries.programme_of(stranger) == world.programme  # the only one
    create_programme(
        by=None, name="Sindh", country="PK", levels=["District"], timezone="Asia/Karachi"
    )
    assert queries.programme_of(stranger) is None
    assert queries.only_region() is None
    assert queries.programme_of(world.amina) == world.programme


def test_schools_near_and_area_lines(world):
    world.river.latitude = -0.98
    world.river.save()
    near = queries.schools_near(world.programme, -0.93, 38.06, km=10)
    assert [school.code for _km, school in near][-1] == "river"
    assert near[-1][0] == pytest.approx(5.6, abs=0.1)
    assert len(queries.schools_near(world.programme, -0.93, 38.06, km=3)) == 2
    assert queries.area_line(world.hill) == "Mwingi, Kitui"
    assert queries.area_lines([world.hill, world.river])[world.river.pk] == "Mwingi, Kitui"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Kenya"}, "name"),
        ({"country": "XX"}, "country"),
        ({"levels": []}, "levels"),
        ({"levels": ["Zone", "zone"]}, "levels"),
        ({"levels": [str(n) for n in range(9)]}, "levels"),
        ({"timezone": "Nairobi"}, "timezone"),
        ({"language": "xx"}, "language"),
    ],
)
def test_a_programme_that_cannot_be(world, change, field):
    from staffroom.places.actions.programmes import create_programme

    good = {"name": "Sindh", "country": "PK", "levels": ["District"], "timezone": "Asia/Karachi"}
    with pytest.raises(Refused) as refused:
        create_programme(by=world.hamisi, **(good | change))
    assert refused.value.field == field


def test_whoever_sets_up_a_programme_administers_it(world):
    from staffroom.places.actions.programmes import create_programme

    made = create_programme(by=world.hamisi, name="Sindh", country="pk", timezone="Asia/Karachi",
                            levels=["Division", " District "])  # fmt: skip
    assert can_administer(world.hamisi, made)
    assert [level.name for level in made.levels.all()] == ["Division", "District"]
    with pytest.raises(NotYours):
        create_programme(by=world.gathoni, name="Mine", country="KE", timezone="Africa/Nairobi",
                         levels=["County"])  # fmt: skip


@pytest.mark.parametrize("zone", ["Asia/Karachi", "Pacific/Auckland", "America/Lima"])
@pytest.mark.parametrize("hour", [0, 3, 12, 19, 23])
def test_the_office_counts_at_once_wherever_the_day_is(world, zone, hour):
    from staffroom.places.actions.programmes import create_programme

    with pretend(dt.datetime(2026, 11, 26, hour, 30, tzinfo=dt.UTC)):
        made = create_programme(by=world.hamisi, name="Sindh", country="PK", timezone=zone,
                                levels=["Division"])  # fmt: skip
        assert can_administer(world.hamisi, made)


def test_an_area_of_another_programme_is_not_there(world):
    from staffroom.places.actions.programmes import create_programme

    other = create_programme(by=None, name="Sindh", country="PK", levels=["District"],
                             timezone="Asia/Karachi")  # fmt: skip
    area = Area.objects.create(programme=other, level=Level.objects.get(programme=other),
                               name="Thatta", starts=LONG_AGO)  # fmt: skip
    with pytest.raises(NotYours):
        oversee(by=world.hamisi, person=world.daudi, area=area, starts=DAY)
    with pytest.raises(NotYours):
        appoint(by=world.hamisi, person=world.daudi, programme=world.programme, role="trainer",
                starts=DAY, area=area)  # fmt: skip
