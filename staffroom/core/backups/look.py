"""The part of `staffroom doctor` that asks: if this machine were gone tonight, what would be left?"""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings

from staffroom.core.backups import Unusable, drill, scheduled
from staffroom.core.backups.source import chosen_store, ours
from staffroom.core.clock import now
from staffroom.core.findings import FAIL, OK, WARN, Finding
from staffroom.core.models import AuditEntry, DutyDone

A_WEEK = dt.timedelta(days=7)
A_NIGHT = dt.timedelta(hours=30)  # where it is done every night
DRILL = dt.timedelta(days=35)
NAME = "backups"


def backups() -> Iterator[Finding]:
    """Fresh; and where others come: sealed, off this machine, and tried."""
    yield from _fresh()
    if scheduled.wanted():
        yield from _store()
    if settings.PUBLIC:
        yield from _safe()
        yield from _tried()


def _last(act: str) -> AuditEntry | None:
    return AuditEntry.objects.filter(act=act, at__lte=now()).order_by("-at").first()


def _fresh() -> Iterator[Finding]:
    failed = DutyDone.objects.filter(name=scheduled.DUTY).exclude(last_error="").first()
    if failed and scheduled.wanted():
        yield Finding(
            FAIL,
            NAME,
            f"The last try failed: {failed.last_error}",
            "It is tried again every half hour. When it is mended: `staffroom backup`.",
        )
    last = _last("backup.made")
    limit = A_NIGHT if scheduled.wanted() else A_WEEK
    if last is not None and last.at > now() - limit:
        yield Finding(OK, NAME, f"The last one is of {last.at:%Y-%m-%d %H:%M} UTC.")
        return
    when = f"The last one is of {last.at:%Y-%m-%d}." if last else "There has never been one."
    span = "night" if scheduled.wanted() else "week"
    yield Finding(
        WARN,
        NAME,
        f"No backup in the last {span}. {when}",
        "Set STAFFROOM_BACKUP_TO, and one is made every night; `staffroom backup` makes one now.",
    )


def _store() -> Iterator[Finding]:
    try:
        store = chosen_store()
        names = ours(store)
    except Unusable as error:
        yield Finding(FAIL, NAME, str(error), "docs/how-to/back-up-and-restore.md")
        return
    yield Finding(OK, NAME, f"{len(names)} in {store}.")


def _safe() -> Iterator[Finding]:
    last = _last("backup.made")
    if last is None:
        return
    if not last.detail.get("sealed"):
        yield Finding(
            WARN,
            NAME,
            "The last one is not sealed: whoever finds it reads names, numbers and words.",
            "`staffroom backup-key`, then set STAFFROOM_BACKUP_KEY.",
        )
    if not last.detail.get("away"):
        yield Finding(
            WARN,
            NAME,
            "The last one lies on this machine's own disk, and is lost with it.",
            "Set STAFFROOM_BACKUP_TO to a folder of another machine, or to s3://BUCKET/PREFIX.",
        )


def _tried() -> Iterator[Finding]:
    last = _last(drill.ACT)
    if last is not None and last.at > now() - DRILL:
        yield Finding(OK, "drill", f"A backup was tried on {last.at:%Y-%m-%d} and came back whole.")
        return
    when = f"since {last.at:%Y-%m-%d}" if last else "yet"
    yield Finding(
        WARN,
        "drill",
        f"No backup has been tried {when}; only one that came back is one.",
        "Once a month: `staffroom restore-drill --key -` (it touches nothing here).",
    )
