"""A provider's call is taken down and answered at once; the work is the worker's."""

import hashlib

from django.db import transaction

from staffroom.channels.switchboard.actions.veil import fingerprint
from staffroom.channels.switchboard.messages import Event, Status
from staffroom.channels.switchboard.models import Payload, Received
from staffroom.core import outbox


@transaction.atomic
def receive(*, channel: str, raw: str, events: list[Event]) -> int:
    """Keep `raw` and each of its events that is new; how many were. The caller has verified `raw`."""
    named = [(number, event_id(event)) for number, event in enumerate(events)]
    names = [name for _number, name in named]
    veiled = {name: fingerprint(channel, name) for name in names}
    rows = Received.objects.filter(channel=channel, event_id__in=[*names, *veiled.values()])
    known = set(rows.values_list("event_id", flat=True))
    fresh = {name: number for number, name in reversed(named) if not {name, veiled[name]} & known}
    if not fresh:
        return 0
    payload = Payload.objects.create(channel=channel, raw=raw)
    made = Received.objects.bulk_create(
        [
            Received(channel=channel, event_id=name, payload=payload, number=number)
            for name, number in sorted(fresh.items(), key=lambda pair: pair[1])
        ],
        ignore_conflicts=True,  # the same call a moment ago, at another worker
    )
    for row in Received.objects.filter(pk__in=[row.pk for row in made]):
        outbox.put("channel.received", key=f"received:{row.pk}", id=str(row.pk))
    return len(made)


def event_id(event: Event) -> str:
    """The provider's id; of a status with its fate, since one message has several."""
    name = f"{event.id}:{event.fate}" if isinstance(event, Status) else event.id
    return name if len(name) <= 200 else hashlib.sha256(name.encode()).hexdigest()
