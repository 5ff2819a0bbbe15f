"""What was sent without a name leaves no line behind that leads back to an address.

The raw call and the words go in the transaction of the act. What stays is that something with this
fingerprint was dealt with, made with a key outside the database, on a day without an hour: so that
the provider's tenth call about it is still the same one.
"""

import datetime as dt
import uuid

from django.utils.crypto import salted_hmac

from staffroom.channels.switchboard.models import Payload, Received
from staffroom.core.clock import now
from staffroom.core.models import OutboxEntry


def fingerprint(channel: str, event: str) -> str:
    """Instead of the provider's id, in which a number may stand."""
    return salted_hmac("switchboard.event", f"{channel}|{event}", algorithm="sha256").hexdigest()


def veil(row: Received) -> None:
    """In the caller's transaction."""
    payload = row.payload
    name = fingerprint(row.channel, row.event_id)
    OutboxEntry.objects.filter(key=f"received:{row.pk}").delete()
    Received.objects.filter(pk=row.pk).delete()
    Received.objects.get_or_create(
        channel=row.channel,
        event_id=name,
        defaults={"id": uuid.uuid4(), "state": Received.State.DONE, "at": _day()},
    )
    if payload is not None:
        Payload.objects.filter(pk=payload.pk).update(veiled=True)
        clear(payload)


def clear(payload: Payload | None) -> None:
    """A call that held something without a name goes with the last of its events."""
    if payload is None:
        return
    waiting = Received.objects.filter(payload=payload, state=Received.State.WAITING)
    if not waiting.exists():
        Payload.objects.filter(pk=payload.pk, veiled=True).delete()


def _day() -> dt.datetime:
    return now().replace(hour=0, minute=0, second=0, microsecond=0)
