"""A question that nobody answers: the members, then the adviser, then its asker is asked."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from staffroom.communities.models import Advisership, LeverChoice
from staffroom.conversations.models import Post
from staffroom.core.clock import now, pretend
from staffroom.core.ids import short
from staffroom.edges.actions import rising
from staffroom.edges.actions.stirring import calm
from staffroom.edges.models import Rise
from staffroom.edges.queries.waiting import rows
from staffroom.places.models import Holiday
from tests.conversations.makers import a_post, a_question
from tests.edges.conftest import A_WEEK, again, days

pytestmark = pytest.mark.django_db
#: A Friday, at noon.
FRIDAY = dt.datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Africa/Nairobi"))


def asked_on(world, moment):
    question = a_question(world.maths, world.nafula)
    Post.objects.filter(pk=question.pk).update(created_at=moment)
    return question


def risen_on(world, moment):
    with pretend(moment.astimezone(dt.UTC)):
        rising.nightly(now())
    return Rise.objects.filter(question__community=world.maths)


def test_two_school_days_are_counted_without_the_weekend(world):
    asked_on(world, FRIDAY)
    assert not risen_on(world, FRIDAY + days(3)).exists()  # Monday is the first day
    assert risen_on(world, FRIDAY + days(4)).exists()


def test_a_holiday_does_not_count(world):
    monday = FRIDAY.date() + days(3)
    Holiday.objects.create(
        programme=world.programme, name="Eid", first_day=monday, last_day=monday + days(1)
    )
    asked_on(world, FRIDAY)
    assert not risen_on(world, FRIDAY + days(5)).exists()
    assert risen_on(world, FRIDAY + days(6)).exists()


def test_the_community_chooses_its_patience(world):
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever="patience", value="5"
    )
    asked_on(world, FRIDAY)
    assert not risen_on(world, FRIDAY + days(6)).exists()
    assert risen_on(world, FRIDAY + days(7)).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"answer_count": 1},
        {"solved_at": FRIDAY},
        {"removed_at": FRIDAY},
        {"hidden_at": FRIDAY},
        {"room": "tea"},
        {"travel": "in"},
        {"kind": "message"},
    ],
)
def test_what_needs_no_answer_does_not_rise(world, fields):
    question = asked_on(world, FRIDAY)
    Post.objects.filter(pk=question.pk).update(**fields)
    assert not risen_on(world, FRIDAY + days(7)).exists()


def test_the_adviser_sees_it_first_and_then_the_asker_is_asked(between):
    asked_on(between, FRIDAY)
    rise = risen_on(between, FRIDAY + days(4)).get()
    assert rise.asked_at is None
    here = [again(between.maths)]
    assert [row["title"] for row in rows(between.chausiku, here)] == [
        "Nobody has answered. Can you?"
    ]
    assert rows(between.nafula, here) == []
    assert risen_on(between, FRIDAY + days(5)).get().asked_at is not None
    assert [row["title"] for row in rows(between.nafula, here)] == [
        "Shall your question go further?"
    ]
    assert rows(between.baraka, here) == []


def test_without_an_adviser_the_asker_is_asked_at_once(between):
    Advisership.objects.all().delete()
    asked_on(between, FRIDAY)
    assert risen_on(between, FRIDAY + days(4)).get().asked_at is not None


def test_without_the_lever_or_a_broker_nobody_is_asked(world):
    asked_on(world, FRIDAY)
    assert risen_on(world, FRIDAY + days(7)).get().asked_at is None


def test_rising_again_changes_nothing(between):
    asked_on(between, FRIDAY)
    first = risen_on(between, FRIDAY + days(6)).get()
    assert risen_on(between, FRIDAY + days(7)).get().asked_at == first.asked_at


def test_a_calm_community_costs_today_nothing(world, django_assert_num_queries):
    communities = [again(world.maths), again(world.sister)]
    with django_assert_num_queries(0):
        assert rows(world.nafula, communities) == []


def test_the_mark_goes_once_it_is_answered(risen):
    calm()
    assert again(risen.maths).edge_calls
    Post.objects.filter(pk=risen.question.pk).update(answer_count=1)
    calm()
    assert not again(risen.maths).edge_calls


@pytest.mark.parametrize("many", [10, 200])
def test_queries_do_not_grow(risen, many, django_assert_max_num_queries):
    for number in range(many):
        a_question(risen.maths, risen.nafula, f"Question {number}?", minutes_ago=A_WEEK)
        a_post(risen.maths, risen.otieno, f"Message {number}")
    rising.nightly(now())
    with django_assert_max_num_queries(8):
        rows(risen.nafula, [again(risen.maths)])


def test_it_stands_on_the_advisers_page_of_today(risen, sign_in):
    url = f"/c/{short(risen.maths.pk)}/q/{short(risen.question.pk)}"
    assert url in sign_in(risen.chausiku).get("/").content.decode()
    for stranger in (risen.esther, risen.farid, risen.daudi):
        assert url not in sign_in(stranger).get("/").content.decode()
