"""Twilio, Programmable Messaging: https://www.twilio.com/docs/messaging/api/message-resource

Sending: POST with basic auth; the answer is the message with its `sid`, or `{code, message, status}`.
They sign what they call us with: `X-Twilio-Signature` (https://www.twilio.com/docs/usage/security).
"""

import base64
import hmac
import logging
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from django.conf import settings
from django.urls import reverse

from staffroom.channels.sms import heard, line
from staffroom.channels.sms.provider import Form, Provider
from staffroom.channels.switchboard.messages import (
    Event,
    Fate,
    Media,
    Status,
    Taken,
    TryLater,
    Undeliverable,
    Unknown,
)
from staffroom.core.security import SMS_NEEDS
from staffroom.notices.links import whole

log = logging.getLogger(__name__)
OPTED_OUT = "21610"
#: What passes, though it comes with a status of 400: their queue is full, their account is busy.
FOR_NOW = {20003, 20429, 21611, 30001, 14107, 63018}
FATES = {
    "delivered": Fate.DELIVERED,
    "read": Fate.READ,
    "undelivered": Fate.FAILED,
    "failed": Fate.FAILED,
    "canceled": Fate.FAILED,
}
MOST_FILES = 10
MOST_BYTES = 12_000_000


def send(to: str, text: str) -> Taken:
    sender = settings.TWILIO_FROM
    form = {"To": to, "Body": text}
    if settings.HOSTS:  # an address that they cannot reach would be refused
        form["StatusCallback"] = whole(reverse("sms_twilio", args=["report"]))
    form["MessagingServiceSid" if sender.startswith("MG") else "From"] = sender
    account = quote(settings.TWILIO_ACCOUNT, safe="")
    url = f"{settings.TWILIO_URL.rstrip('/')}/2010-04-01/Accounts/{account}/Messages.json"
    answer = line.post(url, form, auth=(settings.TWILIO_ACCOUNT, settings.TWILIO_TOKEN))
    if answer.status_code >= 300:
        raise _refusal(answer)
    log.info("sms.taken", extra={"provider": "twilio", "status": answer.status_code})
    return _taken(answer)


def _refusal(answer: httpx.Response) -> Exception:
    """By their error code, which says more than the HTTP status."""
    try:
        code = int(answer.json()["code"])
    except (ValueError, KeyError, TypeError):
        line.check(answer)
        return Unknown("unreadable answer")
    if code in FOR_NOW or answer.status_code in line.PASSES or answer.status_code >= 500:
        return TryLater(str(code), line.after(answer))
    return Undeliverable(str(code))


def _taken(answer: httpx.Response) -> Taken:
    """A message that was made and failed at once has its `error_code` in the answer."""
    try:
        data: Any = answer.json()
        sid, code = str(data["sid"]), data.get("error_code")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unknown("unreadable answer") from None
    if code:
        raise Undeliverable(heard.token(str(code)))
    parts = str(data.get("num_segments") or "1")
    return Taken(
        id=heard.token(sid),
        parts=max(1, int(parts)) if parts.isdecimal() and len(parts) < 3 else 1,
        cost=_price(data.get("price")),
        currency=str(data.get("price_unit") or "")[:3].upper(),
    )


def _price(text: object) -> Decimal | None:
    """They write what they take with a minus; None until they know."""
    try:
        value = abs(Decimal(str(text)))
    except InvalidOperation:
        return None
    return value if value.is_finite() and value < 1_000_000 else None


def incoming(form: Form) -> list[Event]:
    """`MessageSid, From, To, Body, NumMedia, MediaUrl0, MediaContentType0 …`."""
    return heard.words(
        id=form.get("MessageSid", ""),
        sender=form.get("From", ""),
        text=form.get("Body", ""),
        files=list(_files(form)),
    )


def _files(form: Form) -> Iterable[Media]:
    number = form.get("NumMedia", "0")
    count = int(number) if number.isdecimal() and len(number) < 3 else 0
    for place in range(min(count, MOST_FILES)):
        if url := form.get(f"MediaUrl{place}"):
            yield Media(handle=url[:500], type=form.get(f"MediaContentType{place}", "")[:100])


def report(form: Form) -> list[Event]:
    """`MessageSid, MessageStatus, To, ErrorCode`."""
    id, code = heard.token(form.get("MessageSid", "")), heard.token(form.get("ErrorCode", ""))[:60]
    if not id:
        return []
    fate = FATES.get(form.get("MessageStatus", ""), Fate.SENT)
    events: list[Event] = [Status(id=id, fate=fate, at=heard.moment(""), why=code)]
    return events + (heard.stop(form.get("To", "")) if code == OPTED_OUT else [])


def fetch(media: Media) -> bytes:
    """The bytes of a picture, from their own host alone and no more than a photo may have."""
    asked, house = urlsplit(media.handle), urlsplit(settings.TWILIO_URL)
    if (asked.scheme, asked.netloc) != (house.scheme, house.netloc):
        raise Undeliverable("foreign address")
    auth = (settings.TWILIO_ACCOUNT, settings.TWILIO_TOKEN)
    try:
        # Their store stands elsewhere: httpx takes the key off when it is led to another host.
        with httpx.stream(
            "GET", media.handle, auth=auth, timeout=line.TIMEOUT, follow_redirects=True
        ) as answer:
            line.check(answer)
            return _bounded(answer.iter_bytes())
    except httpx.HTTPError as error:
        raise TryLater(type(error).__name__) from None


def _bounded(pieces: Iterable[bytes]) -> bytes:
    got = bytearray()
    for piece in pieces:
        got += piece
        if len(got) > MOST_BYTES:
            raise Undeliverable("too large")
    return bytes(got)


def signature(url: str, pairs: list[tuple[bytes, bytes]], token: str) -> str:
    """HMAC-SHA1 over the address and the sorted names with their values, in base64."""
    said = url.encode() + b"".join(name + value for name, value in sorted(set(pairs)))
    return base64.b64encode(hmac.digest(token.encode(), said, "sha1")).decode()


def signed(urls: Iterable[str], pairs: list[tuple[bytes, bytes]], given: str) -> bool:
    """Whether they signed this, at any of the addresses that this house has from outside."""
    token = settings.TWILIO_TOKEN
    return bool(token) and any(
        hmac.compare_digest(signature(url, pairs, token).encode(), given.encode()) for url in urls
    )


def number() -> str:
    """What people write to; behind a messaging service it must be said."""
    sender = settings.SMS_NUMBER or settings.TWILIO_FROM
    return sender if sender.lstrip("+").isdecimal() else ""


PROVIDER = Provider(
    key="twilio",
    name=SMS_NEEDS["twilio"][0],
    send=send,
    needs=SMS_NEEDS["twilio"][1],
    read={"in": incoming, "report": report},
    fetch=fetch,
    number=number,
    host=lambda: settings.TWILIO_URL,
    stopped=frozenset({OPTED_OUT}),
)
