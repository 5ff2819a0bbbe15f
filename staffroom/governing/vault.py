"""Seals what is told about danger, with a key that is not in the database.

AES-256-GCM; the row's id goes into the seal, so that no text can be moved to another row. Every
message names the key it was sealed with, so that a new key can take over.
"""

import hashlib
import json
import secrets
import unicodedata
import uuid
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

FORM = b"1"
#: Letters and digits that nobody takes for another: no I, L, O, U.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12


class Lost(Exception):
    """The key with which this was sealed is not here."""


def seal(content: Any, about: uuid.UUID) -> bytes:
    """Something that JSON can hold, sealed for the row `about`."""
    key = settings.SAFEGUARDING_KEY
    nonce = secrets.token_bytes(12)
    text = json.dumps(content, ensure_ascii=False).encode()
    return FORM + _mark(key) + nonce + AESGCM(_derive(key)).encrypt(nonce, text, about.bytes)


def unseal(sealed: bytes | memoryview, about: uuid.UUID) -> Any:
    """What was sealed; `Lost` without its key, or if anybody has touched it."""
    blob = bytes(sealed)
    mark, nonce, rest = blob[1:5], blob[5:17], blob[17:]
    for key in _keys():
        if _mark(key) == mark:
            try:
                return json.loads(AESGCM(_derive(key)).decrypt(nonce, rest, about.bytes))
            except InvalidTag as error:
                raise Lost from error
    raise Lost


def is_new(sealed: bytes | memoryview) -> bool:
    """Whether it names the key of today as the one that closed it."""
    return bytes(sealed)[1:5] == _mark(settings.SAFEGUARDING_KEY)


def receipt_code(once: str) -> str:
    """The code for whoever wrote: always the same for one form, so that sending twice is harmless."""
    number = int.from_bytes(_keyed("code", once)[:8])
    letters = "".join(LETTERS[number >> 5 * place & 31] for place in range(LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def receipt_of(code: str) -> str:
    """How a code is kept: as a keyed hash."""
    return _keyed("receipt", plain(code)).hex()


def receipts_of(code: str) -> list[str]:
    """How it may have been kept, under this key and the earlier ones."""
    return [_keyed("receipt", plain(code), key).hex() for key in _keys()]


def plain(code: str) -> str:
    """The code without what people add or mistake: spaces, small letters, O for 0, other digits."""
    kept = []
    for char in unicodedata.normalize("NFKC", code or "").upper():
        digit = unicodedata.digit(char, None)
        kept.append(str(digit) if digit is not None else char)
    mended = "".join(kept).translate(str.maketrans("OIL", "011"))
    return "".join(char for char in mended if char in LETTERS)


def _keys() -> list[str]:
    return [settings.SAFEGUARDING_KEY, *settings.SAFEGUARDING_OLD_KEYS]


def _keyed(purpose: str, text: str, key: str = "") -> bytes:
    made = hmac.HMAC(_derive(key or settings.SAFEGUARDING_KEY), hashes.SHA256())
    made.update(f"{purpose}|{text}".encode())
    return made.finalize()


def _derive(key: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, b"staffroom.safeguarding").derive(key.encode())


def _mark(key: str) -> bytes:
    return hashlib.sha256(b"staffroom.safeguarding.mark" + key.encode()).digest()[:4]
