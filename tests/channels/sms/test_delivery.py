import datetime as dt
import json
import logging

import pytest
from django.core.exceptions import ImproperlyConfigured

from staffroom.channels.sms.pretend import AfricasTalking
from staffroom.channels.sms.provider import chosen
from staffroom.channels.switchboard.models import Received
from staffroom.channels.switchboard.pretend import Answer
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.core.logs import JsonLines
from staffroom.core.models import OutboxEntry

TO, TEXT = "+254711000111", "Staffroom: your code is 123456."


def put(**more):
    outbox.put("sms.send", to=TO, text=TEXT, **more)


@pytest.mark.django_db
def test_a_message_is_sent_once_and_then_forgotten(africa):
    put()
    outbox.deliver()
    outbox.deliver()
    assert [each.to for each in africa.delivered] == [TO]
    entry = OutboxEntry.objects.get()
    assert entry.delivered_at is not None
    assert entry.payload == {}


@pytest.mark.django_db
def test_a_message_waits_while_the_provider_is_down(africa):
    africa.faults.append(Answer(503))
    put()
    outbox.deliver()
    entry = OutboxEntry.objects.get()
    assert (entry.delivered_at, entry.attempts, entry.last_error) == (None, 1, "TryLater")
    assert entry.due_at > now()
    OutboxEntry.objects.update(due_at=now())
    outbox.deliver()
    assert OutboxEntry.objects.get().delivered_at is not None
    assert len(africa.asked) == 2


@pytest.mark.django_db
def test_a_person_on_the_stop_list_is_not_asked_again(africa):
    africa.stopped.add(TO)
    put()
    outbox.deliver()
    entry = OutboxEntry.objects.get(topic="sms.send")
    assert entry.delivered_at is not None
    assert entry.payload == {}


@pytest.mark.django_db
def test_a_code_that_no_longer_works_is_not_paid_for(africa):
    put(until=(now() - dt.timedelta(seconds=1)).isoformat())
    put(until=(now() + dt.timedelta(minutes=1)).isoformat())
    outbox.deliver()
    assert len(africa.asked) == 1
    assert not OutboxEntry.objects.filter(delivered_at=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("status", [101, 406, 500])
def test_logs_name_no_number_and_no_word(africa, status, caplog):
    caplog.set_level(logging.DEBUG)
    africa.faults.append(Answer(201, AfricasTalking.about(TO, status)))
    put()
    outbox.deliver()
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    ours = " ".join(
        json.dumps(line) for line in lines if not line["logger"].startswith(("httpcore", "asyncio"))
    )
    assert "sms" in ours
    assert "711000111" not in ours
    assert "123456" not in ours


@pytest.mark.django_db
def test_without_a_provider_nothing_is_sent_and_nothing_waits(settings, caplog):
    settings.SMS_PROVIDER = "none"
    put()
    outbox.deliver()
    assert OutboxEntry.objects.get().payload == {}


def test_what_is_missing_is_named(settings):
    settings.SMS_PROVIDER = "africastalking"
    settings.AFRICASTALKING_API_KEY = ""
    settings.AFRICASTALKING_USERNAME = "staffroom"
    with pytest.raises(ImproperlyConfigured, match="STAFFROOM_AFRICASTALKING_API_KEY"):
        chosen()
    settings.SMS_PROVIDER = "pigeon"
    with pytest.raises(ImproperlyConfigured, match="africastalking, none, twilio"):
        chosen()


@pytest.mark.django_db
def test_a_stop_at_the_provider_is_heard_like_one_that_was_written(africa):
    """Once a day, however many messages are refused."""
    africa.stopped.add(TO)
    put()
    put()
    outbox.deliver()
    assert Received.objects.count() == 1
    assert OutboxEntry.objects.filter(topic="channel.received").count() == 1


@pytest.mark.django_db
def test_a_code_is_sent_again_where_the_line_broke(africa):
    """Somebody waits for it; the same twice is better than none."""
    africa.faults.append(Answer(drop=True))
    put()
    outbox.deliver()
    OutboxEntry.objects.update(due_at=now())
    outbox.deliver()
    assert len(africa.inbox(TO)) == 2
