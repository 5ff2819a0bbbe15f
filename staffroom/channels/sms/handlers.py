"""Messages from the outbox go to the provider. What is logged names no number and no word."""

import datetime as dt
import logging
from typing import Any

from staffroom.channels.sms.provider import Undeliverable, chosen
from staffroom.core.clock import now

log = logging.getLogger(__name__)


def send(payload: dict[str, Any]) -> None:
    """Send one message. An outdated one (a code after its ten minutes) is dropped, not sent."""
    until = payload.get("until")
    if until and dt.datetime.fromisoformat(until) <= now():
        log.warning("sms.outdated")
        return
    provider = chosen()
    try:
        provider.send(payload["to"], payload["text"])
    except Undeliverable as error:
        log.warning("sms.undeliverable", extra={"provider": provider.key, "reason": error.code})
