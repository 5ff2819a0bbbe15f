import datetime as dt

import pytest

from staffroom.communities import wall
from staffroom.places.models import Oversight, Posting, Supervision
from staffroom.places.supervision import supervised_by, supervises, supervisors_of
from tests.conftest import LONG_AGO, make_person


def test_a_head_supervises_the_teachers_of_the_school(world):
    assert supervised_by(world.esther) == {world.amina.pk, world.baraka.pk}
    assert supervisors_of([world.amina.pk]) == {world.esther.pk}
    assert supervised_by(world.amina) == set()


def test_an_officer_supervises_every_school_of_the_area_at_any_depth(world):
    officer = make_person("Imani", "+254700000050")
    Oversight.objects.create(person=officer, area=world.kitui, starts=LONG_AGO)
    assert world.daudi.pk in supervised_by(officer)
    assert world.esther.pk in supervised_by(officer)
    assert officer.pk in supervisors_of([world.daudi.pk])


def test_an_officer_of_the_wider_area_supervises_the_narrower_officer(world):
    zone, county = make_person("Imani", "+254700000050"), make_person("Juma", "+254700000051")
    Oversight.objects.create(person=zone, area=world.mwingi, starts=LONG_AGO)
    Oversight.objects.create(person=county, area=world.kitui, starts=LONG_AGO)
    assert supervises(county, zone)
    assert not supervises(zone, county)


def test_supervision_goes_up_the_chain(world):
    Supervision.objects.create(supervisor=world.amina, person=world.otieno, starts=LONG_AGO)
    assert supervisors_of([world.otieno.pk]) == {world.amina.pk, world.esther.pk}
    assert world.otieno.pk in supervised_by(world.esther)


def test_a_circle_of_supervision_ends(world):
    Supervision.objects.create(supervisor=world.amina, person=world.otieno, starts=LONG_AGO)
    Supervision.objects.create(supervisor=world.otieno, person=world.amina, starts=LONG_AGO)
    assert world.amina.pk in supervised_by(world.otieno)
    assert world.amina.pk not in supervised_by(world.amina)


@pytest.mark.parametrize(("shift", "expected"), [(-1, True), (0, False), (1, False)])
def test_a_posting_holds_until_the_day_before_it_ends(world, shift, expected):
    end = dt.date(2026, 6, 1)
    Posting.objects.filter(person=world.esther).update(ends=end)
    assert supervises(world.esther, world.amina, on=end + dt.timedelta(days=shift)) is expected


def test_the_wall_follows_a_posting_that_begins_today(world):
    assert not wall.is_barred(world.daudi, world.maths)
    Posting.objects.create(
        person=world.daudi, school=world.market, role="head", starts=dt.date(2026, 1, 1)
    )
    assert wall.is_barred(world.daudi, world.maths)  # Otieno and the adviser work there
    assert not wall.readable_by(world.esther).exists()


def test_nobody_joins_where_their_supervisor_is(world):
    wall_of = world.sister
    assert not wall.may_join(world.esther, wall_of)  # Amina is there
    Posting.objects.create(
        person=world.daudi, school=world.market, role="head", starts=dt.date(2026, 1, 1)
    )
    assert not wall.may_join(world.otieno, wall_of)  # Daudi is there
