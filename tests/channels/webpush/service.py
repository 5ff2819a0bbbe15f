"""A push service and a browser behind it, after the RFCs and without the library that we send with.

It checks who knocks (RFC 8292), opens what came with the browser's key (RFC 8291) and keeps the words.
"""

import base64
import json
import struct
import time
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from staffroom.channels.switchboard.pretend import Answer, Pretend


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def opened(body: bytes, private: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """RFC 8291, section 3.4 and RFC 8188, section 2: one record."""
    salt, size, length = body[:16], struct.unpack("!I", body[16:20])[0], body[20]
    sender, box = body[21 : 21 + length], body[21 + length :]
    assert len(box) <= size
    shared = private.exchange(
        ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    )
    info = b"WebPush: info\0" + point(private.public_key()) + sender
    secret = derived(auth, shared, info, 32)
    key = derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(salt, secret, b"Content-Encoding: nonce\0", 12)
    padded = AESGCM(key).decrypt(nonce, box, None)
    said, mark = padded.rstrip(b"\0")[:-1], padded.rstrip(b"\0")[-1:]
    assert mark == b"\x02"  # the last record
    return said


class PushService(Pretend):
    """`made()` is what a browser's `subscribe` gives; `notes` are what it then shows."""

    def __init__(self, public: str = "") -> None:
        self.clock = time.time
        self.public = public  # the key for which the browsers subscribed
        self.browsers: dict[str, tuple[ec.EllipticCurvePrivateKey, bytes]] = {}
        self.gone: set[str] = set()
        self.notes: list[dict] = []
        self.waiting: dict[tuple[str, str], dict] = {}  # by browser and topic
        super().__init__()

    def made(self, name: str = "one") -> dict[str, str]:
        private, auth = ec.generate_private_key(ec.SECP256R1()), name.encode().ljust(16, b"*")[:16]
        self.browsers[f"/send/{name}"] = (private, auth)
        return {
            "endpoint": f"https://push.example.org/send/{name}",
            "p256dh": text_of(point(private.public_key())),
            "auth": text_of(auth),
            "made_for": self.public,
        }

    def answer(self, asked):
        if asked.path in self.gone or asked.path not in self.browsers:
            return Answer(410)
        if wrong := self.wrong_about(asked):
            return Answer(403, wrong.encode())
        if len(asked.body) > 4096:
            return Answer(413)
        note = json.loads(opened(asked.body, *self.browsers[asked.path]))
        self.notes.append(note)
        self.waiting[asked.path, asked.headers["topic"]] = note
        return Answer(201, headers={"Location": "/message/1"})

    def wrong_about(self, asked) -> str:
        """RFC 8292, sections 2 and 4.2."""
        scheme, _space, rest = asked.headers.get("authorization", "").partition(" ")
        said = dict(part.strip().split("=", 1) for part in rest.split(","))
        if scheme.lower() != "vapid" or said["k"] != self.public:
            return "not who subscribed"
        head, claims, sign = said["t"].split(".")
        raw = bytes_of(sign)
        known = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(said["k"]))
        pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        try:
            known.verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return "not signed"
        told = json.loads(bytes_of(claims))
        if json.loads(bytes_of(head)) != {"typ": "JWT", "alg": "ES256"}:
            return "not ES256"
        if told["aud"] != "https://push.example.org" or asked.headers["host"] != "push.example.org":
            return "for somebody else"
        if not self.clock() < told["exp"] <= self.clock() + 24 * 3600:
            return "not now"
        if not told["sub"].startswith(("mailto:", "https://")):
            return "nobody to write to"
        if int(asked.headers["ttl"]) < 0 or len(asked.headers["topic"]) > 32:
            return "no such TTL or topic"
        return ""

    def door(self, endpoint: str):
        """In place of `doors.open_to`: the name leads to this machine."""
        from staffroom.channels.webpush.doors import Door

        parts = urlsplit(endpoint)
        return Door(self.url + parts.path, parts.hostname or "")
