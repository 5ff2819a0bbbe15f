"""Quizzes and polls by message, kept by the same action as on the web."""

import pytest

from staffroom.channels.switchboard.messages import Kind
from staffroom.channels.switchboard.models import Payload, Pending, Sent
from staffroom.communities.levers import forget
from staffroom.communities.models import LeverChoice
from staffroom.conversations import actions
from staffroom.instruments.models import Answer, Item, Response
from staffroom.instruments.shape import Shape, options


@pytest.fixture(autouse=True)
def offered(world):
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever="quizzes", value="on"
    )
    forget(world.maths)


@pytest.fixture
def baraka(world, rich):
    return rich.link(world.baraka, "b")


def test_a_puzzle_by_button(world, rich, baraka):
    shape = Shape(
        Item.Kind.ONE, "Half of a half?", options=options("A quarter", "A third", right="a")
    )
    actions.puzzle(by=world.nafula, community=world.maths, item=shape)
    (asked,) = rich.says("b", "TODAY")
    assert "Half of a half?" in asked
    (said,) = rich.says("b", kind=Kind.CHOICE, choice=rich.sent[-1].buttons[0].key)
    assert "Right is: A quarter" in said
    assert Response.objects.get().person == world.baraka
    assert not Pending.objects.exists()


def test_a_puzzle_by_letter_and_what_is_no_answer_is_said(world, plain):
    plain.link(world.baraka, "+254700000002")
    shape = Shape(
        Item.Kind.ONE, "Half of a half?", options=options("A quarter", "A third", right="a")
    )
    actions.puzzle(by=world.nafula, community=world.maths, item=shape)
    (asked,) = plain.says("+254700000002", "TODAY")
    assert "A A quarter" in asked
    (again,) = plain.says("+254700000002", "Z")
    assert "letter" in again
    plain.says("+254700000002", "b")
    assert Answer.objects.get().value == "b"


def test_who_voted_what_is_kept_from_everybody(world, rich, baraka):
    actions.poll(by=world.nafula, community=world.maths, text="When?", choices=["Monday", "Friday"])
    rich.says("b", "TODAY")
    rich.says("b", "2")
    assert Answer.objects.get().value == "b"
    assert Response.objects.get().person is None
    assert not Payload.objects.exists()
    assert not Sent.objects.exists()
