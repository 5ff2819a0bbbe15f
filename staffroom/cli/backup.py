"""Everything in one file, while everything goes on."""

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

HELP = "Write database and files into one file, while Staffroom runs."
EXAMPLES = [
    "staffroom backup",
    "staffroom backup --list",
    "staffroom backup --if-older 26",
    "staffroom backup /backups/staffroom-$(date +%F).zip",
    "staffroom backup everything.zip --with-key",
    "staffroom backup sealed.zip.age",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help="the file to write (a ZIP; sealed with STAFFROOM_BACKUP_KEY if it ends in .age). "
        "Without it: into STAFFROOM_BACKUP_TO, as every night",
    )
    parser.add_argument(
        "--with-key",
        action="store_true",
        help="put the keys in as well; then whoever has the file can open what is sealed",
    )
    parser.add_argument("--force", action="store_true", help="overwrite FILE")
    parser.add_argument(
        "--if-older",
        type=float,
        metavar="HOURS",
        help="do nothing if the last one is younger than this",
    )
    parser.add_argument("--list", action="store_true", help="list what is in STAFFROOM_BACKUP_TO")
    parser.add_argument("--json", action="store_true", help="say what was written as JSON")


def run(options: argparse.Namespace) -> None:
    from staffroom.cli import BadInput
    from staffroom.core.backups import Unusable

    try:
        if options.list:
            show(options)
        elif options.if_older is not None and (last := _younger(options.if_older)):
            print(f"The last one is of {last:%Y-%m-%d %H:%M} UTC; nothing to do.")
        elif options.file is None:
            as_every_night(options)
        else:
            into_a_file(options)
    except Unusable as error:
        raise BadInput(str(error)) from None


def _younger(hours: float) -> dt.datetime | None:
    """When the last one was made, if that is not so long ago. A time to come is no such time."""
    from staffroom.core.clock import now
    from staffroom.core.models import AuditEntry

    limit = now() - dt.timedelta(hours=hours)
    made = AuditEntry.objects.filter(act="backup.made", at__gt=limit, at__lte=now())
    return made.order_by("-at").values_list("at", flat=True).first()


def show(options: argparse.Namespace) -> None:
    from staffroom.core.backups.source import chosen_store, ours

    store = chosen_store()
    names = ours(store)
    if options.json:
        print(json.dumps({"store": str(store), "backups": names}))
        return
    print("\n".join(names) if names else f"There is no backup in {store} yet.")


def as_every_night(options: argparse.Namespace) -> None:
    from staffroom.cli import BadInput
    from staffroom.cli._progress import Bars
    from staffroom.core.backups.scheduled import back_up

    if options.with_key:
        raise BadInput("--with-key is for a file that you keep yourself: name one.")
    with Bars() as bars:
        made = back_up(bars)
    where = f"{made.where}/{made.name}"
    if options.json:
        print(json.dumps(said(where, made.size, made.manifest) | {"forgotten": made.forgotten}))
        return
    print(summary(where, made.size, made.manifest))
    if made.forgotten:
        print(f"{len(made.forgotten)} older ones were superfluous and are gone.")


def into_a_file(options: argparse.Namespace) -> None:
    from django.conf import settings

    from staffroom.cli import BadInput
    from staffroom.cli._progress import Bars
    from staffroom.core import audit
    from staffroom.core.backups import seal
    from staffroom.core.backups.make import make

    if options.file.exists() and not options.force:
        raise BadInput(f"{options.file} exists already; name another file, or say --force.")
    sealed = options.file.name.endswith(seal.ENDING)
    if sealed and not settings.BACKUP_KEY:
        raise BadInput("to seal it, set STAFFROOM_BACKUP_KEY; `staffroom backup-key` makes one.")
    with Bars() as bars:
        manifest = make(
            options.file,
            with_key=options.with_key,
            seal_for=settings.BACKUP_KEY if sealed else None,
            progress=bars,
        )
    audit.write("backup.made", actor=None, with_key=options.with_key, sealed=sealed)
    size = options.file.stat().st_size
    if options.json:
        print(json.dumps(said(str(options.file), size, manifest)))
        return
    print(summary(str(options.file), size, manifest))
    if not options.with_key:
        print(
            "The keys (secret-key and others that end in -key) are not in it. Keep a copy of them "
            "elsewhere: without them nobody stays signed in, and what is sealed stays sealed.",
            file=sys.stderr,
        )


def said(where: str, size: int, manifest: dict[str, Any]) -> dict[str, Any]:
    counts = {name: table["rows"] for name, table in manifest["tables"].items()}
    return {key: manifest[key] for key in ("staffroom", "database", "made_at")} | {
        "file": where,
        "bytes": size,
        "tables": counts,
        "files": len(manifest["files"]),
        "keys": sorted(manifest["keys"]),
    }


def summary(where: str, size: int, manifest: dict[str, Any]) -> str:
    total = sum(table["rows"] for table in manifest["tables"].values())
    return (
        f"{where}: {total:,} rows in {len(manifest['tables'])} tables, "
        f"{len(manifest['files']):,} files, {size / 1e6:.1f} MB."
    )
