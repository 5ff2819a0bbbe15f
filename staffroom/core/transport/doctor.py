"""What `staffroom doctor` looks at: whether pages are told by their differences, and what that keeps."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Min, Sum

from staffroom.core.clock import today
from staffroom.core.findings import OK, WARN, Finding
from staffroom.core.models import KeptPage
from staffroom.core.transport.kept import MOST_BYTES

NAME = "dictionaries"


def findings() -> Iterator[Finding]:
    if not settings.DICTIONARIES:
        yield Finding(
            WARN,
            NAME,
            "Pages are sent whole each time: to a phone that has them they cost five times as much.",
            "Take STAFFROOM_DICTIONARIES away, unless it was switched off for a reason.",
        )
        return
    kept = KeptPage.objects.aggregate(n=Count("pk"), bytes=Sum("size"), first=Min("day"))
    size = (kept["bytes"] or 0) / 1e6
    if size * 1e6 > 1.2 * MOST_BYTES or (
        kept["first"] and kept["first"] < today() - dt.timedelta(days=2)
    ):
        yield Finding(
            WARN,
            NAME,
            f"{kept['n']:,} pages of browsers are kept ({size:,.0f} MB), more or longer than they should.",
            "The clock forgets them every hour: is it running?",
        )
    else:
        yield Finding(OK, NAME, f"{kept['n']:,} pages as browsers have them, {size:,.1f} MB.")
