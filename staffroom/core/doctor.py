"""What can be wrong with a deployment, each with how to mend it: the part of `staffroom doctor`
that needs no room. Rooms add theirs through `hooks.doctor`.

Texts are for the person at the machine, in English like the commands.
"""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Count, Max
from django_tasks_db.models import DBTaskResult

from staffroom import __version__
from staffroom.core import health, heartbeat, hooks
from staffroom.core.backups import scheduled
from staffroom.core.backups.look import backups
from staffroom.core.clock import now
from staffroom.core.findings import FAIL, OK, WARN, Finding
from staffroom.core.models import AuditEntry, DutyDone, OutboxEntry
from staffroom.core.stored import stored_files

SMALL_DISK, TINY_DISK = 1_000_000_000, 300_000_000
SMALL_PART = 0.10  # of the whole disk
PATIENCE = dt.timedelta(minutes=2)  # how long something due may wait


__all__ = ["FAIL", "OK", "WARN", "Finding", "examine"]
Check = Callable[[], Iterator[Finding]]


def examine(*more: Check) -> list[Finding]:
    """Every check, the worst not hiding the others."""
    found: list[Finding] = []
    if not health.answers():
        found.append(
            Finding(
                FAIL,
                "database",
                "The database does not answer.",
                "Is it running, and is DATABASE_URL right? On SQLite: may we write where the file is?",
            )
        )
        checks = [disk, folders, static_files, *more]
    elif not health.migrated():
        found.append(
            Finding(
                FAIL,
                "migrations",
                "The tables are not those of this version.",
                "Run `staffroom manage migrate` (`staffroom serve` does it at start). Back up before.",
            )
        )
        checks = [database, disk, folders, static_files, *more]
    else:
        found.append(Finding(OK, "migrations", f"The tables are those of {__version__}."))
        checks = [
            database, time, disk, folders, stored_files, static_files, processes, outbox_entries, jobs_failed,
            duties, backups, *more, rooms,
        ]  # fmt: skip
    for check in checks:
        found += _safely(check)
    return found


def _safely(check: Check) -> list[Finding]:
    try:
        return list(check())
    except Exception as error:
        name = check.__name__.replace("_", " ")
        return [Finding(FAIL, name, f"This could not be looked at ({type(error).__name__}).")]


def rooms() -> Iterator[Finding]:
    for part in hooks.doctor:
        yield from part()


def database() -> Iterator[Finding]:
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        yield from _sqlite()
    else:
        yield from _postgresql()


def _ask(sql: str) -> str:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


def _sqlite() -> Iterator[Finding]:
    path = Path(connections[DEFAULT_DB_ALIAS].settings_dict["NAME"])
    mode = _ask("PRAGMA journal_mode")
    if mode != "wal":
        yield Finding(
            FAIL,
            "database",
            f"SQLite writes in the mode {mode!r}, so readers and writers wait for each other.",
            "Keep the data on a local disk: network folders cannot do WAL.",
        )
    if int(_ask("PRAGMA synchronous")) < 2:
        yield Finding(
            FAIL,
            "database",
            "SQLite does not wait for the disk: a loss of power may take what people wrote.",
            "Leave `synchronous` as Staffroom sets it (FULL).",
        )
    if (answer := _ask("PRAGMA quick_check(1)")) != "ok":
        yield Finding(
            FAIL,
            "database",
            f"The file is damaged ({answer[:80]}).",
            "Stop Staffroom, keep the file, and restore the last backup.",
        )
    else:
        size = path.stat().st_size / 1e6 if path.exists() else 0
        yield Finding(OK, "database", f"SQLite, WAL, whole, {size:.0f} MB.")


def _postgresql() -> Iterator[Finding]:
    version = int(_ask("SHOW server_version_num")) // 10000
    if version < 14:
        yield Finding(FAIL, "database", f"PostgreSQL {version} is too old.", "Use 14 or newer.")
    for setting in ("fsync", "synchronous_commit"):
        if _ask(f"SHOW {setting}") == "off":
            yield Finding(
                WARN,
                "database",
                f"PostgreSQL runs with {setting} off: a loss of power may take what people wrote.",
                f"Set {setting} = on in postgresql.conf.",
            )
    yield Finding(OK, "database", f"PostgreSQL {version} answers.")


def time() -> Iterator[Finding]:
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        there = float(_ask("SELECT extract(epoch FROM clock_timestamp())"))
        apart = abs(there - now().timestamp())
        if apart > 5:
            yield Finding(
                WARN,
                "time",
                f"This machine and the database disagree by {apart:.0f} seconds.",
                "Let both set their clocks from the network (timedatectl set-ntp true).",
            )
            return
    last = AuditEntry.objects.aggregate(last=Max("at"))["last"]
    if last and last > now() + dt.timedelta(minutes=5):
        yield Finding(
            FAIL,
            "time",
            "The last entry in the audit log lies in the future: the clock was wrong, then or now.",
            "Let the machine set its clock from the network (timedatectl set-ntp true).",
        )
        return
    yield Finding(OK, "time", f"It is {now():%Y-%m-%d %H:%M} UTC.")


def disk() -> Iterator[Finding]:
    usage = shutil.disk_usage(settings.DATA)
    free, part = usage.free, usage.free / usage.total
    what = f"{free / 1e9:.1f} GB free where the data is, {part:.0%} of the disk."
    if free < SMALL_DISK or part < SMALL_PART:
        how = "Make room, or move STAFFROOM_DATA to a larger disk. A full disk stops all writing."
        yield Finding(FAIL if free < TINY_DISK else WARN, "disk", what, how)
    else:
        yield Finding(OK, "disk", what)


def folders() -> Iterator[Finding]:
    good = True
    for path in (settings.DATA, settings.MEDIA_ROOT):
        if Path(path).exists() and not os.access(path, os.W_OK | os.X_OK):
            good = False
            yield Finding(
                FAIL, "folders", f"We may not write in {path}.", f"chown -R the right user {path}"
            )
    secret = [settings.DATA, Path(settings.DATA) / "caddy", *Path(settings.DATA).glob("*-key")]
    for path in secret:
        if Path(path).exists() and Path(path).stat().st_mode & 0o077:
            good = False
            mode = "700" if Path(path).is_dir() else "600"
            yield Finding(
                WARN, "folders", f"Others on this machine may read {path}.", f"chmod {mode} {path}"
            )
    if good:
        yield Finding(OK, "folders", "Data and files are ours to write, nobody else's to read.")


def static_files() -> Iterator[Finding]:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield Finding(OK, "static files", "Styles and scripts are collected.")
    else:
        yield Finding(
            FAIL,
            "static files",
            "Styles and scripts are not collected, so pages will fail.",
            "Run `staffroom manage collectstatic --no-input` (`staffroom serve` does it at start).",
        )


def processes() -> Iterator[Finding]:
    for kind, does in (("worker", "delivers messages"), ("clock", "does the night's work")):
        alive = heartbeat.alive(kind)
        if not alive:
            late = kind == "worker" and _waiting_too_long()
            yield Finding(
                FAIL if late else WARN,
                kind,
                f"No {kind} has been heard from in the last minute, so nobody {does}.",
                f"Start `staffroom serve`, or `staffroom {kind}` on its own.",
            )
        elif {beat.version for beat in alive} != {__version__}:
            yield Finding(
                WARN, kind, f"A {kind} of another version is running.", "Restart it after updating."
            )
        else:
            yield Finding(OK, kind, f"{len(alive)} running.")


def _waiting_too_long() -> int:
    return OutboxEntry.objects.filter(
        delivered_at=None, dead_at=None, due_at__lt=now() - PATIENCE
    ).count()


def outbox_entries() -> Iterator[Finding]:
    dead = OutboxEntry.objects.exclude(dead_at=None)
    topics = list(dead.values("topic", "last_error").annotate(n=Count("pk")).order_by("topic"))
    if topics:
        listed = ", ".join(f"{row['n']} {row['topic']} ({row['last_error']})" for row in topics)
        yield Finding(
            FAIL,
            "outbox",
            f"Given up after many tries: {listed}.",
            "Mend the cause (the log tells the place), then `staffroom outbox --retry`.",
        )
    if late := _waiting_too_long():
        yield Finding(
            WARN,
            "outbox",
            f"{late} entries have been due for more than two minutes.",
            "Is the worker running, and is one enough? Several may run at once.",
        )
    elif not topics:
        yield Finding(OK, "outbox", "Everything due has been delivered.")


def jobs_failed() -> Iterator[Finding]:
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=now() - dt.timedelta(days=7))
    rows = list(failed.values("task_path", "exception_class_path").annotate(n=Count("pk")))
    if rows:
        listed = ", ".join(
            f"{row['n']} {row['task_path']} ({row['exception_class_path']})" for row in rows
        )
        yield Finding(
            WARN, "jobs", f"Failed this week: {listed}.", "The log tells where; start them again."
        )
    else:
        yield Finding(OK, "jobs", "None failed this week.")


def duties() -> Iterator[Finding]:
    failed = list(
        DutyDone.objects.exclude(last_error="").exclude(name=scheduled.DUTY).order_by("name")
    )
    for duty in failed:
        yield Finding(
            WARN,
            "duties",
            f"{duty.name} failed when it was last done ({duty.last_error}).",
            "The log tells the place. `staffroom clock --night` does the night's work now.",
        )
    if not failed:
        yield Finding(OK, "duties", "What the clock does was done without an error.")
