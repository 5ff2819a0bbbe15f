"""A digest goes by every channel, with numbers by which one answers."""

import pytest

from staffroom.channels.switchboard.actions.linking import link
from staffroom.channels.switchboard.models import Link, Numbered, Sent
from staffroom.conversations.models import Post
from staffroom.core.clock import pretend
from staffroom.notices.models import Preference
from tests.notices.makers import FIVE, HOUR, MINUTE, begin, lever, said, wants, work


@pytest.fixture
def digest(world, rich):
    """Nafula wants a daily digest with words, by the messenger."""
    begin(world)
    lever(world.maths, "daily")
    with pretend(FIVE - 5 * HOUR):
        rich.link(world.nafula, "n")
        wants(world.nafula, way="fake", words=True)
    said(world.maths, world.baraka, "Why turn it over?", kind=Post.Kind.QUESTION)
    return rich


def test_the_number_in_a_digest_answers(world, digest):
    work(FIVE)
    (out,) = digest.sent
    assert "1 Question. Baraka: Why turn it over?" in out.text
    assert Numbered.objects.get().number == 1
    assert Sent.objects.get().kind == "digest"
    with pretend(FIVE + MINUTE):
        digest.says("n", "1 Fold it.")
    assert Post.objects.get(kind="answer").author == world.nafula


def test_after_stop_the_digest_stays_on_the_web(world, digest):
    Link.objects.update(stopped_at=FIVE - HOUR)
    work(FIVE)
    assert digest.sent == []


def test_what_is_linked_carries_the_digests_of_whoever_chose_nothing(world, rich):
    link(person=world.nafula, channel="fake", address="n")
    preference = Preference.objects.get(person=world.nafula)
    assert (preference.by, preference.words) == ("fake", True)


def test_what_somebody_chose_stays_when_a_channel_is_linked(world, rich):
    begin(world)
    lever(world.maths, "daily")
    Preference.objects.create(person=world.nafula, often="weekly")
    link(person=world.nafula, channel="fake", address="n")
    assert Preference.objects.get(person=world.nafula).by == Preference.PAGE
