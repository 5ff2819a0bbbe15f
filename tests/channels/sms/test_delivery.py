import datetime as dt
import json
import logging

import pytest
from django.core.exceptions import ImproperlyConfigured

from staffroom.channels.sms.provider import chosen
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.core.logs import JsonLines
from staffroom.core.models import OutboxEntry
from tests.channels.sms.provider_server import Server, accepted

TO, TEXT = "+254711000111", "Staffroom: your code is 123456."


@pytest.fixture
def server(settings):
    server = Server()
    settings.SMS_PROVIDER = "africastalking"
    settings.AFRICASTALKING_URL = server.url
    settings.AFRICASTALKING_USERNAME = "staffroom"
    settings.AFRICASTALKING_API_KEY = "the-key"
    yield server
    server.close()


def put(**more):
    outbox.put("sms.send", to=TO, text=TEXT, **more)


@pytest.mark.django_db
def test_a_message_is_sent_once_and_then_forgotten(server):
    put()
    outbox.deliver()
    outbox.deliver()
    assert [request["form"]["to"] for request in server.requests] == [TO]
    entry = OutboxEntry.objects.get()
    assert entry.delivered_at is not None
    assert entry.payload == {}


@pytest.mark.django_db
def test_a_message_waits_while_the_provider_is_down(server):
    server.answer = (503, b"")
    put()
    outbox.deliver()
    entry = OutboxEntry.objects.get()
    assert (entry.delivered_at, entry.attempts, entry.last_error) == (None, 1, "TryLater")
    assert entry.due_at > now()
    server.answer = None
    OutboxEntry.objects.update(due_at=now())
    outbox.deliver()
    assert OutboxEntry.objects.get().delivered_at is not None
    assert len(server.requests) == 2


@pytest.mark.django_db
def test_a_person_on_the_stop_list_is_not_asked_again(server):
    server.answer = (201, accepted(TO, 406, "UserInBlacklist"))
    put()
    outbox.deliver()
    entry = OutboxEntry.objects.get()
    assert entry.delivered_at is not None
    assert entry.payload == {}


@pytest.mark.django_db
def test_a_code_that_no_longer_works_is_not_paid_for(server):
    put(until=(now() - dt.timedelta(seconds=1)).isoformat())
    put(until=(now() + dt.timedelta(minutes=1)).isoformat())
    outbox.deliver()
    assert len(server.requests) == 1
    assert not OutboxEntry.objects.filter(delivered_at=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("status", [101, 406, 500])
def test_logs_name_no_number_and_no_word(server, status, caplog):
    caplog.set_level(logging.DEBUG)
    server.answer = (201, accepted(TO, status))
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
    with pytest.raises(ImproperlyConfigured, match="africastalking, none"):
        chosen()
