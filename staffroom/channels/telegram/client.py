"""The Bot API, one call at a time: https://core.telegram.org/bots/api#making-requests

The address of every call holds the bot's token, so no error carries an address out of here and
nothing here logs one.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from django.conf import settings

from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown

READ, CONNECT = 15.0, 6.0  # seconds
#: `getFile` gives no larger ones to bots.
MOST_BYTES = 20_000_000
#: The line broke before a word of ours went over it.
BEFORE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class MovedAway(Exception):
    """The group has become a supergroup, with another number."""

    def __init__(self, new: str) -> None:
        super().__init__("moved")
        self.new = new


@dataclass(frozen=True)
class Upload:
    """A file that goes along with a call, under the name of the field that means it."""

    field: str
    name: str
    type: str
    bytes: bytes


def bot() -> str:
    """The number of our bot, which is the first part of its token and no secret."""
    return str(settings.TELEGRAM_TOKEN).partition(":")[0]


def call(
    method: str, fields: dict[str, Any], upload: Upload | None = None, *, wait: float = 0
) -> Any:
    """The `result` of one method; or the error that says whether it may be tried again.

    `wait` is how long Telegram may hold the line open before it answers (`getUpdates`).
    """
    address = f"{settings.TELEGRAM_URL}/bot{settings.TELEGRAM_TOKEN}/{method}"
    timeout = httpx.Timeout(READ + wait, connect=CONNECT)
    with _quietly():
        if upload is None:
            answer = httpx.post(address, json=fields, timeout=timeout)
        else:
            files = {upload.field: (upload.name, upload.bytes, upload.type)}
            answer = httpx.post(address, data=_form(fields), files=files, timeout=timeout)
    return _result(answer)


def download(handle: str) -> bytes:
    """The bytes behind a `file_id`. It changes nothing there, so whatever breaks may be tried again."""
    try:
        return _downloaded(handle)
    except Unknown as error:
        raise TryLater(error.code) from None


def _downloaded(handle: str) -> bytes:
    told = call("getFile", {"file_id": handle})
    address = f"{settings.TELEGRAM_URL}/file/bot{settings.TELEGRAM_TOKEN}/{_path(told)}"
    timeout, found = httpx.Timeout(READ, connect=CONNECT), bytearray()
    with _quietly(), httpx.stream("GET", address, timeout=timeout) as answer:
        if answer.status_code != 200:
            raise _fault(answer.status_code, {})
        for piece in answer.iter_bytes():
            found += piece
            if len(found) > MOST_BYTES:  # whatever they said of its size before
                raise Undeliverable("too large")
    return bytes(found)


def _path(told: Any) -> str:
    """Where the file lies: below our own token, never elsewhere."""
    path = told.get("file_path") if isinstance(told, dict) else None
    if not isinstance(path, str) or not path or path.startswith("/") or ".." in path:
        raise Undeliverable("no file")
    if not all(letter.isalnum() or letter in "/_-." for letter in path):
        raise Undeliverable("no file")
    return path


@contextmanager
def _quietly() -> Iterator[None]:
    """From None: a chained error would carry the address with the token, and the message."""
    try:
        yield
    except BEFORE as error:
        raise TryLater(type(error).__name__) from None
    except httpx.HTTPError as error:
        raise Unknown(type(error).__name__) from None


def _form(fields: dict[str, Any]) -> dict[str, str]:
    """With a file the fields go as a form; what is not a plain value goes in JSON."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in fields.items()
    }


def _result(answer: httpx.Response) -> Any:
    try:
        said = answer.json()
    except ValueError:
        said = None
    if not isinstance(said, dict):
        if answer.status_code == 200:
            raise Unknown("unreadable answer")
        raise _fault(answer.status_code, {})
    if answer.status_code == 200 and said.get("ok") is True and "result" in said:
        return said["result"]
    code = said.get("error_code")
    raise _fault(code if isinstance(code, int) else answer.status_code, said)


def _fault(code: int, said: dict[str, Any]) -> Exception:
    """What an answer that is no result means for the message: the documentation's error codes."""
    more = said.get("parameters")
    more = more if isinstance(more, dict) else {}
    if isinstance(new := more.get("migrate_to_chat_id"), int):
        return MovedAway(str(new))
    if code == 429:
        after = more.get("retry_after")
        return TryLater("429", float(after) if isinstance(after, (int, float)) else None)
    if code in {401, 404, 409} or (code >= 500 and code != 504):
        # A token that somebody mends, another bot's poll, a fault of theirs: not taken, for now.
        return TryLater(str(code))
    if code in {200, 504}:  # behind a gateway that gave up waiting it may have been taken
        return Unknown(str(code))
    return Undeliverable(_word(code, str(said.get("description", "")).lower()))


#: What their sentences hold -> our word. The sentences themselves can name people and groups.
WORDS = {
    "blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "can't initiate conversation": "never wrote",
    "kicked": "kicked",
    "not a member": "kicked",
    "chat not found": "no chat",
    "not enough rights": "no rights",
    "message thread not found": "no topic",
    "topic_closed": "no topic",
    "topic closed": "no topic",
    "topic_deleted": "no topic",
    "file is too big": "too large",
    "wrong file": "no file",
    "invalid file": "no file",
    "message is too long": "too long",
}


def _word(code: int, description: str) -> str:
    for words, ours in WORDS.items():
        if words in description:
            return ours
    return str(code)
