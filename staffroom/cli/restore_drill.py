"""A fire drill: the last backup is restored aside and looked at, while everything goes on."""

import argparse
import dataclasses
import json

from staffroom.cli import _keys

HELP = "Restore the last backup into a temporary place and look whether all of it is there."
EXAMPLES = [
    "staffroom restore-drill --key -",
    "staffroom restore-drill /backups/staffroom-20261122T013000Z.zip",
    "staffroom restore-drill s3://BUCKET/PREFIX/staffroom-20261122T013000Z.zip.age --key key.txt",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "backup",
        nargs="?",
        default="latest",
        metavar="BACKUP",
        help="a file, a name in the store, s3://BUCKET/PREFIX/NAME (default: the last in the store)",
    )
    _keys.argument(parser)
    parser.add_argument("--json", action="store_true", help="what was found as JSON")


def run(options: argparse.Namespace) -> int:
    """1 if something of it is not there."""
    from staffroom.cli import BadInput
    from staffroom.core import health
    from staffroom.core.backups import Unusable
    from staffroom.core.backups.drill import drill
    from staffroom.core.backups.source import opened

    # On another machine there may be no house in which the date could be kept.
    record = health.answers() and health.migrated()
    try:
        with opened(options.backup, secret=_keys.secret(options)) as file:
            done = drill(file, record=record)
    except Unusable as error:
        raise BadInput(str(error)) from None
    if options.json:
        print(json.dumps(dataclasses.asdict(done) | {"recorded": record and not done.problems}))
    elif done.problems:
        print("\n".join(["This backup does not come back whole:", *done.problems]))
    else:
        print(
            f"The backup of {done.made_at} comes back whole: {done.rows:,} rows in {done.tables} "
            f"tables, {done.files:,} files, the tables of this version, and pages that open."
        )
        print("`staffroom doctor` remembers today's date." if record else "There is no house here "
              "that could remember the date; run it where Staffroom runs, too.")  # fmt: skip
    return 1 if done.problems else 0
