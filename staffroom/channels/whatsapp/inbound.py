"""What Meta calls us with, made into events.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
One call holds any number of entries, changes and messages. What we do not know is kept as `OTHER`
if a person did it, and passed over otherwise: Meta adds fields without asking.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings

from staffroom.channels.switchboard.messages import (
    Event,
    Fate,
    Inbound,
    Kind,
    Media,
    Moved,
    Status,
)
from staffroom.channels.whatsapp import prices
from staffroom.core.clock import now

Thing = dict[str, Any]
OURS = "whatsapp_business_account"
FATES = {
    "sent": Fate.SENT,
    "delivered": Fate.DELIVERED,
    "read": Fate.READ,
    "played": Fate.READ,  # a voice note
    "failed": Fate.FAILED,
}
#: What somebody did without saying anything: they opened the chat.
SILENT = {"request_welcome"}
#: WhatsApp began then; an earlier time is a wrong one.
EARLIEST = dt.datetime(2009, 1, 1, tzinfo=dt.UTC)


def parsed(raw: str) -> Thing | None:
    """The call as an object; None for what is none."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def read(raw: str) -> list[Event]:
    """What happened, in the order in which it stands; the same call always gives the same list."""
    return [event for field, value in changes(parsed(raw)) for event in _events(field, value)]


def changes(call: Thing | None) -> Iterator[tuple[str, Thing]]:
    """Each change of our number, with the name of its field."""
    if not call or call.get("object") != OURS:
        return
    for entry in things(call, "entry"):
        for change in things(entry, "changes"):
            value = thing(change, "value")
            if _is_our_number(value):
                yield text(change, "field"), value


def _is_our_number(value: Thing) -> bool:
    """An account may have several numbers that call the same address; ours is one of them."""
    number = text(thing(value, "metadata"), "phone_number_id")
    return not number or number == settings.WHATSAPP_PHONE_ID


def _events(field: str, value: Thing) -> Iterator[Event]:
    if field == "messages":
        contacts = things(value, "contacts")
        for message in things(value, "messages"):
            yield from _message(message, contacts)
        for status in things(value, "statuses"):
            yield from _status(status)
    elif field == "group_participants_update":
        for group in things(value, "groups"):
            yield from _came_or_went(group)


def _message(message: Thing, contacts: list[Thing]) -> Iterator[Event]:
    kind = text(message, "type")
    if kind == "system":
        yield from _moved(message)
        return
    if kind in SILENT:
        return
    sender = _sender(message, contacts)
    if not sender:
        return
    about: Thing = {"reply_to": text(thing(message, "context"), "id")}
    about |= CONTENTS.get(kind, _other)(thing(message, kind))
    yield Inbound(
        id=text(message, "id") or _digest(message),
        sender=sender,
        at=_time(message),
        chat=text(message, "group_id"),
        **about,
    )


def _sender(message: Thing, contacts: list[Thing]) -> str:
    """Their id within our business; else their number. Either may be missing or empty."""
    number = text(message, "from")
    if found := text(message, "from_user_id"):
        return found
    for contact in contacts:
        same = text(contact, "wa_id") == number if number else len(contacts) == 1
        if same and (found := text(contact, "user_id")):
            return found
    return number or (text(contacts[0], "wa_id") if len(contacts) == 1 else "")


def _text(content: Thing) -> Thing:
    return {"kind": Kind.TEXT, "text": text(content, "body")}


def _media(kind: Kind) -> Callable[[Thing], Thing]:
    def content_of(content: Thing) -> Thing:
        media = Media(
            handle=text(content, "id"),
            type=text(content, "mime_type").split(";")[0].strip(),
            name=text(content, "filename"),
        )
        return {"kind": kind, "text": text(content, "caption"), "media": media}

    return content_of


def _reaction(content: Thing) -> Thing:
    """Without a sign it is taken back."""
    sign = text(content, "emoji")
    return {"kind": Kind.REACTION, "text": sign, "reply_to": text(content, "message_id")}


def _choice(content: Thing) -> Thing:
    """A button or a row of a list; forms, addresses and the like we never send."""
    for name in ("button_reply", "list_reply"):
        if chosen := thing(content, name):
            key, words = text(chosen, "id"), text(chosen, "title")
            return {"kind": Kind.CHOICE, "choice": key, "text": words}
    return _other(content)


def _template_button(content: Thing) -> Thing:
    """The button of a template says a word of command: pressing it is writing that word."""
    return {"kind": Kind.TEXT, "text": text(content, "text") or text(content, "payload")}


def _edit(content: Thing) -> Thing:
    """Documented for numbers that are also used in the app; the whole message stands there anew."""
    anew = thing(content, "message")
    said = thing(anew, text(anew, "type"))
    words = text(said, "body") or text(said, "caption")
    return {"kind": Kind.EDIT, "text": words, "reply_to": text(content, "original_message_id")}


def _removed(content: Thing) -> Thing:
    return {"kind": Kind.REMOVED, "reply_to": text(content, "original_message_id")}


def _other(content: Thing) -> Thing:
    """A film, a sticker, a place, a card, what Meta cannot give us: the words with it are kept."""
    return {"kind": Kind.OTHER, "text": text(content, "caption")}


CONTENTS: dict[str, Callable[[Thing], Thing]] = {
    "text": _text,
    "image": _media(Kind.PHOTO),
    "audio": _media(Kind.VOICE),
    "document": _media(Kind.PAPER),
    "reaction": _reaction,
    "interactive": _choice,
    "button": _template_button,
    "edit": _edit,
    "revoke": _removed,
}


def _moved(message: Thing) -> Iterator[Moved]:
    """A new number, and with it a new id. Who was who is read from the fields alone.

    The sentence beside them begins with the name that the person chose, so it proves nothing.
    """
    system, id = thing(message, "system"), text(message, "id") or _digest(message)
    if text(system, "type") not in {"user_changed_number", "user_changed_user_id"}:
        return
    new = text(system, "user_id") or text(system, "wa_id")
    old = [text(system, "previous_user_id"), text(message, "from_user_id"), text(message, "from")]
    for number, address in enumerate(dict.fromkeys(filter(None, old))):
        if new and address != new:
            yield Moved(id=f"{id}:{number}" if number else id, old=address, new=new)


def _status(status: Thing) -> Iterator[Status]:
    id, fate = text(status, "id"), FATES.get(text(status, "status"))
    if not id or fate is None:
        return
    cost = Decimal(0) if fate is Fate.FAILED else _cost(thing(status, "pricing"))
    yield Status(
        id=id,
        fate=fate,
        at=_time(status),
        why=first_code(status) if fate is Fate.FAILED else "",
        cost=cost,
        currency="" if cost is None else settings.WHATSAPP_CURRENCY,
    )


def _cost(pricing: Thing) -> Decimal | None:
    if not pricing:
        return None
    billable = pricing.get("billable")
    return prices.cost(
        billable=billable if isinstance(billable, bool) else None,
        kind=text(pricing, "type"),
        category=text(pricing, "category"),
    )


def first_code(holder: Thing) -> str:
    """The code of the first of `errors`, without their words: those may hold a number."""
    errors = things(holder, "errors")
    return text(errors[0], "code")[:20] if errors else ""


def _came_or_went(group: Thing) -> Iterator[Inbound]:
    chat, what = text(group, "group_id"), text(group, "type")
    kinds = {"group_participants_add": Kind.JOINED, "group_participants_remove": Kind.LEFT}
    if not chat or what not in kinds:
        return
    came = kinds[what] is Kind.JOINED
    for one in things(group, "added_participants" if came else "removed_participants"):
        sender = text(one, "user_id") or text(one, "wa_id")
        if sender:
            name = {"group": chat, "what": what, "who": sender, "at": text(group, "timestamp")}
            yield Inbound(
                id=_digest(name), sender=sender, at=_time(group), kind=kinds[what], chat=chat
            )


def _time(holder: Thing) -> dt.datetime:
    """When it was, by them; now, where they say nothing that can be."""
    moment = now()
    try:
        found = dt.datetime.fromtimestamp(int(text(holder, "timestamp")), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return moment
    return min(found, moment) if found > EARLIEST else moment


def _digest(holder: Thing) -> str:
    """An id for what has none: the same thing sent again has the same one."""
    words = json.dumps(holder, sort_keys=True, default=str)
    return "sha256:" + hashlib.sha256(words.encode()).hexdigest()


def thing(holder: Thing, name: str) -> Thing:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def things(holder: Thing, name: str) -> list[Thing]:
    found = holder.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text(holder: Thing, name: str) -> str:
    """Words or a number as words that any database takes: no NUL, no half of a surrogate pair."""
    found = holder.get(name)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    try:
        words = str(found)
    except ValueError:  # a number of thousands of digits
        return ""
    return words.replace("\x00", "").encode("utf-8", "replace").decode()
