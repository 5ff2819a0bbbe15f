"""Who came into a chat and who left it, and groups that get another number."""

from typing import Any

from staffroom.channels.switchboard.messages import Event, Inbound, Kind, Moved
from staffroom.channels.telegram.client import bot
from staffroom.channels.telegram.told import GROUPS, Told, at, group, is_number, part

INSIDE = ("creator", "administrator", "member")


def our_place(told: Told, id: str) -> list[Event]:
    """Our bot came into a group or was put out; in private: a person blocked or unblocked us.

    In a group nobody is the sender: it is our bot that came or left.
    """
    chat, user = part(told, "chat"), part(told, "from")
    if not is_number(chat.get("id")) or not is_number(user.get("id")):
        return []
    before, after = _inside(told.get("old_chat_member")), _inside(told.get("new_chat_member"))
    if before == after or chat.get("type") not in (*GROUPS, "private"):
        return []
    here = group(chat)
    return [
        Inbound(
            id=id,
            sender="" if here else str(user["id"]),
            at=at(told),
            kind=Kind.JOINED if after else Kind.LEFT,
            chat=here,
        )
    ]


def their_place(told: Told, id: str) -> list[Event]:
    """Somebody came into a group or left it; told where the bot is an administrator."""
    chat, member = part(told, "chat"), part(told, "new_chat_member")
    user = part(member, "user")
    if not group(chat) or not is_number(user.get("id")) or user.get("is_bot") is True:
        return []
    before, after = _inside(told.get("old_chat_member")), _inside(member)
    return (
        [] if before == after else [_passed(chat, user, told, Kind.JOINED if after else Kind.LEFT)]
    )


def _inside(member: Any) -> bool:
    if not isinstance(member, dict):
        return False
    status = member.get("status")
    return status in INSIDE or (status == "restricted" and member.get("is_member") is True)


def came_or_left(message: Told, chat: Told) -> list[Event]:
    """The lines *X joined* and *X left*, which every bot of a group is shown."""
    came, left = message.get("new_chat_members"), message.get("left_chat_member")
    if not group(chat):
        return []
    passed = [(Kind.JOINED, user) for user in came] if isinstance(came, list) else []
    return [
        _passed(chat, user, message, kind)
        for kind, user in [*passed, (Kind.LEFT, left)]
        if isinstance(user, dict) and is_number(user.get("id")) and not user.get("is_bot")
    ]


def _passed(chat: Told, user: Told, told: Told, kind: Kind) -> Inbound:
    """Named by its second, since a line in the chat and `chat_member` tell of the same thing."""
    second = told["date"] if is_number(told.get("date")) else 0
    return Inbound(
        id=f"{bot()}:{chat['id']}:{kind}:{user['id']}:{second}",
        sender=str(user["id"]),
        at=at(told),
        kind=kind,
        chat=group(chat),
    )


def moving(message: Told, chat: int) -> Moved | None:
    """Told twice, in the old group and in the new one: the same event."""
    old, new = message.get("migrate_from_chat_id"), message.get("migrate_to_chat_id")
    if is_number(new):
        old, new = chat, new
    elif is_number(old):
        old, new = old, chat
    else:
        return None
    return moved(str(old), str(new))


def moved(old: str, new: str) -> Moved:
    return Moved(id=f"{bot()}:moved:{old}:{new}", old=old, new=new, group=True)
