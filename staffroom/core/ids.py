"""Identifiers: UUIDv7, made where the thing is made (phone, channel or server)."""

import base64
import os
import time
import uuid

#: An identifier that nothing has (RFC 9562, section 5.9).
NOBODY = uuid.UUID(int=0)


def uuid7() -> uuid.UUID:
    """A time-ordered UUID (RFC 9562, section 5.7): 48 bits of Unix milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def short(value: uuid.UUID) -> str:
    """The 22 characters by which an identifier stands in a URL."""
    return base64.urlsafe_b64encode(value.bytes).rstrip(b"=").decode()


def from_short(text: str) -> uuid.UUID:
    """The identifier that `short` wrote; ValueError for anything else."""
    if len(text) != 22:
        raise ValueError("a short identifier has 22 characters")
    value = uuid.UUID(bytes=base64.urlsafe_b64decode(text + "=="))
    if short(value) != text:  # one spelling only: the unused low bits must be zero
        raise ValueError("not a short identifier")
    return value


class ShortUUIDConverter:
    """URL path converter `<uid:name>`."""

    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> uuid.UUID:
        return from_short(value)

    def to_url(self, value: uuid.UUID | str) -> str:
        return short(value if isinstance(value, uuid.UUID) else uuid.UUID(value))
