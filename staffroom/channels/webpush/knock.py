"""One notification to one browser: closed for it alone (RFC 8291), given to its maker (RFC 8030)."""

import json
import logging
from dataclasses import dataclass

import http_ece
import httpx
from cryptography.hazmat.primitives.asymmetric import ec

from staffroom.channels.switchboard.messages import TryLater, Undeliverable
from staffroom.channels.webpush import doors, keys
from staffroom.channels.webpush.models import Subscription

log = logging.getLogger(__name__)
TIMEOUT = httpx.Timeout(10, connect=5)
#: The browser has taken it back, or was taken away.
GONE = {404, 410}
#: Letters of a notification; a lock screen shows fewer.
LONGEST = 180
LONGEST_WAIT = 3600.0


class Gone(Exception):
    """There is nobody any more behind this door."""


@dataclass(frozen=True)
class Note:
    """What a browser shows. `topic`: a later one of the same takes the place of one that waits."""

    text: str
    path: str
    language: str
    right_to_left: bool = False
    topic: str = "new"
    urgency: str = "normal"
    lasts: int = 24 * 3600  # seconds that their server keeps it for a phone without signal

    def packed(self) -> bytes:
        """As short as can be: each letter is a teacher's money."""
        text = self.text if len(self.text) <= LONGEST else self.text[: LONGEST - 1].rstrip() + "…"
        said = {"b": text, "u": self.path, "l": self.language, "g": self.topic}
        if self.right_to_left:
            said["d"] = "rtl"
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def knock(subscription: Subscription, note: Note) -> None:
    """Returns once it is taken; else `Gone`, `Undeliverable` or `TryLater`."""
    key = keys.named(subscription.key)
    if key is None:
        raise Gone  # made for a key that we gave up
    door = doors.open_to(subscription.endpoint)
    headers = {
        "Host": door.host,
        "Authorization": keys.authorization(subscription.endpoint, key),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(note.lasts),
        "Topic": note.topic,
        "Urgency": note.urgency,
    }
    try:
        with httpx.Client(timeout=TIMEOUT) as client:  # it follows no redirect
            answer = client.post(
                door.url,
                content=closed(subscription, note.packed()),
                headers=headers,
                extensions={"sni_hostname": door.host},
            )
    # A second of the same topic takes the first one's place, so a broken line is no reason to stop.
    except httpx.HTTPError as error:
        raise TryLater(type(error).__name__) from None
    _check(answer)
    log.info("webpush.taken", extra={"status": answer.status_code})


def closed(subscription: Subscription, said: bytes) -> bytes:
    try:
        box: bytes = http_ece.encrypt(
            said,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=keys.bytes_of(subscription.p256dh),
            auth_secret=keys.bytes_of(subscription.auth),
            version="aes128gcm",
        )
    except (ValueError, http_ece.ECEException):
        raise Gone from None  # no browser has such a key
    return box


def _check(answer: httpx.Response) -> None:
    code = answer.status_code
    if code in (200, 201, 202, 204):
        return
    if code in GONE:
        raise Gone
    if code in (401, 403, 408, 425, 429) or code >= 500:
        raise TryLater(f"HTTP {code}", _after(answer))
    raise Undeliverable(f"HTTP {code}")  # 413: too long for them; 400: not understood


def _after(answer: httpx.Response) -> float | None:
    said = answer.headers.get("Retry-After", "")
    return min(float(said), LONGEST_WAIT) if said.isascii() and said.isdecimal() else None
