"""Everything in one file, while everything goes on."""

import argparse
import json
import sys
from pathlib import Path

HELP = "Write database and files into one file, while Staffroom runs."
EXAMPLES = [
    "staffroom backup /backups/staffroom-$(date +%F).zip",
    "staffroom backup everything.zip --with-key",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write (a ZIP)")
    parser.add_argument(
        "--with-key",
        action="store_true",
        help="put the keys in as well; then whoever has the file can open what is sealed",
    )
    parser.add_argument("--force", action="store_true", help="overwrite FILE")
    parser.add_argument("--json", action="store_true", help="say what was written as JSON")


def run(options: argparse.Namespace) -> None:
    from staffroom.cli import BadInput
    from staffroom.cli._progress import Bars
    from staffroom.core import audit
    from staffroom.core.backups import Unusable
    from staffroom.core.backups.make import make

    if options.file.exists() and not options.force:
        raise BadInput(f"{options.file} exists already; name another file, or say --force.")
    try:
        with Bars() as bars:
            manifest = make(options.file, with_key=options.with_key, progress=bars)
    except Unusable as error:
        raise BadInput(str(error)) from None
    audit.write("backup.made", actor=None, with_key=options.with_key)
    total = sum(table["rows"] for table in manifest["tables"].values())
    size = options.file.stat().st_size
    if options.json:
        counts = {name: table["rows"] for name, table in manifest["tables"].items()}
        said = {key: manifest[key] for key in ("staffroom", "database", "made_at")} | {
            "file": str(options.file),
            "bytes": size,
            "tables": counts,
            "files": len(manifest["files"]),
            "keys": sorted(manifest["keys"]),
        }
        print(json.dumps(said))
        return
    print(
        f"{options.file}: {total:,} rows in {len(manifest['tables'])} tables, "
        f"{len(manifest['files']):,} files, {size / 1e6:.1f} MB."
    )
    if not options.with_key:
        print(
            "The keys (secret-key and others that end in -key) are not in it. Keep a copy of them "
            "elsewhere: without them nobody stays signed in, and what is sealed stays sealed.",
            file=sys.stderr,
        )
