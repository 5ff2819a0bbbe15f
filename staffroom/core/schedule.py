"""What the clock does and when. Several clocks may run: each duty is taken by one of them."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from staffroom.core import heartbeat, hooks, jobs, limits, outbox, retention
from staffroom.core.backups import scheduled
from staffroom.core.clock import now
from staffroom.core.models import DutyDone
from staffroom.core.retrieval import reindex, vocabulary
from staffroom.core.transport import kept

log = logging.getLogger(__name__)
NIGHT = dt.time(2, 0)  # in the programme's zone


@dataclass(frozen=True)
class Duty:
    name: str
    work: Callable[[], object]
    every: dt.timedelta | None = None  # None: once a night
    at: Callable[[], dt.time] = lambda: NIGHT
    wanted: Callable[[], bool] = lambda: True
    given_away: bool = False  # the worker does it, and says itself how it went


def nightly() -> None:
    """Every room's part; one that fails does not keep the others from theirs."""
    failed = []
    for part in hooks.nightly:
        try:
            with transaction.atomic():
                part(now=now())
        except Exception as error:
            failed.append(type(error).__name__)
            log.exception("nightly.failed", extra={"part": part.__module__})
    if failed:
        raise NightlyFailed(", ".join(failed))


class NightlyFailed(Exception):
    """Some rooms' nightly parts failed; each was logged."""


def forget_old_browser_sessions() -> None:
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore.clear_expired()


DUTIES = [
    Duty("nightly", nightly),
    Duty(
        scheduled.DUTY,
        scheduled.begin,
        at=lambda: settings.BACKUP_AT,
        wanted=scheduled.wanted,
        given_away=True,
    ),
    Duty("outbox.mend", outbox.mend, dt.timedelta(minutes=1)),
    Duty("retention", retention.keep),
    # Not among the rooms' nightly parts: it writes in many short transactions, not in one long one.
    Duty("search.reindex", reindex.reindex),
    Duty("search.learn", vocabulary.learn, dt.timedelta(minutes=1)),
    Duty("limits.sweep", limits.sweep, dt.timedelta(hours=1)),
    Duty("transport.sweep", kept.sweep, dt.timedelta(hours=1)),
    Duty("jobs.requeue", jobs.requeue_abandoned, dt.timedelta(minutes=1)),
    Duty("heartbeat.sweep", heartbeat.sweep, dt.timedelta(hours=6)),
    Duty("sessions.sweep", forget_old_browser_sessions, dt.timedelta(hours=6)),
]


def next_night(after: dt.datetime, zone: str, at: dt.time = NIGHT) -> dt.datetime:
    """The next 02:00 (or other time of day) in `zone` after a moment, in UTC."""
    here = after.astimezone(ZoneInfo(zone))
    night = dt.datetime.combine(here.date(), at, tzinfo=ZoneInfo(zone))
    while night.astimezone(dt.UTC) <= after:
        night = dt.datetime.combine(night.date() + dt.timedelta(days=1), at, ZoneInfo(zone))
    return night.astimezone(dt.UTC)


def keep(zone: str) -> list[str]:
    """Do what is due, once; the names of what was done."""
    return [item.name for item in DUTIES if item.wanted() and _take(item, zone) and _do(item)]


def _take(item: Duty, zone: str) -> bool:
    """True for exactly one clock, when the time has come."""
    moment = now()
    later = moment + item.every if item.every else next_night(moment, zone, item.at())
    # A first night is waited for; what recurs is done at once.
    first = moment if item.every else later
    row, _ = DutyDone.objects.get_or_create(name=item.name, defaults={"due_at": first})
    if row.due_at > later:
        # Written while the clock was ahead, or for another hour: nothing is due later than next time.
        DutyDone.objects.filter(name=item.name, due_at=row.due_at).update(due_at=later)
        return False
    if row.due_at > moment:
        return False
    return bool(DutyDone.objects.filter(name=item.name, due_at=row.due_at).update(due_at=later))


def _do(item: Duty) -> bool:
    error = ""
    try:
        item.work()
    except Exception as failure:
        error = type(failure).__name__
        log.exception("clock.failed", extra={"duty": item.name})
    if item.given_away and not error:
        return True
    DutyDone.objects.filter(name=item.name).update(done_at=now(), last_error=error)
    return True
