"""What comes in is kept once, however often the provider calls."""

import datetime as dt

import pytest

from staffroom.channels.switchboard.actions.receive import receive
from staffroom.channels.switchboard.messages import Fate, Inbound, Kind, Status
from staffroom.channels.switchboard.models import Payload, Received
from staffroom.core.models import OutboxEntry

AT = dt.datetime(2026, 11, 28, 8, tzinfo=dt.UTC)


def said(id: str) -> Inbound:
    return Inbound(id=id, sender="someone", at=AT, kind=Kind.TEXT, text="Habari")


@pytest.mark.django_db
def test_the_same_call_five_times_is_one_event():
    for _again in range(5):
        receive(channel="sms", raw="x", events=[said("a"), said("a"), said("b")])
    assert Received.objects.count() == 2
    assert Payload.objects.count() == 1
    assert OutboxEntry.objects.filter(topic="channel.received").count() == 2


@pytest.mark.django_db
def test_each_fate_of_a_message_is_an_event():
    fates = [Status(id="m", fate=fate, at=AT) for fate in (Fate.SENT, Fate.READ)]
    assert receive(channel="sms", raw="x", events=[*fates, said("m")]) == 3


@pytest.mark.django_db
def test_the_same_id_at_two_providers_is_two_events():
    assert receive(channel="sms", raw="x", events=[said("a")]) == 1
    assert receive(channel="telegram", raw="x", events=[said("a")]) == 1
