"""What waits to be delivered, and what was given up."""

import argparse
import json

HELP = "Show what waits to be delivered; try again what was given up."
EXAMPLES = ["staffroom outbox", "staffroom outbox --retry --topic sms.send"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--retry", action="store_true", help="try again what was given up")
    parser.add_argument("--topic", default="", help="with --retry: only this topic")
    parser.add_argument("--json", action="store_true", help="the counts as JSON")


def run(options: argparse.Namespace) -> None:
    from django.db.models import Count, Q

    from staffroom.core import outbox
    from staffroom.core.models import OutboxEntry

    if options.retry:
        print(f"{outbox.retry_dead(options.topic)} entries will be tried again.")
        return
    rows = list(
        OutboxEntry.objects.values("topic")
        .annotate(
            waiting=Count("pk", filter=Q(delivered_at=None, dead_at=None)),
            given_up=Count("pk", filter=Q(dead_at__isnull=False)),
            delivered=Count("pk", filter=Q(delivered_at__isnull=False)),
        )
        .order_by("topic")
    )
    if options.json:
        print(json.dumps(rows))
        return
    if not rows:
        print("The outbox is empty.")
        return
    width = max(len(row["topic"]) for row in rows)
    print(f"{'topic':<{width}}  waiting  given up  delivered")
    for row in rows:
        counts = f"{row['waiting']:>7}  {row['given_up']:>8}  {row['delivered']:>9}"
        print(f"{row['topic']:<{width}}  {counts}")
