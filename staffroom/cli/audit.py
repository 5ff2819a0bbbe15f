"""Who did what, when: identifiers only, as they were written."""

import argparse
import datetime as dt
import json
import re
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from staffroom.core.models import AuditEntry

HELP = "Read the audit log (identifiers only)."
EXAMPLES = [
    "staffroom audit --since 7d",
    "staffroom audit --act membership. --json",
    "staffroom audit --since 2026-11-01 --limit 0",
]
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since", type=moment, help="from a day (2026-11-01) or back (30m 12h 7d 2w)"
    )
    parser.add_argument("--act", default="", help="only acts that begin so, as `membership.`")
    parser.add_argument("--actor", default="", help="only acts of the person with this identifier")
    parser.add_argument("--on", default="", help="only acts on the object with this identifier")
    parser.add_argument("--limit", type=int, default=100, help="the newest N (%(default)s; 0: all)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def moment(text: str) -> dt.datetime:
    if match := re.fullmatch(r"(\d{1,4})([mhdw])", text):
        return dt.datetime.now(dt.UTC) - dt.timedelta(**{UNITS[match[2]]: int(match[1])})
    try:
        day = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither a day (2026-11-01) nor a time back (30m, 12h, 7d, 2w)"
        ) from None
    return day if day.tzinfo else day.replace(tzinfo=dt.UTC)


def run(options: argparse.Namespace) -> None:
    entries = chosen(options)
    newest = entries.order_by("-at", "-id")
    for entry in reversed(newest[: options.limit] if options.limit else newest):
        print(as_json(entry) if options.json else as_line(entry))


def chosen(options: argparse.Namespace) -> "QuerySet[AuditEntry]":
    from staffroom.core.models import AuditEntry

    entries = AuditEntry.objects.all()
    if options.since:
        entries = entries.filter(at__gte=options.since)
    if options.act:
        entries = entries.filter(act__startswith=options.act)
    for option, field in (("actor", "actor_id"), ("on", "on_id")):
        if given := getattr(options, option):
            entries = entries.filter(**{field: identifier(given)})
    return entries


def identifier(text: str) -> uuid.UUID:
    from staffroom.cli import BadInput
    from staffroom.core import ids

    try:
        return ids.from_short(text) if len(text) == 22 else uuid.UUID(text)
    except ValueError:
        raise BadInput(
            f"{text!r} is not an identifier (22 characters of an address, or a UUID)."
        ) from None


def as_json(entry: "AuditEntry") -> str:
    return json.dumps(
        {
            "at": entry.at.isoformat(timespec="seconds"),
            "act": entry.act,
            "actor": str(entry.actor_id) if entry.actor_id else None,
            "on_type": entry.on_type,
            "on": str(entry.on_id) if entry.on_id else None,
            "detail": entry.detail,
        }
    )


def as_line(entry: "AuditEntry") -> str:
    parts = [f"{entry.at:%Y-%m-%d %H:%M:%S}", f"{entry.act:<28}", str(entry.actor_id or "-")]
    if entry.on_type:
        parts.append(f"{entry.on_type} {entry.on_id}")
    parts += [f"{key}={value}" for key, value in entry.detail.items()]
    return "  ".join(parts)
