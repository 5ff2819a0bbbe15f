"""Founding: what the name of a new community may tell."""

import pytest

from staffroom.communities.actions import founding
from staffroom.communities.actions.founding import Sheet
from staffroom.communities.models import Community
from staffroom.core.errors import Refused

SAME = Sheet(name="mathematics, mwingi")


@pytest.mark.parametrize("who", ["amina", "daudi"])
def test_a_name_that_the_founder_can_see_is_taken(world, who):
    with pytest.raises(Refused):
        founding.found_by_teacher(by=getattr(world, who), sheet=SAME)


def test_a_name_behind_the_wall_is_free_so_that_nobody_learns_of_it(world):
    founding.found_by_teacher(by=world.esther, sheet=SAME)
    assert Community.objects.filter(name__iexact=SAME.name).count() == 2


def test_to_the_gardener_a_name_in_the_garden_is_taken(world):
    with pytest.raises(Refused):
        founding.found_by_gardener(by=world.gathoni, sheet=SAME, programme=world.programme)


def test_a_gardener_behind_the_wall_learns_nothing_from_a_name(world):
    from staffroom.places.models import Posting
    from tests.conftest import LONG_AGO

    Posting.objects.create(person=world.gathoni, school=world.hill, role="head", starts=LONG_AGO)
    made = founding.found_by_gardener(by=world.gathoni, sheet=SAME, programme=world.programme)
    assert made.name == SAME.name
