"""What Telegram tells us, as events: https://core.telegram.org/bots/api#update

Never an error for what is not understood: whatever has another shape than the documentation's is no
event. Numbers of messages count within their chat alone, so ours are `bot:chat:message`.
"""

import json
from typing import Any

from staffroom.channels.switchboard.messages import Event, Inbound, Kind
from staffroom.channels.telegram.client import bot
from staffroom.channels.telegram.media import content
from staffroom.channels.telegram.places import came_or_left, moving, our_place, their_place
from staffroom.channels.telegram.told import (
    GROUPS,
    Told,
    at,
    clean,
    group,
    is_number,
    is_text,
    message_id,
    part,
)
from staffroom.channels.telegram.words import said
from staffroom.core.clock import now

#: What we ask Telegram for; reactions and comings and goings come only where they are named.
ALLOWED = [
    "message",
    "edited_message",
    "message_reaction",
    "callback_query",
    "my_chat_member",
    "chat_member",
]
#: Messages that Telegram writes about a chat: nobody says anything in them.
SERVICE = {
    "new_chat_title", "new_chat_photo", "delete_chat_photo", "group_chat_created",
    "supergroup_chat_created", "channel_chat_created", "message_auto_delete_timer_changed",
    "pinned_message", "proximity_alert_triggered", "boost_added", "chat_background_set",
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "video_chat_scheduled",
    "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
    "write_access_allowed", "users_shared", "chat_shared", "connected_website",
    "giveaway_created", "giveaway_completed",
}  # fmt: skip


def read(raw: str) -> list[Event]:
    """The events of one update."""
    update = load(raw)
    number = update.get("update_id")
    if not is_number(number):
        return []
    id = f"{bot()}:u{number}"
    if isinstance(message := update.get("message"), dict):
        return _message(message)
    if isinstance(message := update.get("edited_message"), dict):
        return _edited(message, id)
    for name, reader in READERS.items():
        if isinstance(told := update.get(name), dict):
            return reader(told, id)
    return []


def load(raw: str) -> Told:
    """One update; empty where it is none."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return update if isinstance(update, dict) else {}


def callback(update: Told) -> str:
    """The number of a pressed button, by which Telegram wants to hear that we noticed."""
    id = part(update, "callback_query").get("id")
    return id if isinstance(id, str) else ""


def _message(message: Told) -> list[Event]:
    chat = part(message, "chat")
    if not is_number(chat.get("id")) or not is_number(message.get("message_id")):
        return []
    if moved := moving(message, chat["id"]):
        return [moved]
    if came := came_or_left(message, chat):
        return came
    if not _by_a_person(message) or SERVICE & message.keys():
        return []
    kind, media = content(message)
    text = said(message)
    if text is None:  # a command for another bot of the group
        return []
    topic = message.get("message_thread_id") if message.get("is_topic_message") is True else None
    return [
        Inbound(
            id=message_id(chat["id"], message["message_id"]),
            sender=str(message["from"]["id"]),
            at=at(message),
            kind=kind,
            text=text,
            chat=group(chat),
            topic=str(topic) if is_number(topic) else "",
            reply_to=_replied(message, chat["id"]),
            media=media,
        )
    ]


def _edited(message: Told, id: str) -> list[Event]:
    """What a message says now. A live place that moves is an edit too, and says nothing."""
    chat = part(message, "chat")
    if not is_number(chat.get("id")) or not is_number(message.get("message_id")):
        return []
    if not _by_a_person(message) or not isinstance(
        message.get("text", message.get("caption")), str
    ):
        return []
    return [
        Inbound(
            id=id,
            sender=str(message["from"]["id"]),
            at=at(message, "edit_date"),
            kind=Kind.EDIT,
            text=said(message) or "",
            chat=group(chat),
            reply_to=message_id(chat["id"], message["message_id"]),
        )
    ]


def _reaction(told: Told, id: str) -> list[Event]:
    """Which sign stands now: the one that came, else one that stayed, else none (taken back)."""
    chat, user = part(told, "chat"), part(told, "user")
    known = is_number(chat.get("id")) and is_number(told.get("message_id"))
    if not known or not is_number(user.get("id")) or user.get("is_bot") is True:
        return []
    before, after = _signs(told.get("old_reaction")), _signs(told.get("new_reaction"))
    if before == after:  # a sticker of their own, which no letter stands for
        return []
    fresh = [sign for sign in after if sign not in before]
    return [
        Inbound(
            id=id,
            sender=str(user["id"]),
            at=at(told),
            kind=Kind.REACTION,
            text=(fresh or after or [""])[0],
            chat=group(chat),
            reply_to=message_id(chat["id"], told["message_id"]),
        )
    ]


def _signs(reactions: Any) -> list[str]:
    if not isinstance(reactions, list):
        return []
    signs = [each.get("emoji") for each in reactions if isinstance(each, dict)]
    return [clean(sign) for sign in signs if isinstance(sign, str) and sign]


def _pressed(told: Told, id: str) -> list[Event]:
    user, message, key = part(told, "from"), part(told, "message"), told.get("data")
    chat = part(message, "chat")
    if not is_number(user.get("id")) or not is_number(chat.get("id")) or not is_text(key):
        return []
    about = message.get("message_id")
    return [
        Inbound(
            id=id,
            sender=str(user["id"]),
            at=now(),  # Telegram tells when the message was written, not when it was pressed
            kind=Kind.CHOICE,
            chat=group(chat),
            reply_to=message_id(chat["id"], about) if is_number(about) else "",
            choice=clean(str(key)),
        )
    ]


READERS = {
    "message_reaction": _reaction,
    "callback_query": _pressed,
    "my_chat_member": our_place,
    "chat_member": their_place,
}


def _by_a_person(message: Told) -> bool:
    """Not by a channel, a group's nameless administrator or a bot: none of them is a colleague."""
    user = part(message, "from")
    return (
        "sender_chat" not in message
        and part(message, "chat").get("type") in (*GROUPS, "private")
        and is_number(user.get("id"))
        and user.get("is_bot") is not True
    )


def _replied(message: Told, chat: int) -> str:
    """In a topic everything *replies* to the line that opened it; that is no reply."""
    replied = part(message, "reply_to_message")
    id = replied.get("message_id")
    if not is_number(id) or "forum_topic_created" in replied:
        return ""
    if message.get("is_topic_message") is True and id == message.get("message_thread_id"):
        return ""
    return message_id(chat, id)
