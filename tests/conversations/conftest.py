"""Short ways to a few posts; every one goes through the action itself."""

import pytest

from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.ask import ask
from staffroom.conversations.actions.say import say


@pytest.fixture
def question(world):
    return ask(
        by=world.amina,
        community=world.maths,
        text="Why do we turn the second fraction over?",
        topic="Fractions",
        grade=7,
    )


@pytest.fixture
def answered(world, question):
    return answer(by=world.nafula, question=question, text="Ask how many quarters fit into three.")


@pytest.fixture
def message(world):
    return say(by=world.otieno, community=world.maths, text="I folded paper this morning.")
