"""Asking Telegram for what is new, where it cannot call us: https://core.telegram.org/bots/api#getupdates

An update is taken down before the next question, which alone tells Telegram that we have it. A worker
that dies between the two is told it again, and `receive` knows it.
"""

import datetime as dt
import json
import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q

from staffroom.channels.switchboard.actions.receive import receive
from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
from staffroom.channels.telegram import channel, client, inbound, sending
from staffroom.channels.telegram.models import Poll
from staffroom.core.clock import now

log = logging.getLogger(__name__)
WAIT = 20  # seconds that Telegram holds the line open while there is nothing
HELD = dt.timedelta(seconds=90)
FAULTS = (TryLater, Undeliverable, Unknown)
#: This process, among others that may ask too.
US = uuid.uuid4()


def poll(stopping: Callable[[], bool], wait: int = WAIT) -> bool:
    """Ask once, if this is wanted and nobody else does; whether anything came."""
    if not settings.TELEGRAM_POLLING or not channel.works() or stopping():
        return False
    line = _held()
    if line is None:
        return False
    try:
        updates = _asked(line, wait)
    except FAULTS as error:
        _let_go(line, str(error))
        log.warning("telegram.poll_failed", extra={"failure": str(error)})
        return False
    for update in updates:
        _take(update)
    _let_go(line, "")
    return bool(updates)


def _held() -> Poll | None:
    """The line, for a while; None where another worker has it."""
    moment = now()
    line, _new = Poll.objects.get_or_create(bot=client.bot())
    free = Q(held_until=None) | Q(held_until__lt=moment) | Q(held_by=US)
    free |= Q(held_until__gt=moment + 2 * HELD)  # written while a clock was wrong
    taken = Poll.objects.filter(free, pk=line.pk).update(held_by=US, held_until=moment + HELD)
    return Poll.objects.get(pk=line.pk) if taken else None


def _asked(line: Poll, wait: int) -> list[dict[str, Any]]:
    fields: dict[str, Any] = {"timeout": wait, "allowed_updates": inbound.ALLOWED}
    if line.next_update is not None:
        fields["offset"] = line.next_update
    found = client.call("getUpdates", fields, wait=wait)
    updates = [each for each in found if _number(each)] if isinstance(found, list) else []
    return sorted(updates, key=lambda each: each["update_id"])


def _number(update: Any) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _take(update: dict[str, Any]) -> None:
    """The same path as the webhook's, from here on."""
    raw = json.dumps(update)
    receive(channel=channel.CHANNEL.key, raw=raw, events=inbound.read(raw))
    Poll.objects.filter(bot=client.bot()).update(next_update=update["update_id"] + 1)
    if pressed := inbound.callback(update):
        try:
            call = sending.quiet_button(pressed)
            client.call(call.pop("method"), call)
        except FAULTS:  # the button shows its waiting sign a little longer; nothing else
            log.info("telegram.button_waits")


def _let_go(line: Poll, fault: str) -> None:
    done = {"at": now()} if not fault else {}
    Poll.objects.filter(pk=line.pk, held_by=US).update(
        held_by=None, held_until=None, fault=fault[:30], **done
    )
