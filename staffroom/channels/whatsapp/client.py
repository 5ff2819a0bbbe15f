"""Speaking with Meta's Graph API.

https://developers.facebook.com/documentation/business-messaging/whatsapp/reference
"""

import base64
import binascii
import hashlib
import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from staffroom.channels.switchboard.messages import (
    Media,
    Outbound,
    Taken,
    TryLater,
    Undeliverable,
    Unknown,
)
from staffroom.channels.whatsapp import errors, media, outbound
from staffroom.channels.whatsapp.inbound import Thing, text, things

TIMEOUT = httpx.Timeout(12, connect=6)
FILE_TIMEOUT = httpx.Timeout(30, connect=6)
#: No photo or note that we take is larger; a paper neither.
MOST_BYTES = 20_000_000
#: Where Meta keeps files. Anywhere else we do not go, whatever an answer says.
HOSTS = (".fbsbx.com", ".fbcdn.net", ".whatsapp.net", ".facebook.com")
FAULTS = (httpx.HTTPError, httpx.InvalidURL)
_HANDLE = re.compile(r"[A-Za-z0-9_-]{1,200}")


@cache
def _line() -> httpx.Client:
    """Certificates are read once. No connection is kept: one that died unseen would leave us not
    knowing whether a message was taken."""
    return httpx.Client(limits=httpx.Limits(max_keepalive_connections=0))


def send(out: Outbound) -> Taken:
    """Say it. Once a first message of several is taken, nothing is certain but that it may not be repeated."""
    file = media.fitting(out.file, out.file_type, out.file_name) if out.file else None
    contents = outbound.messages(out, file, upload)
    taken = [_post(contents[0])]
    for content in contents[1:]:
        try:
            taken.append(_post(content))
        except (TryLater, Undeliverable) as error:
            raise Unknown(error.code) from None
    return Taken(id=taken[-1], parts=len(taken))


def _post(content: dict[str, Any]) -> str:
    """One message; the id that Meta gave it."""
    try:
        answer = _line().post(_url("messages"), json=content, headers=_headers(), timeout=TIMEOUT)
    except FAULTS as error:
        # From None: the chained error would carry the address and, in a traceback, the message.
        raise errors.broken(error) from None
    if not answer.is_success:
        raise errors.refusal(answer)
    found = things(_object(answer), "messages")
    if not found or not (id := text(found[0], "id")):
        raise Unknown("unreadable answer")
    return id


def upload(file: media.File) -> str:
    """Put a file there. Nobody has seen anything yet, so whatever breaks here may be tried again."""
    form = {"messaging_product": "whatsapp", "type": file.type}
    parts = {"file": (file.name or "file", file.data, file.type)}
    try:
        answer = _line().post(
            _url("media"), data=form, files=parts, headers=_headers(), timeout=FILE_TIMEOUT
        )
    except FAULTS as error:
        raise TryLater(type(error).__name__) from None
    if not answer.is_success:
        raise _harmless(errors.refusal(answer))
    if not (id := text(_object(answer), "id")):
        raise TryLater("unreadable answer")
    return id


def fetch(wanted: Media) -> bytes:
    """What somebody sent. `Undeliverable` where it will never come, or is not what Meta says it is."""
    if not _HANDLE.fullmatch(wanted.handle):
        raise Undeliverable("handle")
    about = get(f"{wanted.handle}?phone_number_id={settings.WHATSAPP_PHONE_ID}")
    size = text(about, "file_size")
    if size.isdecimal() and int(size) > MOST_BYTES:
        raise Undeliverable("size")
    data = _download(text(about, "url"))
    if not data or (size.isdecimal() and int(size) != len(data)):
        raise Undeliverable("size")
    if not _is_digest_of(text(about, "sha256"), data):
        raise Undeliverable("sha256")
    return data


def get(path: str) -> Thing:
    """Ask something; nothing is changed by it."""
    return _asked("GET", f"{_base()}/{path}")


def post(path: str, body: dict[str, Any]) -> Thing:
    """Change something that may be changed twice to the same effect."""
    return _asked("POST", f"{_base()}/{path}", body)


def _asked(method: str, url: str, body: dict[str, Any] | None = None) -> Thing:
    try:
        answer = _line().request(method, url, json=body, headers=_headers(), timeout=TIMEOUT)
    except FAULTS as error:
        raise TryLater(type(error).__name__) from None
    if not answer.is_success:
        raise _harmless(errors.refusal(answer))
    return _object(answer)


def _download(url: str) -> bytes:
    """At most `MOST_BYTES`, from Meta's own machines, and no way round by a redirect."""
    if not is_theirs(url):
        raise Undeliverable("host")
    data = bytearray()
    try:
        with _line().stream("GET", url, headers=_headers(), timeout=FILE_TIMEOUT) as answer:
            if not answer.is_success:
                raise _of_a_file(answer)
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > MOST_BYTES:
                    raise Undeliverable("size")
    except FAULTS as error:
        raise TryLater(type(error).__name__) from None
    return bytes(data)


def _of_a_file(answer: httpx.Response) -> Exception:
    """The address of a file lasts five minutes; asked for anew, there is another."""
    if answer.is_redirect:
        return Undeliverable("host")
    word = f"HTTP {answer.status_code}"
    return Undeliverable(word) if answer.status_code == 410 else TryLater(word)


def is_theirs(url: str) -> bool:
    """Whether our token may go there: over HTTPS to Meta, or to the address in the settings."""
    try:
        parts, ours = urlsplit(url), urlsplit(settings.WHATSAPP_URL)
        if (parts.scheme, parts.hostname, parts.port) == (ours.scheme, ours.hostname, ours.port):
            return True
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and port in {None, 443} and host.endswith(HOSTS)


def _is_digest_of(said: str, data: bytes) -> bool:
    """Documented in hexadecimal here and in base64 there; where it is not said, there is nothing to hold it to."""
    if not said:
        return True
    true = hashlib.sha256(data).digest()
    try:
        return said.lower() == true.hex() or base64.b64decode(said, validate=True) == true
    except (binascii.Error, ValueError):
        return False


def _harmless(error: Exception) -> Exception:
    """What told nobody anything may be asked again."""
    return TryLater(error.code) if isinstance(error, Unknown) else error


def _object(answer: httpx.Response) -> Thing:
    try:
        found = answer.json()
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _base() -> str:
    return f"{settings.WHATSAPP_URL}/{settings.WHATSAPP_VERSION}"


def _url(what: str) -> str:
    return f"{_base()}/{settings.WHATSAPP_PHONE_ID}/{what}"


def _headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {settings.WHATSAPP_TOKEN}"}
