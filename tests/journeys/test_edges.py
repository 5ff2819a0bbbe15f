"""The edges on a phone: a question goes over and an answer comes back; dividing; one's own journey."""

import datetime as dt
import os

import pytest
from django.urls import reverse

from staffroom.communities.actions import stages
from staffroom.communities.models import LeverChoice, Membership
from staffroom.conversations.models import Post
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.edges.actions import brokers, rising
from staffroom.edges.models import BrokerSide
from staffroom.places.models import SchoolTerm
from tests.conftest import make_person
from tests.conversations.makers import a_post, a_question
from tests.journeys.test_every_page import FOREIGN, SMALL

A_WEEK = 7 * 24 * 60


@pytest.fixture
def risen(world):
    """Nafula's question has risen; Amina carries to the sister community."""
    LeverChoice.objects.create(
        programme=world.programme, community=None, lever="boundary_questions", value="on"
    )
    broker = brokers.offer(by=world.amina, community_id=world.maths.pk, other_id=world.sister.pk)
    BrokerSide.objects.update(accepted_at=now())
    brokers.settle(broker)
    world.question = a_question(
        world.maths, world.nafula, "How do you teach division of fractions?", topic="Fractions",
        grade=6, minutes_ago=A_WEEK,
    )  # fmt: skip
    rising.nightly(now())
    return world


@pytest.fixture
def long_here(world):
    today = now().date()
    for name, ago in (("Term 3", 0), ("Term 2", 110), ("Term 1", 220)):
        SchoolTerm.objects.create(
            programme=world.programme,
            name=name,
            first_day=today - dt.timedelta(days=ago + 84),
            last_day=today - dt.timedelta(days=ago),
        )
    Membership.objects.update(joined_at=now() - dt.timedelta(days=290))
    for week in range(8):
        a_post(world.maths, world.nafula, minutes_ago=(7 * week + 1) * 24 * 60)
    a_post(world.maths, world.nafula, minutes_ago=130 * 24 * 60)
    return world


def shot(page, name):
    """A picture to look at, where somebody wants one."""
    if folder := os.environ.get("STAFFROOM_SHOTS"):
        page.screenshot(path=f"{folder}/edges-{name}.png", full_page=True)


def delivered():
    while outbox.deliver():
        pass


def whole(page, sideways, axe, name):
    shot(page, name)
    assert sideways(page) == []
    assert page.evaluate(SMALL) == []
    assert axe(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_goes_over_and_an_answer_comes_back(
    risen, come_in, sideways, axe, complaints, javascript
):
    page = come_in(risen.nafula, javascript=javascript, bypass_csp=True)
    page.get_by_text("Shall your question go further?").click()
    if javascript:
        whole(page, sideways, axe, "onward")
    page.get_by_label("The question, as it goes").fill("Nafula asks: how?")
    page.get_by_role("button", name="Let it go").click()
    assert page.get_by_text("These words tell who you are").is_visible()
    page.get_by_label("The question, as it goes").fill("How do you teach it?")
    page.get_by_role("button", name="Let it go").click()
    assert page.get_by_text("It stands there now").is_visible()
    copy = Post.objects.get(community=risen.sister)
    there = come_in(
        risen.daudi, reverse("question", args=[risen.sister.pk, copy.pk]), javascript=javascript,
        bypass_csp=True,
    )  # fmt: skip
    if javascript:
        whole(there, sideways, axe, "there")
    there.get_by_label("Your answer").fill("Cut a strip of paper.")
    there.get_by_role("button", name="Send").click()
    for _tenth in range(100):  # pencil until it is saved
        if Post.objects.filter(question=copy).exists():
            break
        there.wait_for_timeout(100)
    delivered()
    there.goto(reverse("question", args=[risen.sister.pk, copy.pk]))
    there.get_by_role("button", name="Let my name go along").click()
    if javascript:
        whole(there, sideways, axe, "credit")
    page.goto(reverse("question", args=[risen.maths.pk, risen.question.pk]))
    assert page.get_by_text("Daudi Barasa (Science, Kitui East)").is_visible()
    if javascript:
        whole(page, sideways, axe, "back")
    # The browser's console notes the refusal.
    assert [line for line in complaints if "422" not in line] == []


def test_a_broker_is_offered_and_accepted(world, come_in, sideways, axe, complaints):
    page = come_in(world.amina, reverse("brokers", args=[world.maths.pk]), bypass_csp=True)
    page.get_by_role("button", name="Offer").click()
    whole(page, sideways, axe, "brokers")
    other = come_in(world.baraka, reverse("brokers", args=[world.maths.pk]), bypass_csp=True)
    whole(other, sideways, axe, "brokers-moderator")
    other.get_by_role("button", name="Yes").click()
    assert other.get_by_text("We have said yes").is_visible()
    assert complaints == []


def test_dividing(world, come_in, sideways, axe, complaints):
    LeverChoice.objects.create(programme=world.programme, community=None, lever="size", value="8")
    for n in range(6):
        Membership.objects.create(
            community=world.maths, person=make_person(f"Mwalimu {n}"), state="active",
            joined_at=now(),
        )  # fmt: skip
    page = come_in(world.baraka, reverse("community", args=[world.maths.pk]), bypass_csp=True)
    page.get_by_text("Divide or join").click()
    page.get_by_label("Name of the other circle").fill("Geometry, Mwingi")
    whole(page, sideways, axe, "divide")
    page.get_by_role("button", name="Propose it").first.click()
    page.get_by_role("button", name="Yes, divide").click()
    whole(page, sideways, axe, "reshape")
    assert complaints == []


def test_a_journey_and_a_farewell(long_here, come_in, sideways, axe, complaints):
    page = come_in(long_here.nafula, "/me", bypass_csp=True)
    page.get_by_text("My journey").click()
    assert page.get_by_text("In the middle", exact=True).is_visible()
    whole(page, sideways, axe, "journey")
    stages.close(by=long_here.baraka, community_id=long_here.maths.pk, words="Asanteni sana.")
    page.goto("/")
    page.get_by_text("What you gave and took").click()
    whole(page, sideways, axe, "farewell")
    assert complaints == []


def test_in_urdu(risen, long_here, come_in, sideways):
    for person in (risen.nafula, risen.baraka):
        person.language = "ur"
        person.save()
    pages = [
        (risen.nafula, reverse("onward", args=[risen.maths.pk, risen.question.pk])),
        (risen.nafula, reverse("brokers", args=[risen.maths.pk])),
        (risen.nafula, reverse("journey")),
        (risen.baraka, reverse("reshape_begin", args=[risen.maths.pk])),
    ]
    for number, (person, address) in enumerate(pages):
        page = come_in(person, address)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        shot(page, f"urdu-{number}")
        assert sideways(page) == []
        assert page.evaluate(FOREIGN) == [], address
    stages.close(by=risen.baraka, community_id=risen.maths.pk, words="شکریہ")
    page = come_in(risen.nafula, reverse("farewell", args=[risen.maths.pk]))
    shot(page, "urdu-farewell")
    assert page.evaluate(FOREIGN) == []
