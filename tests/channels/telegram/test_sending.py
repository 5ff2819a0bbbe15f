"""One message to one place: where it went, and what is told to the house besides."""

import datetime as dt
import json

import pytest

from staffroom.channels.switchboard.messages import Button, Outbound, TryLater, Undeliverable
from staffroom.channels.switchboard.models import Received
from staffroom.channels.telegram.channel import CHANNEL
from staffroom.channels.telegram.inbound import read
from staffroom.core.clock import pretend

pytestmark = pytest.mark.django_db
AMINA, GROUP, MOVED = 5_100_200_300, -77, -1_001_234


def test_the_number_of_a_message_is_one_that_replies_name(telegram):
    telegram.say(AMINA, "Habari")
    taken = CHANNEL.send(Outbound(str(AMINA), "Habari yako", buttons=(Button("k", "Help"),)))
    sent = telegram.chats[AMINA].messages[2]
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "k"
    telegram.say(AMINA, "Njema", reply_to_message=sent)
    (event,) = read(json.dumps(telegram.waiting[-1]))
    assert event.reply_to == taken.id


def test_a_group_that_moved_is_followed_at_once_and_told_to_the_house(telegram):
    telegram.chat(GROUP)
    telegram.migrate(GROUP, MOVED)
    message = Outbound(str(GROUP), "Habari", group=True, reply_to="700700:-77:1")
    taken = CHANNEL.send(message)
    assert taken.id.startswith(f"700700:{MOVED}:")
    assert [each["text"] for each in telegram.chats[MOVED].messages.values() if "text" in each] == [
        "Habari"
    ]
    received = Received.objects.get()
    assert read(received.payload.raw) == read(json.dumps(telegram.waiting[0]))


def test_a_topic_that_is_gone_does_not_keep_the_answer_back(telegram):
    telegram.chat(GROUP)
    CHANNEL.send(Outbound(str(GROUP), "Habari", group=True, topic="40"))
    assert len(telegram.chats[GROUP].messages) == 1


@pytest.mark.parametrize(("to", "code"), [(AMINA, "blocked"), (GROUP, "kicked")])
def test_where_we_are_not_wanted(telegram, to, code):
    telegram.become(to, "kicked")
    with pytest.raises(Undeliverable, match=code):
        CHANNEL.send(Outbound(str(to), "Habari", group=to < 0))


def test_a_groups_pace_is_kept_before_telegram_must_say_so(telegram):
    telegram.chat(GROUP)
    with pretend(dt.datetime(2026, 11, 28, 9, 0, 1, tzinfo=dt.UTC)):  # one window of the pace
        for _each in range(10):
            CHANNEL.send(Outbound(str(GROUP), "Habari", group=True))
        with pytest.raises(TryLater, match="pace") as caught:
            CHANNEL.send(Outbound(str(GROUP), "Habari", group=True))
    assert 0 < caught.value.after <= 30
    assert len(telegram.asked) == 10


def test_it_works_only_where_it_is_set_up(settings):
    assert CHANNEL.works()
    assert CHANNEL.address() == "@staffroom_bot"
    settings.TELEGRAM_TOKEN = ""
    assert not CHANNEL.works()
