"""Channels of messages: what goes, what was given up, and once more what could not be dealt with."""

import argparse
import json

from staffroom.cli import BadInput

HELP = "Show what goes by message; try again what was given up; play again what came in."
EXAMPLES = [
    "staffroom channels",
    "staffroom channels --json",
    "staffroom channels --retry --channel sms",
    "staffroom channels replay",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act",
        nargs="?",
        choices=["replay"],
        help="replay: deal once more with what came in and failed",
    )
    parser.add_argument("--retry", action="store_true", help="send again what was given up")
    parser.add_argument("--channel", default="", help="only this channel")
    parser.add_argument("--json", action="store_true", help="the counts as JSON")


def run(options: argparse.Namespace) -> None:
    from staffroom.channels.switchboard import known
    from staffroom.channels.switchboard.actions import deal, sending
    from staffroom.channels.switchboard.queries import office

    if options.channel and known.find(options.channel) is None:
        names = ", ".join(each.key for each in known.every()) or "none"
        raise BadInput(f"There is no channel {options.channel!r}; there are: {names}.")
    if options.act == "replay":
        print(f"{deal.replay(channel=options.channel)} messages are dealt with once more.")
        return
    if options.retry:
        print(f"{sending.retry(channel=options.channel)} messages will be tried again.")
        return
    rows = [row for row in office.counts() if options.channel in ("", row["channel"])]
    if options.json:
        print(json.dumps(rows))
        return
    if not rows:
        print("There is no channel.")
        return
    print(f"{'channel':<12}  works  linked  this month  given up  not read")
    for row in rows:
        works = "yes" if row["works"] else "no"
        print(
            f"{row['channel']:<12}  {works:>5}  {row['linked']:>6}  {row['sent_this_month']:>10}"
            f"  {row['given_up']:>8}  {row['not_read']:>8}"
        )
