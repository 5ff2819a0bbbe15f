"""What was given of airtime and bundles; the provider's list beside ours."""

import argparse
import json
from pathlib import Path

from staffroom.cli import BadInput

HELP = "Show what became of airtime and bundles; lay the provider's list beside ours."
EXAMPLES = [
    "staffroom airtime",
    "staffroom airtime --json",
    "staffroom airtime reconcile november.csv --programme Kenya",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=["status", "reconcile"], default="status")
    parser.add_argument("file", nargs="?", help="with reconcile: the provider's list, as CSV")
    parser.add_argument("--programme", default="", help="its name, where there are several")
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(options: argparse.Namespace) -> int:
    if options.what == "reconcile":
        return _reconcile(options)
    from django.db.models import Count, Sum

    from staffroom.channels.airtime import provider
    from staffroom.channels.airtime.models import Order, Share

    rows = [
        {**row, "sum": f"{row['sum']:.2f}"}
        for row in Share.objects.filter(order__state=Order.State.GOING)
        .values("order__currency", "state")
        .annotate(people=Count("pk"), sum=Sum("amount"))
        .order_by("order__currency", "state")
    ]
    if options.json:
        print(json.dumps({"provider_works": provider.works(), "shares": rows}))
        return 0
    print("A provider is set up." if provider.works() else "No provider is set up.")
    for row in rows:
        print(f"{row['state']:<10} {row['people']:>7} {row['order__currency']} {row['sum']:>14}")
    return 0


def _reconcile(options: argparse.Namespace) -> int:
    """0 where nothing differs, else 1."""
    from dataclasses import asdict

    from staffroom.channels.airtime.actions.reconcile import reconcile

    if not options.file:
        raise BadInput("Name the provider's list: `staffroom airtime reconcile FILE`.")
    try:
        data = Path(options.file).read_bytes()
    except OSError as error:
        raise BadInput(f"{options.file} cannot be read: {error.strerror}.") from error
    found = reconcile(by=None, programme=_programme(options.programme), data=data)
    if options.json:
        print(json.dumps(asdict(found)))
    else:
        print(f"{found.rows} rows: {found.same} the same, {found.mended} put right here.")
        for each in found.differences:
            where = f"row {each.row}" if each.row else "not in their list"
            print(f"{where}: {each.what} {each.request_id} {each.theirs} / {each.ours}")
    return 1 if found.differences else 0


def _programme(name: str):
    from staffroom.places.models import Programme

    found = list(Programme.objects.filter(name=name) if name else Programme.objects.all()[:2])
    if len(found) != 1:
        raise BadInput("Say which programme: `--programme NAME`.")
    return found[0]
