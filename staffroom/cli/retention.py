"""How long things are kept, and what is due to be deleted."""

import argparse
import json

HELP = "Delete what is kept long enough, as the clock does every night; or show what would go."
EXAMPLES = [
    "staffroom retention --dry-run",
    "staffroom retention --dry-run --json",
    "staffroom retention",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only show what would be deleted")
    parser.add_argument("--json", action="store_true", help="one JSON object a rule")


def run(options: argparse.Namespace) -> None:
    from django.utils import translation

    from staffroom.core import retention

    with translation.override("en"):
        rows = [
            {
                "rule": rule.key,
                "what": str(rule.what),
                "days": days if rule.due else None,
                "until": str(rule.until),
                "rows": count,
            }
            for rule, days, count in retention.waiting()
        ]
    if not options.dry_run:
        gone = retention.keep()
        for row in rows:
            row["rows"] = gone.get(str(row["rule"]), 0)
    if options.json:
        for row in rows:
            print(json.dumps(row))
        return
    print(f"{'would go' if options.dry_run else 'deleted':>8}  {'days':>5}  what")
    for row in rows:
        days = row["days"] if row["days"] is not None else "-"
        until = f" ({row['until']})" if row["until"] else ""
        print(f"{row['rows']:>8}  {days:>5}  {row['what']}{until}")
