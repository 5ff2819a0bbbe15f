import pytest

from staffroom.conversations.actions.help import help
from staffroom.conversations.actions.thank import thank, unthank
from staffroom.core.errors import NotYours, Refused


def test_thanks_count_people_once_and_can_be_taken_back(world, message):
    for person in (world.amina, world.amina, world.chausiku):
        thank(by=person, post=message)
    message.refresh_from_db()
    assert message.thanks_count == 2
    unthank(by=world.amina, post=message)
    unthank(by=world.nafula, post=message)
    message.refresh_from_db()
    assert message.thanks_count == 1


def test_thanks_for_a_question_leave_what_helped(world, question, answered):
    help(by=world.amina, answer=answered)
    thank(by=world.nafula, post=question)
    question.refresh_from_db()
    assert (question.helped_count, question.thanks_count) == (1, 1)


def test_nobody_thanks_themselves(world, message):
    with pytest.raises(Refused):
        thank(by=world.otieno, post=message)


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni"])
def test_nobody_else_thanks(world, message, who):
    with pytest.raises(NotYours):
        thank(by=getattr(world, who), post=message)
