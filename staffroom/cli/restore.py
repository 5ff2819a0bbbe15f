"""A backup back into place, whole or not at all."""

import argparse
import json

from staffroom.cli import _keys

HELP = "Put a backup back, on SQLite or PostgreSQL, whole or not at all."
EXAMPLES = [
    "staffroom restore /backups/staffroom-2026-11-22.zip",
    "staffroom restore old.zip --replace",
    "staffroom restore latest --key -",
    "staffroom restore s3://BUCKET/PREFIX/staffroom-20261122T013000Z.zip.age --key key.txt",
    "DATABASE_URL=postgres://USER:PASSWORD@HOST/NAME staffroom restore from-sqlite.zip",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "backup",
        metavar="BACKUP",
        help="a file that `backup` wrote, `latest`, a name in the store, s3://BUCKET/PREFIX/NAME",
    )
    _keys.argument(parser)
    parser.add_argument(
        "--replace",
        action="store_true",
        help="also where there is data; the backup takes its place",
    )
    parser.add_argument("--json", action="store_true", help="say what was restored as JSON")


def run(options: argparse.Namespace) -> None:
    from staffroom.cli import BadInput
    from staffroom.cli._progress import Bars
    from staffroom.core import audit
    from staffroom.core.backups import Unusable
    from staffroom.core.backups.restore import restore
    from staffroom.core.backups.source import opened

    try:
        with opened(options.backup, secret=_keys.secret(options)) as file, Bars() as bars:
            done = restore(file, replace=options.replace, progress=bars)
    except Unusable as error:
        raise BadInput(str(error)) from None
    audit.write("backup.restored", actor=None, made_at=done.manifest["made_at"])
    counts = {name: table["rows"] for name, table in done.manifest["tables"].items()}
    if options.json:
        kept = [str(path) for path in done.kept]
        print(json.dumps({"tables": counts, "files": len(done.manifest["files"]), "kept": kept}))
        return
    print(
        f"Restored {sum(counts.values()):,} rows in {len(counts)} tables and "
        f"{len(done.manifest['files']):,} files, as they were at {done.manifest['made_at']}."
    )
    for path in done.kept:
        print(f"What was here before is kept as {path}. Delete it when you are content.")
