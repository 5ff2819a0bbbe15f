import datetime as dt

import pytest

from staffroom.communities.models import Community, LeverChoice
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.edges.actions import brokers, rising
from staffroom.edges.models import BrokerSide
from tests.conversations.makers import a_question

A_WEEK = 7 * 24 * 60


def again(community):
    return Community.objects.select_related("programme").get(pk=community.pk)


def delivered():
    """The worker has been here."""
    while outbox.deliver():
        pass


@pytest.fixture
def between(world):
    """Both take questions from elsewhere, and Amina, who is in both, carries."""
    LeverChoice.objects.create(
        programme=world.programme, community=None, lever="boundary_questions", value="on"
    )
    world.broker = brokers.offer(
        by=world.amina, community_id=world.maths.pk, other_id=world.sister.pk
    )
    BrokerSide.objects.update(accepted_at=now())
    world.broker.refresh_from_db()
    brokers.settle(world.broker)
    return world


@pytest.fixture
def risen(between):
    """Nafula asked a week ago; nobody answered; she is asked whether it may go on."""
    between.question = a_question(
        between.maths, between.nafula, "How do you teach division of fractions?",
        topic="Fractions", grade=6, minutes_ago=A_WEEK,
    )  # fmt: skip
    rising.nightly(now())
    return between


def days(n):
    return dt.timedelta(days=n)
