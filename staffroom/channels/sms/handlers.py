"""Messages from the outbox go to the provider. What is logged names no number and no word."""

import datetime as dt
import logging
from typing import Any

from django.conf import settings

from staffroom.channels.sms.delivery import deliver_counted
from staffroom.channels.switchboard.messages import Undeliverable
from staffroom.core.clock import now

log = logging.getLogger(__name__)


def send(payload: dict[str, Any]) -> None:
    """Send one message. An outdated one (a code after its ten minutes) is dropped, not sent.

    Somebody waits for it: where it may have been taken it is sent again, unlike a digest.
    """
    until = payload.get("until")
    if until and dt.datetime.fromisoformat(until) <= now():
        log.warning("sms.outdated")
        return
    try:
        deliver_counted(payload["to"], payload["text"])
    except Undeliverable as error:
        log.warning(
            "sms.undeliverable", extra={"provider": settings.SMS_PROVIDER, "reason": error.code}
        )
