"""The channels that there are. Each registers itself in `AppConfig.ready`; nobody keeps a list."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from staffroom.channels.switchboard.messages import Event, Media, Outbound, Taken


@dataclass(frozen=True)
class Abilities:
    """What a channel can do; whoever writes for it reads this and never the channel's name."""

    text: int  # letters in one message
    buttons: int = 0
    button: int = 0  # letters on a button
    rows: int = 0  # of a list
    row: int = 0  # letters of a row's label
    button_text: int = 0  # letters of the words above buttons
    caption: int = 0
    photos: bool = False
    voices: bool = False
    papers: bool = False
    reactions: bool = False
    edits: bool = False
    groups: int = 0  # people in a group; 0: it has none
    topics: bool = False
    window: dt.timedelta | None = None  # how long after their last word one may answer freely
    templates: bool = False
    parts: bool = False  # a message is charged by parts
    free: bool = True  # sending costs nothing
    a_second: float = 20.0  # messages that the provider takes
    numbers: bool = (
        False  # an address is a phone number ("+254…"), which the line itself vouches for
    )


@dataclass(frozen=True)
class Channel:
    """`send` returns `Taken` or raises `TryLater`, `Undeliverable` or `Unknown`; `fetch` gives the
    bytes of what somebody sent; `read` makes events of one raw payload, which was verified."""

    key: str
    label: Any
    can: Abilities
    works: Callable[[], bool]
    send: Callable[[Outbound], Taken]
    read: Callable[[str], list[Event]]
    address: Callable[[], str]  # how a person writes to us: a number, a bot's name
    parts: Callable[[str], int] = lambda text: 1  # as it is sent, marks made plain before counting
    fetch: Callable[[Media], bytes] | None = None
    opens: Callable[[str], str] = lambda words: ""  # an address that opens the app with these words
    in_chat: Callable[[str], str] = lambda words: words  # as they must be written to be heard there
    note: Any = ""  # what a moderator should know before a chat is linked


_known: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    _known[channel.key] = channel


def forget(key: str) -> None:
    """For tests."""
    _known.pop(key, None)


def find(key: str) -> Channel | None:
    """The channel of this key, whether or not it is set up."""
    return _known.get(key)


def every() -> list[Channel]:
    """All that there are, set up or not, in the order of registration."""
    return list(_known.values())


def working() -> list[Channel]:
    """Those that are set up here, in the order of registration."""
    return [channel for channel in _known.values() if channel.works()]
