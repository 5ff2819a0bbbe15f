"""What comes in by a channel and what goes out, as values that no provider's words appear in."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What somebody did in a channel."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    PAPER = "paper"
    REACTION = "reaction"  # `text` is the sign; empty: taken back
    CHOICE = "choice"  # a button or a row of a list: `choice` is what we called it
    EDIT = "edit"  # of the message `reply_to`, which now says `text`
    REMOVED = "removed"  # the message `reply_to` was taken back
    JOINED = "joined"  # somebody came into the group `chat`, or our bot did
    LEFT = "left"
    OTHER = "other"  # a sticker, a place: what we cannot take


@dataclass(frozen=True)
class Media:
    """A file at the provider, fetched by the worker when it is needed. Its type is their claim alone."""

    handle: str
    type: str = ""
    size: int = 0
    name: str = ""


@dataclass(frozen=True)
class Inbound:
    """One thing that one person did. `id` is the provider's, so the same one counts once.

    `sender` is the address within the channel, empty where it is our own bot that came or left;
    `chat` that of the group, empty in private. Whoever *left* in private has blocked us.
    """

    id: str
    sender: str
    at: dt.datetime
    kind: Kind
    text: str = ""
    chat: str = ""
    topic: str = ""  # of a group that has topics
    reply_to: str = ""  # the provider's id of the message this is about
    choice: str = ""
    media: Media | None = None


class Fate(StrEnum):
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True)
class Status:
    """What became of a message that we sent; `id` is the provider's."""

    id: str
    fate: Fate
    at: dt.datetime
    why: str = ""
    cost: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class Moved:
    """A group or a person has another address now (Telegram's supergroups, WhatsApp's user ids)."""

    id: str
    old: str
    new: str
    group: bool = False


Event = Inbound | Status | Moved


@dataclass(frozen=True)
class Button:
    """`key` comes back as `Inbound.choice`."""

    key: str
    label: str
    about: str = ""  # a second line, in a list


@dataclass(frozen=True)
class Template:
    """Words that the provider has approved before: all that may be said outside the window."""

    name: str
    language: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outbound:
    """What is to be said to one person, or in one group. More buttons than fit become a list or lines."""

    to: str
    text: str
    group: bool = False
    topic: str = ""
    reply_to: str = ""
    buttons: tuple[Button, ...] = ()
    template: Template | None = None
    file: bytes = b""
    file_type: str = ""
    file_name: str = ""


@dataclass(frozen=True)
class Taken:
    """The provider has it. `cost` is what they say it cost, None where they say nothing yet."""

    id: str
    parts: int = 1
    cost: Decimal | None = None
    currency: str = ""


class TryLater(Exception):
    """Certainly not taken; it may be tried again, after `after` seconds where they said so."""

    def __init__(self, code: str, after: float | None = None) -> None:
        super().__init__(code)
        self.code, self.after = code, after


class Undeliverable(Exception):
    """It never will be taken. `code` is the provider's own word, without number or text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unknown(Exception):
    """The line broke after we spoke: it may have been taken, and sending again might double it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
