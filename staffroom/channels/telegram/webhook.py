"""Telling Telegram where to call us, and asking it how that goes."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from staffroom.channels.telegram import client
from staffroom.channels.telegram.inbound import ALLOWED

#: So many calls at once. More would come out of order more often, which is put right but costs.
CONNECTIONS = 8


def secret(key: str = "") -> str:
    """The word that Telegram says with every call: made of our key and the bot's token, kept nowhere."""
    made = salted_hmac(
        "telegram.hook",
        settings.TELEGRAM_TOKEN,
        secret=key or settings.SECRET_KEY,
        algorithm="sha256",
    )
    return made.hexdigest()


def address() -> str:
    """Where Telegram is to call; empty where we have no public name."""
    return f"https://{settings.HOSTS[0]}{reverse('telegram_hook')}" if settings.HOSTS else ""


def enter(where: str) -> None:
    client.call(
        "setWebhook",
        {
            "url": where,
            "secret_token": secret(),
            "allowed_updates": ALLOWED,
            "max_connections": CONNECTIONS,
        },
    )


def remove() -> None:
    """What waits there keeps waiting, for a poll or another webhook."""
    client.call("deleteWebhook", {"drop_pending_updates": False})


def told() -> dict[str, Any]:
    found = client.call("getWebhookInfo", {})
    return found if isinstance(found, dict) else {}


def ourselves() -> dict[str, Any]:
    """Who our bot is, and whether it hears everything in a group."""
    found = client.call("getMe", {})
    return found if isinstance(found, dict) else {}
