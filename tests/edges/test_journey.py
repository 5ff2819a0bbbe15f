"""One's own way through a community: derived from one's own acts, shown to oneself alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from staffroom.communities.models import Membership, Term
from staffroom.conversations.actions import ask_without_name
from staffroom.conversations.models import Post, ReadMark
from staffroom.core.clock import now
from staffroom.edges.queries.journey import journeys
from staffroom.methods.health.journey import Level
from staffroom.places.models import SchoolTerm
from tests.conversations.makers import a_post
from tests.edges.conftest import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_here(world):
    """One school term of twelve weeks until today; Nafula has been here for thirty."""
    today = now().date()
    SchoolTerm.objects.create(
        programme=world.programme, name="Term 3", first_day=today - days(83), last_day=today
    )
    Membership.objects.filter(community=world.maths).update(joined_at=now() - days(210))
    return world


def here(world, person=None):
    found = [each for each in journeys(person or world.nafula) if each.community == world.maths]
    return found[0].steps[0].level


def wrote(world, weeks, **fields):
    for week in range(weeks):
        a_post(world.maths, world.nafula, minutes_ago=(7 * week + 1) * 24 * 60, **fields)


def test_whoever_has_just_come_is_new(world):
    assert here(world) == Level.NEWCOMER


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [(0, Level.AWAY), (1, Level.PERIPHERY), (3, Level.ACTIVE), (7, Level.CORE)],
)
def test_weeks_with_own_words(long_here, weeks, expected):
    wrote(long_here, weeks)
    assert here(long_here) == expected


def test_reading_counts(long_here):
    ReadMark.objects.create(
        person=long_here.nafula, community=long_here.maths, room="lessons", until=now()
    )
    assert here(long_here) == Level.PERIPHERY


def test_a_turn_is_the_middle(long_here):
    assert here(long_here, long_here.baraka) == Level.CORE
    assert Term.objects.count() == 1


def test_what_one_asked_without_a_name_is_ones_own(long_here):
    for week in range(3):
        post = ask_without_name(by=long_here.nafula, community=long_here.maths, text=f"Q{week}?")
        Post.objects.filter(pk=post.pk).update(created_at=now() - days(7 * week + 1))
    assert here(long_here) == Level.ACTIVE
    assert here(long_here, long_here.otieno) == Level.AWAY


def test_without_a_calendar_the_year_has_quarters(world):
    Membership.objects.filter(community=world.maths).update(joined_at=now() - days(400))
    steps = next(each for each in journeys(world.nafula) if each.community == world.maths).steps
    assert 5 <= len(steps) <= 6


@pytest.mark.parametrize("many", [10, 200])
def test_the_queries_do_not_grow(long_here, many, django_assert_max_num_queries):
    for _n in range(many):
        a_post(long_here.maths, long_here.nafula)
    with django_assert_max_num_queries(11):
        journeys(long_here.nafula)


def test_the_page_is_for_oneself(long_here, sign_in):
    wrote(long_here, 7)
    client = sign_in(long_here.nafula)
    assert "/me/journey" in client.get("/me").content.decode()
    said = client.get("/me/journey").content.decode()
    assert "In the middle" in said
    assert 'role="img"' in said
    for other in (long_here.baraka, long_here.amina, long_here.gathoni, long_here.esther):
        assert "Nafula" not in sign_in(other).get("/me/journey").content.decode()


def test_it_is_kept_nowhere(long_here, sign_in):
    client = sign_in(long_here.nafula)
    with CaptureQueriesContext(
        connection,
    ) as told:
        client.get("/me/journey")
    assert not [
        each["sql"] for each in told if each["sql"].startswith(("INSERT", "UPDATE"))
        and "session" not in each["sql"] and "last_used" not in each["sql"]
    ]  # fmt: skip
