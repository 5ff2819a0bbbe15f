"""Several people at once: nothing is counted twice, nothing is lost, nothing stands after its turn."""

import threading

import pytest
from django.db import connection

from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.ask import ask
from staffroom.conversations.actions.help import help
from staffroom.conversations.actions.pin import pin
from staffroom.conversations.actions.read import mark_read
from staffroom.conversations.actions.say import say
from staffroom.conversations.actions.thank import thank
from staffroom.conversations.models import Post, ReadMark
from staffroom.core.clock import now
from staffroom.core.ids import uuid7

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do them all in threads of their own; what they raised.

    SQLite's tests live in memory, where two threads cannot write: there, one after the other.
    """
    apart = connection.vendor == "sqlite"
    ready, raised = threading.Barrier(1 if apart else len(acts)), []

    def run(act):
        try:
            ready.wait(10)
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
        if apart:
            thread.join(30)
    for thread in threads:
        thread.join(30)
    return raised


@pytest.fixture
def asked(world):
    return ask(by=world.amina, community=world.maths, text="Why?")


def test_four_answers_at_once_are_four(world, asked):
    people = [world.baraka, world.nafula, world.otieno, world.chausiku]
    assert not at_once(
        *[lambda p=person: answer(by=p, question=asked, text="So") for person in people]
    )
    asked.refresh_from_db()
    assert asked.answer_count == 4


def test_one_answer_sent_four_times_at_once_is_one(world, asked):
    key = uuid7()
    assert not at_once(
        *[lambda: answer(by=world.nafula, question=asked, text="So", id=key) for _ in range(4)]
    )
    asked.refresh_from_db()
    assert asked.answer_count == asked.answers.count() == 1


def test_help_and_thanks_at_once(world, asked):
    reply = answer(by=world.nafula, question=asked, text="So")
    people = [world.amina, world.baraka, world.otieno]
    assert not at_once(
        *[lambda p=person: help(by=p, answer=reply) for person in people],
        *[lambda p=person: thank(by=p, post=reply) for person in people],
        *[lambda: help(by=world.amina, answer=reply) for _ in range(2)],
    )
    reply.refresh_from_db()
    asked.refresh_from_db()
    assert (reply.helped_count, reply.thanks_count, asked.helped_count) == (3, 3, 3)


def test_two_pins_at_once_leave_one(world):
    posts = [say(by=world.amina, community=world.maths, text=str(n)) for n in range(2)]
    assert not at_once(*[lambda p=post: pin(by=world.baraka, post=p) for post in posts])
    assert Post.objects.filter(pinned_at__isnull=False).count() == 1


def test_reading_in_two_windows_at_once(world):
    until = now()
    assert not at_once(
        *[
            lambda: mark_read(by=world.amina, community=world.maths, room="tea", until=until)
            for _ in range(3)
        ]
    )
    assert ReadMark.objects.get().until == until


def test_messages_of_many_stand_in_the_order_in_which_they_appeared(world):
    people = [world.amina, world.baraka, world.nafula, world.otieno]
    seen = []

    def talk(person):
        for number in range(5):
            post = say(by=person, community=world.maths, text=str(number))
            last = Post.objects.order_by("-created_at", "-id").first()
            seen.append((post.created_at, last.created_at))

    assert not at_once(*[lambda p=person: talk(p) for person in people])
    assert Post.objects.count() == 20
    assert all(mine <= last for mine, last in seen)
