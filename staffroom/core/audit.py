"""Who did what, when. Anonymous acts carry no person: pass `actor=None` for them."""

import uuid
from typing import Any

from django.db import models

from staffroom.core.models import AuditEntry


def write(
    act: str, *, actor: models.Model | None, on: models.Model | None = None, **detail: Any
) -> None:
    """Write one line, in the caller's transaction.

    `act` is a dotted verb ("membership.approved"). `detail` holds ids and choices, never texts,
    names, numbers or addresses.
    """
    AuditEntry.objects.create(
        act=act,
        actor_id=actor.pk if actor is not None else None,
        on_type=on._meta.label_lower if on is not None else "",
        on_id=on.pk if on is not None and isinstance(on.pk, uuid.UUID) else None,
        detail={
            key: str(value) if isinstance(value, uuid.UUID) else value
            for key, value in detail.items()
        },
    )
