"""Where Telegram cannot call us we ask: each update once, by one worker at a time."""

import datetime as dt
import json
import uuid

import pytest

from staffroom.channels.switchboard.models import Received
from staffroom.channels.telegram import polling
from staffroom.channels.telegram.inbound import ALLOWED
from staffroom.channels.telegram.models import Poll
from staffroom.channels.telegram.pretend import fields_of, too_fast
from staffroom.core.clock import now

pytestmark = pytest.mark.django_db
AMINA = 5_100_200_300


@pytest.fixture(autouse=True)
def _asking(settings, telegram):
    settings.TELEGRAM_POLLING = True


def poll() -> bool:
    return polling.poll(stopping=lambda: False, wait=0)


def test_what_waits_is_taken_down_and_then_let_go_there(telegram):
    for text in ("one", "two"):
        telegram.say(AMINA, text)
    assert poll()
    assert not poll()
    assert Received.objects.count() == 2
    assert telegram.waiting == []
    first, second = (fields_of(asked) for asked in telegram.asked)
    assert first == {"timeout": 0, "allowed_updates": ALLOWED}
    assert second["offset"] == 103


def test_a_worker_that_died_before_the_next_question_doubles_nothing(telegram):
    telegram.say(AMINA, "one")
    poll()
    Poll.objects.update(next_update=None)
    poll()
    assert Received.objects.count() == 1


def test_one_worker_asks_at_a_time(telegram):
    telegram.say(AMINA, "one")
    line = Poll.objects.create(bot="700700", held_by=uuid.uuid4())
    Poll.objects.update(held_until=now() + dt.timedelta(seconds=60))
    assert not poll()
    assert telegram.asked == []
    Poll.objects.filter(pk=line.pk).update(held_until=now() - dt.timedelta(seconds=1))
    assert poll()


def test_a_fault_is_kept_for_a_person_to_see_and_the_line_let_go(telegram):
    telegram.faults = [too_fast(5)]
    telegram.say(AMINA, "one")
    assert not poll()
    assert Poll.objects.get().fault == "429"
    assert poll()
    assert Poll.objects.get().fault == ""


def test_a_pressed_button_stops_waiting(telegram):
    message = telegram.say(AMINA, "one")
    telegram.press(AMINA, message, "k")
    poll()
    assert len(telegram.noticed) == 1


def test_nobody_asks_unless_it_is_wanted(telegram, settings):
    settings.TELEGRAM_POLLING = False
    assert not poll()
    assert telegram.asked == []
    settings.TELEGRAM_POLLING = True
    assert not polling.poll(stopping=lambda: True)
    assert telegram.asked == []


def test_a_private_bot_hears_commands_and_replies_alone_in_a_group(telegram):
    """The server behaves as the documentation says of privacy mode."""
    telegram.become(-77, "member")
    telegram.say(AMINA, "Good morning", chat=-77)
    telegram.say(AMINA, "/ask Why?", chat=-77)
    poll()
    kinds = Received.objects.order_by("pk").values_list("payload__raw", flat=True)
    assert ["/ask Why?" in raw for raw in kinds] == [False, True]
    telegram.become(-77, "administrator")
    telegram.say(AMINA, "Good evening", chat=-77)
    assert poll()
    assert Received.objects.count() == 3


def test_the_command_asks_once(telegram, settings, capsys):
    from staffroom.cli import main

    telegram.say(AMINA, "one")
    assert main(["telegram", "poll", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"something_new": True}
    settings.TELEGRAM_POLLING = False
    assert main(["telegram", "poll"]) == 2
