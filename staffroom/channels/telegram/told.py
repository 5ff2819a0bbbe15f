"""Small questions to what Telegram says, which may have any shape."""

import datetime as dt
import re
from typing import Any, TypeGuard

from staffroom.channels.telegram.client import bot
from staffroom.core.clock import now

Told = dict[str, Any]
GROUPS = ("group", "supergroup")
_HALVES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Without what no database keeps: halves of letters, and the letter nought."""
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", text).replace("\0", "")


def message_id(chat: Any, message: Any) -> str:
    return f"{bot()}:{chat}:{message}"


def group(chat: Told) -> str:
    return str(chat["id"]) if chat.get("type") in GROUPS and is_number(chat.get("id")) else ""


def at(told: Told, name: str = "date") -> dt.datetime:
    value = told.get(name, told.get("date"))
    if not is_number(value) or not 0 < value < 2**33:
        return now()
    return dt.datetime.fromtimestamp(value, tz=dt.UTC)


def part(told: Told, name: str) -> Told:
    found = told.get(name)
    return found if isinstance(found, dict) else {}


def is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value)
