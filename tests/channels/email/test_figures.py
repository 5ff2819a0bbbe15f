"""A programme's week is told as whole figures, or not at all."""

import datetime as dt

import pytest

from staffroom.channels.email.queries.figures import figures_of
from staffroom.channels.email.queries.readers import may_have_figures
from staffroom.communities.models import Advisership, Membership
from staffroom.conversations.models import Post
from staffroom.places.models import Appointment, Posting
from tests.channels.email.makers import MIDWEEK, MONDAY, ask, busy_week, furnish
from tests.conftest import LONG_AGO

pytestmark = pytest.mark.django_db


def test_a_busy_week(world):
    house = furnish(world)
    busy_week(house)
    first = house.communities[0]
    ask(first, None)  # without a name
    ask(first, house.people[first.pk][0], MIDWEEK - dt.timedelta(days=7))
    assert figures_of(world.programme, MONDAY) == {"asked": 33, "answered": 16}


def test_the_week_is_that_of_the_programmes_clock(world):
    house = furnish(world)
    sunday_night = dt.datetime(2026, 11, 15, 20, 59, tzinfo=dt.UTC)  # 23:59 in Nairobi
    busy_week(house, sunday_night - dt.timedelta(hours=1))
    assert figures_of(world.programme, MONDAY) == {}
    busy_week(house, sunday_night + dt.timedelta(minutes=2))
    assert figures_of(world.programme, MONDAY)["asked"] == 32


@pytest.mark.parametrize(("communities", "people"), [(2, 6), (3, 3), (4, 1)])
def test_too_few_are_not_told(world, communities, people):
    Membership.objects.all().delete()
    house = furnish(world, communities, people)
    busy_week(house)
    assert figures_of(world.programme, MONDAY) == {}


def test_one_person_who_made_most_of_it_hides_it(world):
    house = furnish(world)
    busy_week(house, each=1)
    first = house.communities[0]
    for number in range(17):
        ask(first, house.people[first.pk][0], MIDWEEK + dt.timedelta(minutes=number))
    assert "asked" not in figures_of(world.programme, MONDAY)


def test_one_community_that_made_most_of_it_hides_it(world):
    house = furnish(world)
    busy_week(house, each=1)
    first = house.communities[0]
    for number, person in enumerate(house.people[first.pk] * 5):
        ask(first, person, MIDWEEK + dt.timedelta(minutes=number))
    told = figures_of(world.programme, MONDAY)
    assert "asked" not in told
    assert "answered" not in told  # its whole would tell


def test_what_was_taken_back_counts_nowhere(world):
    house = furnish(world)
    busy_week(house)
    Post.objects.filter(community=house.communities[0]).update(removed_at=MIDWEEK)
    assert figures_of(world.programme, MONDAY)["asked"] == 24


def test_figures_go_to_those_who_tend_the_whole_and_supervise_none_of_it(world):
    assert may_have_figures(world.gathoni, world.programme)
    assert not may_have_figures(world.amina, world.programme)
    assert not may_have_figures(world.esther, world.programme)
    Appointment.objects.filter(person=world.hamisi).update(area=world.kitui)
    assert not may_have_figures(world.hamisi, world.programme)
    Advisership.objects.update(ended_at=MIDWEEK)
    Posting.objects.create(person=world.gathoni, school=world.hill, role="head", starts=LONG_AGO)
    assert not may_have_figures(world.gathoni, world.programme)
