"""A page hears at once that something is new, for as long as it may; and says nothing of what it is."""

from types import SimpleNamespace

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import reverse

from staffroom.communities.models import Membership
from staffroom.conversations.models import Post
from staffroom.core import live

EVENTS = {"Accept": "text/event-stream"}


@pytest.fixture(autouse=True)
def _still_bell(monkeypatch, settings):
    """The looking is done by the test, not by a thread; nobody waits."""
    settings.LIVE = 2
    monkeypatch.setattr(live, "bell", live.Bell())
    monkeypatch.setattr(live.Bell, "_watch", lambda self: None)
    monkeypatch.setattr(live, "BEAT", 0)


def listen(client, world):
    return client.get(reverse("new_posts", args=[world.maths.pk]), headers=EVENTS)


def look() -> None:
    live.ring(live.bell._all())


def say(world, text="Sekret words") -> Post:
    return Post.objects.create(community=world.maths, author=world.baraka, text=text)


def test_it_says_that_something_is_new_and_never_what(world, sign_in):
    words = iter(listen(sign_in(world.amina), world).streaming_content)
    assert next(words) == live.FIRST
    look()
    assert next(words) == live.SIGN
    say(world)
    look()
    assert next(words) == live.NEWS
    look()
    assert next(words) == live.SIGN


def test_it_ends_with_the_membership(world, sign_in):
    words = iter(listen(sign_in(world.amina), world).streaming_content)
    next(words)
    Membership.objects.filter(person=world.amina).delete()
    say(world)
    look()
    assert list(words) == []


def test_it_ends_with_the_session(world, sign_in):
    client = sign_in(world.amina)
    words = iter(listen(client, world).streaming_content)
    next(words)
    client.session.flush()
    assert list(words) == []


@pytest.mark.parametrize("name", ["daudi", "esther", "farid"])
def test_outsiders_hear_nothing(world, sign_in, name):
    assert listen(sign_in(getattr(world, name)), world).status_code == 404


def test_who_finds_no_place_polls_and_a_place_given_up_is_free(world, sign_in):
    first = listen(sign_in(world.amina), world)
    assert listen(sign_in(world.nafula), world).status_code == 200
    assert listen(sign_in(world.otieno), world).status_code == 204
    # As the server does it; but a test's connection is kept, as its client keeps it.
    request_finished.disconnect(close_old_connections)
    first.close()  # never begun
    request_finished.connect(close_old_connections)
    assert listen(sign_in(world.otieno), world).status_code == 200


def test_a_lent_phone_and_a_house_without_places_poll(world, sign_in, settings):
    lent = sign_in(world.amina)
    session = lent.session
    session["idle"] = 2_000_000_000
    session.save()
    assert listen(lent, world).status_code == 204
    settings.LIVE = 0
    assert listen(sign_in(world.amina), world).status_code == 204


def test_answers_are_told_too(world, sign_in):
    question = Post.objects.create(
        community=world.maths, author=world.amina, kind="question", text="How?"
    )
    url = reverse("new_answers", args=[world.maths.pk, question.pk])
    words = iter(sign_in(world.amina).get(url, headers=EVENTS).streaming_content)
    next(words)
    Post.objects.create(
        community=world.maths, author=world.baraka, kind="answer", text="So.", question=question
    )
    look()
    assert next(words) == live.NEWS


def test_one_look_serves_all_who_wait_for_the_same():
    looks = []
    ears = [live.Ear("room", lambda: looks.append(1) or 5, 4) for _ in range(3)]
    live.ring(ears)
    assert len(looks) == 1
    assert all(ear.rung.is_set() for ear in ears)


def test_when_the_house_closes_everybody_hangs_up(monkeypatch, tmp_path):
    monkeypatch.setenv("STAFFROOM_OPEN", str(tmp_path / "gone"))
    words = live._words(SimpleNamespace(rung=live.threading.Event()), lambda: True)
    assert list(words) == [live.FIRST]
