"""Short ways to a few notes; every one goes through the action itself."""

import pytest

from staffroom.conversations.actions import answer, ask, help, solve
from staffroom.conversations.actions.notes import keep_as_note
from staffroom.library.hooks import trust as hook
from tests.library.trust_things import Leaflets

WORDS = {
    "title": "Dividing by a fraction, with folded paper",
    "problem": "Pupils turn the second fraction over and cannot say why.",
    "worked": "Fold a strip into quarters and count how many quarters fit into three strips.",
    "tried_where": "Grade 6, 48 pupils.",
    "failed": "Beginning with the rule.",
}


@pytest.fixture
def solved(world):
    """A question of Amina's that Nafula answered."""
    question = ask(
        by=world.amina,
        community=world.maths,
        text="Why do we turn the second fraction over?",
        topic="Fractions",
        grade=6,
    )
    other = answer(by=world.otieno, question=question, text="It is the rule.")
    answered = answer(
        by=world.nafula, question=question, text="Ask how many quarters fit in three."
    )
    help(by=world.amina, answer=answered)
    solve(by=world.amina, question=question)
    question.refresh_from_db()
    question.answered, question.other = answered, other
    return question


@pytest.fixture
def note(world, solved):
    """Baraka wrote it down."""
    return keep_as_note(by=world.baraka, question=solved, answer=solved.answered, words=WORDS)


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
