import pytest

from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.ask import ask
from staffroom.library.hooks import trust as hook
from tests.library.trust_things import Leaflets


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
def leaflets():
    keeper = Leaflets()
    hook.register(keeper)
    yield keeper
    hook.forget("leaflet")
