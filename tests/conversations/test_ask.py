import pytest

from staffroom.conversations.actions.ask import ask
from staffroom.conversations.actions.say import say
from staffroom.conversations.models import Post
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.core.models import AuditEntry, OutboxEntry


def test_a_member_asks(world):
    post = ask(
        by=world.amina, community=world.maths, text=" Why?\r\nWhy not? ", topic="Fractions", grade=6
    )
    post.refresh_from_db()
    assert (post.kind, post.text, post.topic, post.grade) == (
        "question",
        "Why?\nWhy not?",
        "Fractions",
        6,
    )
    assert OutboxEntry.objects.get(topic="post.written").payload == {"post": str(post.pk)}
    entry = AuditEntry.objects.get(act="post.written")
    assert (entry.on_id, entry.detail) == (post.pk, {"kind": "question"})


def test_sending_twice_makes_one_post(world):
    key = uuid7()
    first = ask(by=world.amina, community=world.maths, text="Why?", id=key)
    again = ask(by=world.amina, community=world.maths, text="Why?", id=key)
    assert first.pk == again.pk == key
    assert Post.objects.count() == 1
    assert OutboxEntry.objects.filter(topic="post.written").count() == 1


def test_an_id_of_somebody_else_is_refused(world):
    key = ask(by=world.amina, community=world.maths, text="Why?").pk
    with pytest.raises(Refused):
        ask(by=world.baraka, community=world.maths, text="Mine", id=key)
    with pytest.raises(Refused):
        say(by=world.amina, community=world.maths, text="Another kind", id=key)
    with pytest.raises(Refused):
        ask(by=world.amina, community=world.sister, text="Elsewhere", id=key)
    assert Post.objects.get().text == "Why?"


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "\u200b\u200f", "a" * 5001])
def test_nothing_or_too_much_is_refused(world, text):
    with pytest.raises(Refused) as refusal:
        ask(by=world.amina, community=world.maths, text=text)
    assert refusal.value.field == "text"
    assert not Post.objects.exists()


def test_too_long_says_both_numbers(world):
    with pytest.raises(Refused, match="100000 characters; at most 5000"):
        ask(by=world.amina, community=world.maths, text="a" * 100_000)


@pytest.mark.parametrize(("field", "value"), [("topic", "x" * 81), ("grade", 40)])
def test_a_bad_field_is_named(world, field, value):
    with pytest.raises(Refused) as refusal:
        ask(by=world.amina, community=world.maths, text="Why?", **{field: value})
    assert refusal.value.field == field


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni", "chausiku"])
def test_nobody_else_asks(world, who):
    with pytest.raises(NotYours):
        ask(by=getattr(world, who), community=world.maths, text="Why?")


def test_urdu_words_are_known_as_such_where_somebody_reads_urdu(world):
    text = "میں کسر کیسے پڑھاؤں؟"
    assert ask(by=world.amina, community=world.maths, text=text).language == ""
    world.amina.languages = ["ur"]
    assert ask(by=world.amina, community=world.maths, text=text).language == "ur"
    assert ask(by=world.amina, community=world.maths, text="Why? " + text).language == ""
