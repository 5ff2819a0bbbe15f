"""Giving one message to Telegram, and learning where it went.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import dataclasses
import json
from typing import Any

from staffroom.channels.switchboard.actions import linking
from staffroom.channels.switchboard.actions.receive import receive
from staffroom.channels.switchboard.messages import Media, Outbound, Taken, TryLater, Undeliverable
from staffroom.channels.telegram import client, outbound
from staffroom.channels.telegram.inbound import read
from staffroom.channels.telegram.told import message_id
from staffroom.core import limits
from staffroom.core.errors import TooMany

#: To one person a message a second, in short bursts; to a group twenty a minute, counted in halves of it, so that the
#: end of one minute and the beginning of the next do not make forty.
CHAT, GROUP = {"limit": 3, "seconds": 3}, {"limit": 10, "seconds": 30}

#: Codes after which nothing more goes there until somebody links or starts anew.
NOT_WANTED = ("blocked", "deactivated", "kicked")


def send(message: Outbound) -> Taken:
    """One message; into the group's new place where it has moved, without topic where that is gone."""
    _keep_pace(message)
    try:
        return _give(message)
    except client.MovedAway as error:
        tell_moved(message.to, error.new)
        return _again(dataclasses.replace(message, to=error.new, reply_to=""))
    except Undeliverable as error:
        if error.code in NOT_WANTED:
            linking.put_out(channel="telegram", address=message.to, group=message.group)
        if error.code != "no topic" or not message.topic:
            raise
        return _again(dataclasses.replace(message, topic=""))


def _again(message: Outbound) -> Taken:
    try:
        return _give(message)
    except client.MovedAway:  # a second time: nobody knows where to
        raise TryLater("moved") from None


def _give(message: Outbound) -> Taken:
    method, fields, upload = outbound.call_for(message)
    result = client.call(method, fields, upload)
    id = result.get("message_id") if isinstance(result, dict) else None
    return Taken(id=message_id(message.to, id) if isinstance(id, int) else "")


def _keep_pace(message: Outbound) -> None:
    try:
        limits.take("telegram", message.to, **(GROUP if message.group else CHAT))
    except TooMany as error:
        raise TryLater("pace", float(error.retry_after)) from None


def tell_moved(old: str, new: str) -> None:
    """As if Telegram had told us by itself, in the words it has for it; it does so too, once."""
    raw = {
        "update_id": 0,
        "message": {
            "message_id": 0,
            "chat": {"id": int(old), "type": "group"},
            "migrate_to_chat_id": int(new),
        },
    }
    words = json.dumps(raw)
    receive(channel="telegram", raw=words, events=read(words))


def fetch(media: Media) -> bytes:
    """What somebody sent. What it really is, whoever takes it must see for themselves."""
    if media.size > client.MOST_BYTES:
        raise Undeliverable("too large")
    return client.download(media.handle)


def quiet_button(id: str) -> dict[str, Any]:
    """The call that ends the waiting sign on a pressed button."""
    return {"method": "answerCallbackQuery", "callback_query_id": id}
