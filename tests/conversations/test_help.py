import pytest

from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.help import help, unhelp
from staffroom.conversations.actions.remove import remove, restore
from staffroom.core.errors import NotYours, Refused


def counts(*posts):
    for post in posts:
        post.refresh_from_db()
    return [post.helped_count for post in posts]


def test_it_counts_people_once(world, question, answered):
    for _time in range(2):
        help(by=world.amina, answer=answered)
    help(by=world.otieno, answer=answered)
    assert counts(answered, question) == [2, 2]


def test_two_answers_that_helped_one_person_helped_one_of_us(world, question, answered):
    second = answer(by=world.otieno, question=question, text="Or draw it.")
    help(by=world.amina, answer=answered)
    help(by=world.amina, answer=second)
    assert counts(answered, second, question) == [1, 1, 1]


def test_it_can_be_taken_back(world, question, answered):
    help(by=world.amina, answer=answered)
    for _time in range(2):
        unhelp(by=world.amina, answer=answered)
    assert counts(answered, question) == [0, 0]


def test_not_of_ones_own_answer_nor_of_a_message(world, answered, message):
    with pytest.raises(Refused):
        help(by=world.nafula, answer=answered)
    with pytest.raises(NotYours):
        help(by=world.amina, answer=message)


def test_a_removed_answer_helps_nobody_until_it_is_back(world, question, answered):
    help(by=world.amina, answer=answered)
    remove(by=world.nafula, post=answered)
    assert counts(question) == [0]
    with pytest.raises(NotYours):
        help(by=world.otieno, answer=type(answered).objects.get(pk=answered.pk))
    restore(by=world.nafula, post=answered)
    assert counts(question) == [1]
