"""A quiz of known questions in the community of known people."""

from decimal import Decimal

import pytest

from staffroom.communities.models import LeverChoice
from staffroom.conversations.actions.quiz import begin_quiz, poll, publish_quiz
from staffroom.instruments import actions
from staffroom.instruments.models import Item
from staffroom.instruments.shape import Shape, options

HALF = Shape(
    Item.Kind.ONE,
    "How much is a half and a quarter?",
    options=options("Two sixths", "Three quarters", "One", right="b"),
    explanation="A half is two quarters.",
)
PRIMES = Shape(
    Item.Kind.MANY, "Which are prime?", options=options("2", "9", "11", "15", right="ac")
)
LENGTH = Shape(
    Item.Kind.NUMBER,
    "How long is the diagonal of a square of 10 cm?",
    right=Decimal("14.1"),
    tolerance=Decimal("0.1"),
    unit="cm",
)
CAPITAL = Shape(Item.Kind.SHORT, "The county town?", accepted=("Kitui", "Kitui town"))
SURE = Shape(Item.Kind.SCALE, "How sure are you?", required=False, steps=5, low="Not", high="Very")
ALL = (HALF, PRIMES, LENGTH, CAPITAL, SURE)
RIGHT = {"i1": "b", "i2": ["a", "c"], "i3": "14.1", "i4": "kitui", "i5": 4}


@pytest.fixture
def quizzes_on(world):
    LeverChoice.objects.create(
        programme=world.programme, lever="quizzes", value="on", left_to_community=True
    )
    world.maths.__dict__.pop("_lever_choices", None)


@pytest.fixture
def draft(world, quizzes_on):
    version = begin_quiz(by=world.amina, community=world.maths, title="Fractions and more")
    for item in ALL:
        actions.put_item(by=world.amina, version=version, item=item)
    return version


@pytest.fixture
def quiz(world, draft):
    """Published; the version that is answered."""
    publish_quiz(by=world.amina, version=draft)
    draft.refresh_from_db()
    draft.instrument.refresh_from_db()
    return draft


@pytest.fixture
def ballot(world):
    """A poll's version."""
    post = poll(
        by=world.amina,
        community=world.maths,
        text="When shall we meet?",
        choices=["Tuesday", "Thursday"],
    )
    return post.instrument.versions.get()
