import pytest

from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.ask import ask
from staffroom.conversations.actions.remove import remove
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7


def test_members_and_advisers_answer(world, question):
    for person in (world.nafula, world.amina, world.chausiku):
        answer(by=person, question=question, text="Try paper.")
    question.refresh_from_db()
    assert question.answer_count == 3


def test_the_same_answer_sent_twice_counts_once(world, question):
    key = uuid7()
    for _time in range(2):
        answer(by=world.nafula, question=question, text="Try paper.", id=key)
    question.refresh_from_db()
    assert question.answer_count == question.answers.count() == 1


def test_it_quotes_a_passage_as_it_stands(world, question):
    quoted = answer(
        by=world.nafula,
        question=question,
        text="Because…",
        quotes=question,
        quoted_text="turn the  second\nfraction over",
    )
    assert quoted.quoted_text == "turn the second fraction over"
    whole = answer(by=world.otieno, question=question, text="Well", quotes=question)
    assert whole.quoted_text == question.text
    with pytest.raises(Refused) as refusal:
        answer(
            by=world.nafula, question=question, text="No", quotes=question, quoted_text="never said"
        )
    assert refusal.value.field == "quoted_text"


def test_it_quotes_only_from_its_own_question(world, question):
    other = ask(by=world.amina, community=world.maths, text="Another")
    with pytest.raises(NotYours):
        answer(by=world.nafula, question=question, text="Hm", quotes=other)


def test_what_was_taken_back_or_is_no_question_is_not_answered(world, question, answered, message):
    with pytest.raises(NotYours):
        answer(by=world.nafula, question=message, text="Hm")
    with pytest.raises(NotYours):
        answer(by=world.nafula, question=answered, text="Hm")
    remove(by=world.amina, post=question)
    question.refresh_from_db()
    with pytest.raises(Refused):
        answer(by=world.nafula, question=question, text="Hm")


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni"])
def test_nobody_else_answers(world, question, who):
    with pytest.raises(NotYours):
        answer(by=getattr(world, who), question=question, text="Hm")
