"""After a new version is installed: a backup, then the tables, and how to go back."""

import argparse
import json

HELP = "Bring the tables to this version, after a backup; `serve` does it at its start."
EXAMPLES = ["staffroom upgrade --check", "staffroom upgrade"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="only say what would be done; exit code 1 if anything"
    )
    parser.add_argument(
        "--no-backup", action="store_true", help="there is no room, and you have one elsewhere"
    )
    parser.add_argument("--json", action="store_true", help="what was done as JSON")


def run(options: argparse.Namespace) -> int:
    from staffroom import __version__
    from staffroom.cli import BadInput
    from staffroom.cli._progress import Bars
    from staffroom.core.backups import Unusable
    from staffroom.core.upgrade import refuse_newer, upgrade, waiting, way_back

    try:
        if options.check:
            refuse_newer()
            names = waiting()
            print(json.dumps({"waiting": names}) if options.json else _waiting(names))
            return 1 if names else 0
        with Bars() as bars:
            say = (lambda _: None) if options.json else print
            done = upgrade(backup=not options.no_backup, progress=bars, say=say)
    except Unusable as error:
        raise BadInput(str(error)) from None
    if options.json:
        backup = str(done.backup) if done.backup else None
        print(json.dumps({"version": __version__, "done": done.migrations, "backup": backup}))
        return 0
    print(f"The tables are those of {__version__}; {len(done.migrations)} changes were made.")
    if done.backup:
        print(way_back(done.backup))
    return 0


def _waiting(names: list[str]) -> str:
    if not names:
        return "The tables are those of this version; there is nothing to do."
    return "\n".join([f"{len(names)} changes would be made:", *(f"  {name}" for name in names)])
