"""The time. Rooms ask here, so that tests and long-running processes agree on it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> dt.datetime:
    """This moment, in UTC."""
    return timezone.now()


def today(zone: str | ZoneInfo = "UTC") -> dt.date:
    """The calendar day in `zone` (an IANA name)."""
    return now().astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()
