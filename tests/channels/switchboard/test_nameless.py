"""Asking without a name by message: said before who sees what; afterwards no line leads back."""

import logging

import pytest
from django.apps import apps

from staffroom.channels.switchboard.models import Link, Payload, Pending, Received, Sent
from staffroom.communities.models import LeverChoice
from staffroom.conversations import sealed
from staffroom.conversations.models import Post
from staffroom.core.models import OutboxEntry
from tests.channels.switchboard.line import read, work

WORDS = "Why am I afraid of fractions?"
NUMBER = "+254700000002"


@pytest.fixture
def baraka(world, plain):
    return plain.link(world.baraka, NUMBER)


def everything():
    """Every row of every table, as text."""
    for model in apps.get_models():
        for row in model._base_manager.values():
            yield model.__name__, " ".join(map(str, row.values()))


def test_it_says_first_who_sees_what_and_waits_for_a_yes(world, plain, baraka):
    (said,) = plain.says(NUMBER, f"WITHOUT NAME {WORDS}")
    assert "A colleague" in said
    assert "know your number" in said
    assert WORDS not in said
    assert not Post.objects.exists()
    plain.says(NUMBER, "NO")
    assert not Post.objects.exists()
    assert not Pending.objects.exists()


def test_after_the_yes_nothing_ties_the_number_to_the_post(world, plain, baraka, caplog):
    heard = Link.objects.get().heard_at
    with caplog.at_level(logging.DEBUG):
        plain.says(NUMBER, f"bila jina {WORDS}", id="wamid.254700000002-1")
        waiting = [text for _model, text in everything() if WORDS in text]
        assert waiting == []  # closed, until the yes
        (said,) = plain.says(NUMBER, "ndiyo", id="wamid.254700000002-2")
    assert WORDS not in said
    post = Post.objects.get()
    assert post.anonymous
    assert post.author is None
    assert sealed.wrote(world.baraka, post)
    assert not Payload.objects.exists()
    assert not Sent.objects.exists()
    assert not Pending.objects.exists()
    assert not OutboxEntry.objects.filter(topic__in=["channel.received", "channel.send"]).exists()
    assert Link.objects.get().heard_at == heard
    for row in Received.objects.all():
        assert row.at.hour == row.at.minute == 0
        assert row.payload_id is None
        assert "254700000002" not in row.event_id
    for model, text in everything():
        assert model in ("Link", "Person") or NUMBER.strip("+") not in text, model
        if str(baraka.pk) in text:
            assert model == "Link", model
        if WORDS in text:
            assert model in ("Post", "SearchEntry", "TextPrint"), model
    assert WORDS not in caplog.text
    assert NUMBER not in caplog.text


def test_the_provider_may_call_ten_times(world, plain, baraka):
    ask = plain.event(NUMBER, f"WITHOUT NAME {WORDS}")
    yes = plain.event(NUMBER, "YES")
    for _again in range(3):
        plain.call(ask)
        work()
    for _again in range(3):
        plain.call(yes)
        work()
    plain.call(ask, yes)
    work()
    assert Post.objects.count() == 1
    assert len(plain.sent) == 2


def test_a_call_with_another_event_in_it_loses_neither(world, plain, baraka):
    plain.link(world.nafula, "+254700000009")
    plain.call(
        plain.event(NUMBER, f"WITHOUT NAME {WORDS}"), plain.event("+254700000009", "ASK Why?")
    )
    work()
    assert Post.objects.get().author == world.nafula
    assert not Payload.objects.exists()


def test_where_one_asks_with_ones_name_it_is_said_and_wiped(world, plain, baraka):
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever="anonymous_asking", value="off"
    )
    from staffroom.communities.levers import forget

    forget(world.maths)
    (said,) = plain.says(NUMBER, f"WITHOUT NAME {WORDS}")
    assert "with one's name" in said
    assert not Payload.objects.exists()
    assert not Pending.objects.exists()


def test_it_is_never_relayed_as_it_comes(world, plain, baraka):
    plain.link(world.nafula, "+254700000009", relay="everything")
    plain.says(NUMBER, f"WITHOUT NAME {WORDS}")
    plain.says(NUMBER, "YES")
    assert {each.to for each in plain.sent} == {NUMBER}


def test_what_one_does_about_one_s_own_leaves_no_line_either(world, plain, baraka):
    plain.says(NUMBER, f"WITHOUT NAME {WORDS}")
    plain.says(NUMBER, "YES")
    plain.says(NUMBER, "TODAY")
    Sent.objects.all().delete()
    for text in ("1 I asked this", "THANKS 1", "DONE 1"):
        plain.says(NUMBER, text)
    assert Post.objects.get().solved_at
    assert not Sent.objects.exists()
    assert not Payload.objects.filter(raw__contains="DONE").exists()
    kept = [
        each.text for raw in Payload.objects.values_list("raw", flat=True) for each in read(raw)
    ]
    assert not [text for text in kept if "1" in text]
