import pytest

from staffroom.conversations.actions.prompt import prompt
from staffroom.conversations.actions.remove import remove
from staffroom.conversations.actions.say import say
from staffroom.core.errors import NotYours, Refused


def test_a_message_in_either_room(world):
    for room in ("lessons", "tea"):
        assert say(by=world.amina, community=world.maths, text="Habari", room=room).room == room
    with pytest.raises(NotYours):
        say(by=world.amina, community=world.maths, text="Habari", room="cellar")


def test_an_adviser_talks_among_the_lessons_only(world):
    say(by=world.chausiku, community=world.maths, text="Paper first.")
    with pytest.raises(NotYours):
        say(by=world.chausiku, community=world.maths, text="Chai", room="tea")


def test_a_reply_quotes_the_beginning_of_a_long_post(world):
    long = say(by=world.amina, community=world.maths, text="paper " * 100)
    reply = say(by=world.nafula, community=world.maths, text="Yes", quotes=long)
    assert len(reply.quoted_text) <= 160
    assert reply.quoted_text.endswith("paper…")


def test_a_removed_post_is_not_quoted(world, message):
    remove(by=world.otieno, post=message)
    message.refresh_from_db()
    with pytest.raises(Refused):
        say(by=world.nafula, community=world.maths, text="Yes", quotes=message)


def test_a_post_of_another_community_is_not_quoted(world, message):
    with pytest.raises(Refused):
        say(by=world.amina, community=world.sister, text="Look", quotes=message)


def test_only_the_moderator_prompts(world):
    assert prompt(by=world.baraka, community=world.maths, text="For this week").kind == "prompt"
    with pytest.raises(NotYours):
        prompt(by=world.amina, community=world.maths, text="For this week")
