"""The bot: where Telegram calls us, and how that goes."""

import argparse
import json
from typing import Any

HELP = "Tell Telegram where to call us, or that it shall not; ask how that goes."
EXAMPLES = [
    "staffroom telegram webhook-set",
    "staffroom telegram webhook-set --address https://staffroom.example.org/hooks/telegram/",
    "staffroom telegram webhook --json",
    "staffroom telegram webhook-delete",
    "staffroom telegram poll",
]
ACTS = ["webhook", "webhook-set", "webhook-delete", "poll"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act",
        choices=ACTS,
        help="webhook: how it goes; webhook-set, webhook-delete: change it; "
        "poll: ask once for news, as a worker does with STAFFROOM_TELEGRAM_POLLING",
    )
    parser.add_argument("--address", default="", help="with webhook-set: another than our own")
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def run(options: argparse.Namespace) -> None:
    from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
    from staffroom.channels.telegram import channel
    from staffroom.cli import BadInput

    if not channel.works():
        raise BadInput("Set STAFFROOM_TELEGRAM_TOKEN and STAFFROOM_TELEGRAM_BOT first.")
    try:
        said = _act(options)
    except (TryLater, Undeliverable, Unknown) as error:
        raise BadInput(f"Telegram did not take it ({error}).") from None
    if options.json:
        print(json.dumps(said))
        return
    for name, value in said.items():
        print(f"{name}: {value}")


def _act(options: argparse.Namespace) -> dict[str, Any]:
    from staffroom.channels.telegram import webhook
    from staffroom.cli import BadInput

    if options.act == "poll":
        return _poll()
    if options.act == "webhook-set":
        where = options.address or webhook.address()
        if not where.startswith("https://"):
            raise BadInput("Telegram calls by HTTPS alone: set STAFFROOM_HOSTS or give --address.")
        webhook.enter(where)
    elif options.act == "webhook-delete":
        webhook.remove()
    told = webhook.told()
    return {
        "address": told.get("url", ""),
        "waiting": told.get("pending_update_count", 0),
        "last_error": told.get("last_error_message", ""),
        "kinds": told.get("allowed_updates", []),
    }


def _poll() -> dict[str, Any]:
    from django.conf import settings

    from staffroom.channels.telegram.polling import poll
    from staffroom.cli import BadInput

    if not settings.TELEGRAM_POLLING:
        raise BadInput("Set STAFFROOM_TELEGRAM_POLLING=on first.")
    return {"something_new": poll(stopping=lambda: False, wait=0)}
