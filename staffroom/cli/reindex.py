"""What search knows, made anew from what is there."""

import argparse
import json

HELP = "Bring the index of search up to date, as every night does; or make all of it anew."
EXAMPLES = ["staffroom reindex", "staffroom reindex --all", "staffroom reindex --all --json"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--all",
        action="store_true",
        help="make every entry anew; broken off, it goes on with `staffroom reindex`",
    )
    parser.add_argument("--json", action="store_true", help="what was done as JSON")


def run(options: argparse.Namespace) -> None:
    from staffroom.cli._progress import Bars
    from staffroom.core.retrieval import reindex

    if options.all:
        reindex.begin_anew()
    with Bars() as bars:
        made, gone = reindex.reindex(bars)
    if options.json:
        print(json.dumps({"made": made, "forgotten": gone}))
        return
    print(f"{made} entries were made, {gone} of what is no longer there were forgotten.")
