"""What others must hear: written in the act's own transaction, delivered by the worker.

A room that must hear registers a handler in its `AppConfig.ready`:

    outbox.on("membership.ended", handlers.membership_ended)

Handlers get the payload, run in a transaction of their own with the mark "delivered", and must be
harmless when called twice. Payloads hold identifiers; anonymous acts carry no person.
"""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from staffroom.core.clock import now
from staffroom.core.models import OutboxEntry

Handler = Callable[[dict[str, Any]], None]

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 12
CLAIM = dt.timedelta(minutes=2)
_handlers: dict[str, list[Handler]] = defaultdict(list)


def on(topic: str, handler: Handler) -> None:
    """Call `handler(payload)` for every entry of `topic`."""
    if handler not in _handlers[topic]:
        _handlers[topic].append(handler)


def put(
    topic: str, *, key: str | None = None, delay: dt.timedelta | None = None, **payload: Any
) -> None:
    """Put one entry into the outbox. With `key`, a second entry of the same key is not made."""
    due = now() + (delay or dt.timedelta())
    if key is None:
        OutboxEntry.objects.create(topic=topic, payload=payload, due_at=due)
    else:
        OutboxEntry.objects.get_or_create(
            key=key, defaults={"topic": topic, "payload": payload, "due_at": due}
        )


def deliver(limit: int = 100) -> int:
    """Deliver what is due, oldest first; how many were tried."""
    entries = _claim(limit)
    for entry in entries:
        _deliver_one(entry)
    return len(entries)


def backoff(attempts: int) -> dt.timedelta:
    """How long to wait after the n-th failure: 2 s, doubling, at most 6 hours."""
    return dt.timedelta(seconds=min(2**attempts, 6 * 3600))


def _claim(limit: int) -> list[OutboxEntry]:
    moment = now()
    with transaction.atomic():
        waiting = OutboxEntry.objects.filter(
            Q(claimed_until=None) | Q(claimed_until__lt=moment),
            delivered_at=None,
            dead_at=None,
            due_at__lte=moment,
        ).order_by("due_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        entries = list(waiting[:limit])
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
            claimed_until=moment + CLAIM
        )
    return entries


def _deliver_one(entry: OutboxEntry) -> None:
    try:
        with transaction.atomic():
            for handler in _handlers[entry.topic]:
                handler(entry.payload)
            OutboxEntry.objects.filter(pk=entry.pk).update(
                delivered_at=now(), claimed_until=None, payload={}
            )
    except Exception as error:
        attempts = entry.attempts + 1
        dead = attempts >= MAX_ATTEMPTS
        # The class alone: an error's text may hold a phone number or a person's words.
        log.warning("outbox.failed", extra={"topic": entry.topic, "error": type(error).__name__})
        OutboxEntry.objects.filter(pk=entry.pk).update(
            attempts=attempts,
            claimed_until=None,
            due_at=now() + backoff(attempts),
            dead_at=now() if dead else None,
            last_error=type(error).__name__,
        )
