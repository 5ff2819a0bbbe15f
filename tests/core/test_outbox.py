"""The outbox delivers at least once, in order, never half, and one bad entry keeps nobody waiting."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from staffroom.core import limits, outbox, retention
from staffroom.core.clock import now, pretend
from staffroom.core.models import OutboxEntry, RateCount


@pytest.fixture
def heard(monkeypatch):
    """Handlers of this test alone; what they heard."""
    monkeypatch.setattr(outbox, "_handlers", outbox.defaultdict(list))
    monkeypatch.setattr(outbox, "_network_handlers", outbox.defaultdict(list))
    words: list = []
    outbox.on("said", lambda payload: words.append(payload["word"]))
    return words


def test_it_delivers_what_is_due_oldest_first(db, heard):
    outbox.put("said", word="one")
    outbox.put("said", word="two")
    outbox.put("said", word="later", delay=dt.timedelta(minutes=5))
    assert outbox.deliver() == 2
    assert heard == ["one", "two"]
    assert outbox.deliver() == 0
    with pretend(now() + dt.timedelta(minutes=6)):
        assert outbox.deliver() == 1
    assert heard == ["one", "two", "later"]


def test_a_key_makes_one_entry(db, heard):
    outbox.put("said", key="k", word="one")
    outbox.put("said", key="k", word="again")
    outbox.deliver()
    assert heard == ["one"]


def test_what_was_delivered_keeps_no_payload(db, heard):
    outbox.put("said", word="+254700000001")
    outbox.deliver()
    entry = OutboxEntry.objects.get()
    assert entry.payload == {}
    assert entry.delivered_at


def test_an_act_that_fails_says_nothing(db, heard):
    def act():
        with transaction.atomic():
            outbox.put("said", word="never")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert outbox.deliver() == 0


def test_a_handler_that_fails_leaves_nothing_half_done(db, heard):
    def half(payload):
        limits.take("half", "somebody", limit=5, seconds=60)
        raise ValueError("+254700000001 is wrong")

    outbox.on("said", half)
    outbox.put("said", word="one")
    outbox.deliver()
    entry = OutboxEntry.objects.get()
    assert (entry.attempts, entry.delivered_at, entry.payload) == (1, None, {"word": "one"})
    assert entry.last_error == "ValueError"  # the class alone, never what it says
    assert not RateCount.objects.exists()


def test_a_poisoned_entry_is_given_up_and_blocks_nobody(db, heard):
    outbox.on("poison", lambda payload: 1 / 0)
    outbox.put("poison")
    moment = now()
    for _ in range(outbox.MAX_ATTEMPTS):
        moment += dt.timedelta(hours=7)
        with pretend(moment):
            outbox.put("said", word="after")
            outbox.deliver()
    assert heard == ["after"] * outbox.MAX_ATTEMPTS
    assert OutboxEntry.objects.get(topic="poison").dead_at
    with pretend(moment + dt.timedelta(days=1)):
        assert outbox.deliver() == 0
        assert outbox.retry_dead() == 1
        assert outbox.deliver() == 1


def test_the_wait_doubles_up_to_six_hours():
    waits = [outbox.backoff(n).total_seconds() for n in range(1, 20)]
    assert waits[:4] == [2, 4, 8, 16]
    assert max(waits) == 6 * 3600
    assert waits == sorted(waits)


@pytest.mark.django_db(transaction=True)
def test_a_network_handler_runs_outside_any_transaction(heard):
    inside = []
    outbox.on("said", lambda payload: inside.append(connection.in_atomic_block), network=True)
    outbox.put("said", word="one")
    outbox.deliver()
    assert inside == [False]
    assert heard == ["one"]


def test_a_network_handler_that_fails_is_tried_again(db, heard):
    tries = []

    def flaky(payload):
        tries.append(1)
        if len(tries) == 1:
            raise OSError

    outbox.on("said", flaky, network=True)
    outbox.put("said", word="one")
    outbox.deliver()
    assert heard == []
    with pretend(now() + dt.timedelta(seconds=10)):
        outbox.deliver()
    assert heard == ["one"]
    assert len(tries) == 2


def test_a_worker_asked_to_stop_gives_back_what_it_claimed(db, heard):
    for word in "abc":
        outbox.put("said", word=word)
    assert outbox.deliver(stopping=lambda: len(heard) == 1) == 1
    assert outbox.deliver() == 2
    assert heard == ["a", "b", "c"]


def test_what_a_dead_worker_claimed_is_free_again(db, heard):
    outbox.put("said", word="one")
    outbox._claim(10)
    assert outbox.deliver() == 0
    with pretend(now() + outbox.CLAIM + dt.timedelta(seconds=1)):
        assert outbox.deliver() == 1


def test_a_slow_worker_yields_to_the_one_that_took_over(db, heard):
    outbox.put("said", word="one")
    (mine,) = outbox._claim(10)
    with pretend(now() + outbox.CLAIM + dt.timedelta(seconds=1)):
        assert outbox.deliver() == 1  # the other worker
        assert not outbox._still_ours(mine)
        outbox._deliver_one(mine)  # even if it tried, the mark stands in its way
    assert heard == ["one"]


@pytest.mark.django_db(transaction=True)
def test_many_workers_deliver_each_entry_once(heard):
    total = 60
    for number in range(total):
        outbox.put("said", word=number)
    errors = []

    def work():
        try:
            while outbox.deliver(limit=7):
                pass
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    # SQLite's tests live in memory, where two threads cannot write: tests/cli has processes for it.
    workers = [
        threading.Thread(target=work) for _ in range(1 + 3 * (connection.vendor != "sqlite"))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert not errors
    outbox.deliver()
    assert sorted(heard) == list(range(total))
    assert not OutboxEntry.objects.filter(delivered_at=None).exists()


def test_sweeping_keeps_what_was_given_up(db, heard):
    outbox.put("said", word="old")
    outbox.deliver()
    OutboxEntry.objects.create(topic="poison", dead_at=now())
    with pretend(now() + dt.timedelta(days=15)):
        retention.keep()
    assert list(OutboxEntry.objects.values_list("topic", flat=True)) == ["poison"]
