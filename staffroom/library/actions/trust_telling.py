"""Whoever read or saved a thing hears of it: put into the outbox, written by the worker."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.library.hooks import trust as hook
from staffroom.library.models import Hearing, Trust
from staffroom.people.models import Person

What = Hearing.What
BATCH = 500


def tell(
    trust: Trust, what: str, *, but: Person | None = None, at: dt.datetime | None = None
) -> None:
    """Tell the readers (corrected), those concerned (disputed, resolved) or those who had verified
    it (edited); `but` knows already.

    `at`: of what an author without a name did, the minute is not told.
    """
    knows = str(but.pk) if but is not None else ""
    outbox.put("trust.changed", at=at, trust=str(trust.pk), what=str(what), but=knows)


@transaction.atomic
def deliver(payload: dict[str, Any]) -> None:
    """The worker's part. Done twice it leaves the same: one word waits for each person."""
    trust = Trust.objects.filter(pk=payload["trust"]).first()
    if trust is None:
        return
    what = What(payload["what"])
    people = _audience(trust, what)
    people.discard(uuid.UUID(payload["but"]) if payload["but"] else None)
    Hearing.objects.filter(trust=trust, person__in=people, seen_at=None).delete()
    known = Person.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True)
    moment = now()
    Hearing.objects.bulk_create(
        (Hearing(trust=trust, person_id=person, what=what, at=moment) for person in known),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _audience(trust: Trust, what: str) -> set[Any]:
    try:
        keeper = hook.keeper(trust.kind)
    except NotYours:
        return set()
    if what == What.CORRECTED:
        return set(keeper.readers(trust.thing))
    if what == What.EDITED:
        voices = trust.voices.filter(correction=None).exclude(by=None)
        return set(voices.exclude(version=trust.version).values_list("by_id", flat=True))
    spoken = set(trust.voices.exclude(by=None).values_list("by_id", flat=True))
    for dispute in trust.disputes.all():
        spoken |= set(dispute.sides.exclude(by=None).values_list("by_id", flat=True))
    return set(keeper.concerned(trust.thing)) | spoken


@transaction.atomic
def heard(*, by: Person, trust: Trust) -> None:
    """The person has read it."""
    Hearing.objects.filter(trust=trust, person=by, seen_at=None).update(seen_at=now())
