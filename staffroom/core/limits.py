"""Rate limits, counted in the database so that all web processes share them."""

import datetime as dt
import hashlib
from contextvars import ContextVar

from django.db import connection
from django.utils.translation import gettext as _

from staffroom.core.clock import now
from staffroom.core.errors import TooMany
from staffroom.core.models import RateCount

#: For how many seconds the last limit that was met in this request still holds (`core.once`).
met: ContextVar[int] = ContextVar("met", default=0)


def take(name: str, who: str, *, limit: int, seconds: int) -> None:
    """Count one use of `name` by `who`; `TooMany` above `limit` uses in a window of `seconds`.

    `who` (a phone number, an address) is kept only as a hash.
    """
    moment = now()
    window = int(moment.timestamp()) // seconds
    until = dt.datetime.fromtimestamp((window + 1) * seconds, tz=dt.UTC)
    digest = hashlib.sha256(f"{name}|{who}|{window}".encode()).hexdigest()[:40]
    key = f"{name[:30]}:{digest}"
    count = _counted(key, until)
    if count > limit:
        wait = max(1, int((until - moment).total_seconds()))
        met.set(wait)
        raise TooMany(
            _("That was tried too often. Please wait %(minutes)s minutes and try again.")
            % {"minutes": -(-wait // 60)},
            retry_after=wait,
        )


def _counted(key: str, until: dt.datetime) -> int:
    """One more use under `key`, in one statement: how many there are now."""
    table = connection.ops.quote_name(RateCount._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, count, until) VALUES (%s, 1, %s)"  # noqa: S608 - our table
            f" ON CONFLICT (key) DO UPDATE SET count = {table}.count + 1 RETURNING count",
            [key, connection.ops.adapt_datetimefield_value(until)],
        )
        count: int = cursor.fetchone()[0]
    return count


def sweep() -> None:
    """Forget windows that have passed."""
    RateCount.objects.filter(until__lt=now()).delete()
