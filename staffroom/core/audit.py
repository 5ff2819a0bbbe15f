"""Who did what, when. Anonymous acts carry no person: pass `actor=None` for them."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models

from staffroom.core.models import AuditEntry


def write(
    act: str,
    *,
    actor: models.Model | None,
    on: models.Model | None = None,
    at: dt.datetime | None = None,
    **detail: Any,
) -> None:
    """Write one line, in the caller's transaction.

    With `at` (an anonymous act) neither the line nor its id tells when it really was.

    `act` is a dotted verb ("membership.approved"). `detail` holds ids and choices, never texts,
    names, numbers or addresses.
    """
    entry = _entry(act, actor, on, detail)
    if at is not None:
        entry.id, entry.at = uuid.uuid4(), at
    entry.save(force_insert=True)


def write_each(
    act: str, *, actor: models.Model | None, on: Iterable[models.Model], **detail: Any
) -> None:
    """The same line for each of many, written at once."""
    AuditEntry.objects.bulk_create([_entry(act, actor, one, detail) for one in on], batch_size=1000)


def _entry(
    act: str, actor: models.Model | None, on: models.Model | None, detail: dict[str, Any]
) -> AuditEntry:
    return AuditEntry(
        act=act,
        actor_id=actor.pk if actor is not None else None,
        on_type=on._meta.label_lower if on is not None else "",
        on_id=on.pk if on is not None and isinstance(on.pk, uuid.UUID) else None,
        detail={
            key: str(value) if isinstance(value, uuid.UUID) else value
            for key, value in detail.items()
        },
    )
