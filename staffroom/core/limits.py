"""Rate limits, counted in the database so that all web processes share them."""

import datetime as dt
import hashlib

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from staffroom.core.clock import now
from staffroom.core.errors import TooMany
from staffroom.core.models import RateCount


def take(name: str, who: str, *, limit: int, seconds: int) -> None:
    """Count one use of `name` by `who`; `TooMany` above `limit` uses in a window of `seconds`.

    `who` (a phone number, an address) is kept only as a hash.
    """
    moment = now()
    window = int(moment.timestamp()) // seconds
    until = dt.datetime.fromtimestamp((window + 1) * seconds, tz=dt.UTC)
    digest = hashlib.sha256(f"{name}|{who}|{window}".encode()).hexdigest()[:40]
    key = f"{name[:30]}:{digest}"
    with transaction.atomic():
        counts = RateCount.objects.filter(key=key)
        if not counts.update(count=F("count") + 1):
            RateCount.objects.bulk_create([RateCount(key=key, until=until)], ignore_conflicts=True)
            counts.update(count=F("count") + 1)
        count = counts.values_list("count", flat=True).get()
    if count > limit:
        wait = max(1, int((until - moment).total_seconds()))
        raise TooMany(
            _("That was tried too often. Please wait %(minutes)s minutes and try again.")
            % {"minutes": -(-wait // 60)},
            retry_after=wait,
        )


def sweep() -> None:
    """Forget windows that have passed."""
    RateCount.objects.filter(until__lt=now()).delete()
