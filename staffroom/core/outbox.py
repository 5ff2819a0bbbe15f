"""What others must hear: written in the act's own transaction, delivered by the worker.

A room that must hear registers a handler in its `AppConfig.ready`:

    outbox.on("membership.ended", handlers.membership_ended)

Handlers get the payload, run in a transaction of their own with the mark "delivered", and must be
harmless when called twice. Payloads hold identifiers; anonymous acts carry no person.
A handler that waits for a network is registered with `network=True`: it runs before, outside any
transaction, since a slow provider must not keep the database locked.
"""

import datetime as dt
import logging
import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from staffroom.core.clock import ASTRAY, now
from staffroom.core.models import OutboxEntry

Handler = Callable[[dict[str, Any]], None]

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 12
CLAIM = dt.timedelta(minutes=2)
_handlers: dict[str, list[Handler]] = defaultdict(list)
_network_handlers: dict[str, list[Handler]] = defaultdict(list)


def on(topic: str, handler: Handler, *, network: bool = False) -> None:
    """Call `handler(payload)` for every entry of `topic`."""
    handlers = _network_handlers if network else _handlers
    if handler not in handlers[topic]:
        handlers[topic].append(handler)


def put(
    topic: str,
    *,
    key: str | None = None,
    delay: dt.timedelta | None = None,
    at: dt.datetime | None = None,
    **payload: Any,
) -> None:
    """Put one entry into the outbox. With `key`, a second entry of the same key is not made.

    With `at` (an anonymous act) neither the entry nor its id tells when it really was.
    """
    due = now() + (delay or dt.timedelta())
    if at is not None:
        OutboxEntry.objects.create(
            id=uuid.uuid4(), topic=topic, payload=payload, due_at=at, created_at=at
        )
    elif key is None:
        OutboxEntry.objects.create(topic=topic, payload=payload, due_at=due)
    else:
        OutboxEntry.objects.get_or_create(
            key=key, defaults={"topic": topic, "payload": payload, "due_at": due}
        )


def deliver(limit: int = 20, *, stopping: Callable[[], bool] = lambda: False) -> int:
    """Deliver what is due, oldest first; how many were tried. Any number of workers may do this."""
    if not waiting(now()).exists():  # reading alone, so that an idle worker never locks SQLite
        return 0
    entries = _claim(limit)
    for done, entry in enumerate(entries):
        if stopping():
            _release(entries[done:])
            return done
        if _still_ours(entry):
            _deliver_one(entry)
    return len(entries)


def waiting(moment: dt.datetime) -> QuerySet[OutboxEntry]:
    """What is due and claimed by no worker."""
    return OutboxEntry.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=moment),
        delivered_at=None,
        dead_at=None,
        due_at__lte=moment,
    ).order_by("due_at", "id")


def backoff(attempts: int) -> dt.timedelta:
    """How long to wait after the n-th failure: 2 s, doubling, at most 6 hours."""
    return dt.timedelta(seconds=min(2**attempts, 6 * 3600))


def retry_dead(topic: str = "") -> int:
    """Give what was given up another round of attempts; how many."""
    dead = OutboxEntry.objects.exclude(dead_at=None)
    if topic:
        dead = dead.filter(topic=topic)
    return dead.update(dead_at=None, attempts=0, due_at=now(), claimed_until=None)


def mend() -> int:
    """Put right what was written while the clock was ahead, or it would wait until then; how many."""
    moment = now()
    entries = OutboxEntry.objects.filter(delivered_at=None, dead_at=None)
    mended = 0
    for entry in entries.filter(created_at__gt=moment + ASTRAY):
        due = moment + max(entry.due_at - entry.created_at, dt.timedelta())
        mended += entries.filter(pk=entry.pk).update(created_at=moment, due_at=due)
    # Tried again at the latest so much later; claimed for no longer.
    late = entries.filter(attempts__gt=0, due_at__gt=moment + backoff(MAX_ATTEMPTS) + ASTRAY)
    mended += late.update(due_at=moment)
    held = entries.filter(claimed_until__gt=moment + CLAIM + ASTRAY)
    return mended + held.update(claimed_until=moment + CLAIM)


def _claim(limit: int) -> list[OutboxEntry]:
    moment = now()
    with transaction.atomic():
        due = waiting(moment)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        entries = list(due[:limit])
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
            claimed_until=moment + CLAIM
        )
    for entry in entries:
        entry.claimed_until = moment + CLAIM
    return entries


def _still_ours(entry: OutboxEntry) -> bool:
    """Renew a claim that runs out while others before it were slow; False if another worker has it."""
    moment = now()
    if entry.claimed_until and entry.claimed_until - moment > CLAIM / 2:
        return True
    renewed = OutboxEntry.objects.filter(
        pk=entry.pk, claimed_until=entry.claimed_until, delivered_at=None
    ).update(claimed_until=moment + CLAIM)
    entry.claimed_until = moment + CLAIM
    return bool(renewed)


def _release(entries: list[OutboxEntry]) -> None:
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries], delivered_at=None).update(
        claimed_until=None
    )


def _deliver_one(entry: OutboxEntry) -> None:
    try:
        for handler in _network_handlers[entry.topic]:
            handler(entry.payload)
        with transaction.atomic():
            # The mark first: it holds the row, so a worker that thought us dead waits, then yields.
            marked = OutboxEntry.objects.filter(pk=entry.pk, delivered_at=None).update(
                delivered_at=now(), claimed_until=None, payload={}, last_error=""
            )
            if marked:
                for handler in _handlers[entry.topic]:
                    handler(entry.payload)
    except Exception as error:
        _failed(entry, error)


def _failed(entry: OutboxEntry, error: Exception) -> None:
    attempts = entry.attempts + 1
    dead = attempts >= MAX_ATTEMPTS
    # The class alone: an error's text may hold a phone number or a person's words.
    log.warning(
        "outbox.failed",
        extra={"topic": entry.topic, "failure": type(error).__name__, "given_up": dead},
    )
    OutboxEntry.objects.filter(pk=entry.pk).update(
        attempts=attempts,
        claimed_until=None,
        due_at=now() + backoff(attempts),
        dead_at=now() if dead else None,
        last_error=type(error).__name__,
    )
