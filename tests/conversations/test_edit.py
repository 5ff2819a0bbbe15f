import pytest

from staffroom.conversations.actions.edit import edit
from staffroom.conversations.actions.remove import remove
from staffroom.core.errors import NotYours, Refused


def test_the_earlier_words_are_kept_and_the_time_is_shown(world, question):
    edit(by=world.amina, post=question, text="Why?", topic="Division", grade=8)
    question.refresh_from_db()
    assert (question.text, question.topic, question.grade) == ("Why?", "Division", 8)
    assert question.version == 2
    assert question.edited_at
    earlier = question.revisions.get()
    assert (earlier.version, earlier.text) == (1, "Why do we turn the second fraction over?")


def test_the_same_words_are_no_edit(world, message):
    edit(by=world.otieno, post=message, text=message.text + " ")
    message.refresh_from_db()
    assert message.edited_at is None
    assert not message.revisions.exists()


def test_a_change_made_meanwhile_is_told(world, message):
    edit(by=world.otieno, post=message, text="From one phone", version=1)
    with pytest.raises(Refused):
        edit(by=world.otieno, post=message, text="From the other", version=1)
    message.refresh_from_db()
    assert message.text == "From one phone"


def test_bad_words_leave_the_old(world, message):
    for text in ("", "a" * 5001):
        with pytest.raises(Refused):
            edit(by=world.otieno, post=message, text=text)
    message.refresh_from_db()
    assert message.text == "I folded paper this morning."


@pytest.mark.parametrize("who", ["amina", "baraka", "chausiku", "esther", "farid", "daudi"])
def test_only_the_author_edits(world, message, who):
    with pytest.raises(NotYours):
        edit(by=getattr(world, who), post=message, text="Mine now")


def test_what_is_removed_is_not_edited(world, message):
    remove(by=world.otieno, post=message)
    with pytest.raises(NotYours):
        edit(by=world.otieno, post=message, text="Again")
