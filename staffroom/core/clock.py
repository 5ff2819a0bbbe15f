"""The time. Rooms ask here, so that tests and long-running processes agree on it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.utils import timezone

#: The clocks of machines that work together may differ so much; what lies further ahead was written
#: while a clock was wrong.
ASTRAY = dt.timedelta(minutes=5)
_pretended: ContextVar[dt.datetime | None] = ContextVar("pretended", default=None)


def now() -> dt.datetime:
    """This moment, in UTC."""
    return _pretended.get() or timezone.now()


def today(zone: str | ZoneInfo = "UTC") -> dt.date:
    """The calendar day in `zone` (an IANA name)."""
    return now().astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()


def already(zone: str | ZoneInfo) -> dt.date:
    """The earlier of the days in `zone` and in UTC: what starts on it counts from this moment.

    Offices are asked about by the day in UTC; east of Greenwich the new day comes hours before.
    """
    return min(today(zone), today())


@contextmanager
def pretend(moment: dt.datetime) -> Iterator[None]:
    """Act as if it were `moment`: for writing a history of the demo, and for tests."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
