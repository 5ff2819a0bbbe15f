"""The house's own key, by which a browser's maker knows who knocks (VAPID, RFC 8292)."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from django.conf import settings

from staffroom.core.clock import now
from staffroom.notices.links import whole

#: The order of P-256: a private key is a number from 1 to one below it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LASTS = 12 * 3600  # of one signature; a day is the most that they take


@dataclass(frozen=True)
class Key:
    private: ec.EllipticCurvePrivateKey
    public: str  # as browsers and their makers write it
    name: str  # what a subscription keeps of it


@lru_cache(maxsize=8)
def made_of(secret: str) -> Key:
    """The pair of a secret that is kept beside the data."""
    seed = hashlib.sha512(b"staffroom web push 1:" + secret.encode()).digest()
    private = ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, ec.SECP256R1())
    point = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return Key(private, text_of(point), hashlib.sha256(point).hexdigest()[:12])


def current() -> Key:
    return made_of(settings.WEBPUSH_KEY)


def named(name: str) -> Key | None:
    """The key of this name, among the present one and those that still count."""
    known = [current(), *(made_of(each) for each in settings.WEBPUSH_OLD_KEYS)]
    return next((each for each in known if each.name == name), None)


def authorization(endpoint: str, key: Key) -> str:
    """The header that says who knocks, at this maker alone and for some hours."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(now().timestamp()) + LASTS,
        "sub": _contact(),
    }
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = utils.decode_dss_signature(key.private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    token = f"{signed}.{text_of(r.to_bytes(32) + s.to_bytes(32))}"
    return f"vapid t={token}, k={key.public}"


def _contact() -> str:
    """Whom they write to when something is wrong: a mail address, or where we are."""
    said = [each for each in settings.SECURITY_CONTACTS if each.startswith(("mailto:", "https:"))]
    return said[0] if said else whole("/")


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    """ValueError where it is not such text."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _json(value: object) -> str:
    return text_of(json.dumps(value, separators=(",", ":")).encode())
