"""Signed packages: a zip that people can read, whose every byte is vouched for by an Ed25519 key.

Inside stand the files, `manifest.json` (format, version, who signed, the SHA-256 of every file) and
`manifest.sig` (the signature over the manifest's bytes, base64). Whoever opens one learns whose key
signed it; whether that key is trusted is for the reader to decide. Nothing is unpacked to a disk.
"""

import base64
import binascii
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.forms import one_line

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
MOST_BYTES = 20_000_000  # unpacked
MOST_FILES = 5_000
#: So that the same notes on the same day make the same file.
NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Opened:
    """A package whose signature holds."""

    fingerprint: str
    signer: str
    about: dict[str, Any]
    files: Mapping[str, bytes]


def own_key() -> Ed25519PrivateKey:
    """This installation's key, made from a secret that is kept beside the data."""
    seed = hashlib.sha256(b"staffroom signed packages 1:" + settings.PACKAGE_KEY.encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def own_fingerprint() -> str:
    return fingerprint(_raw(own_key().public_key()))


def fingerprint(public: bytes) -> str:
    """By which people know a key: 32 letters and digits, in groups of four."""
    text = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(text[at : at + 4] for at in range(0, 32, 4))


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def seal(
    files: Mapping[str, bytes],
    *,
    format: str,
    version: int,
    signer: str,
    key: Ed25519PrivateKey | None = None,
    **about: Any,
) -> bytes:
    """The package as bytes."""
    key = key or own_key()
    manifest = {
        "format": format,
        "version": version,
        "signer": signer,
        "key": base64.b64encode(_raw(key.public_key())).decode(),
        **about,
        "files": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    said = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            _put(archive, name, files[name])
        _put(archive, MANIFEST, said)
        _put(archive, SIGNATURE, base64.b64encode(key.sign(said)))
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def open_package(data: bytes, *, format: str, newest: int) -> Opened:
    """Check everything; `Refused` with a sentence that says what is wrong."""
    files = _unpacked(data)
    said, signature = files.pop(MANIFEST, None), files.pop(SIGNATURE, None)
    if said is None:
        raise Refused(_("This is a zip file, but no package of Staffroom."), "file")
    if signature is None:
        raise Refused(
            _("This package is not signed, so nobody can say who made it. Ask for it anew."), "file"
        )
    manifest = _manifest(said)
    public = _verified(manifest, said, signature)
    if manifest.get("format") != format:
        raise Refused(_("This package holds something else than is taken here."), "file")
    if not isinstance(manifest.get("version"), int) or manifest["version"] < 1:
        raise Refused(_damaged(), "file")
    if manifest["version"] > newest:
        raise Refused(
            _(
                "This package was made by a newer Staffroom (format %(theirs)s; this one reads "
                "%(ours)s). Upgrade here first."
            )
            % {"theirs": manifest["version"], "ours": newest},
            "file",
        )
    _check_files(manifest, files)
    signer = one_line(str(manifest.get("signer", ""))[:500])[:120]
    return Opened(fingerprint(public), signer, manifest, files)


def _damaged() -> str:
    return _("This package is damaged. Ask for it anew.")


def _altered() -> str:
    return _("This package was changed after it was signed. Do not use it; ask for it anew.")


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Every file in memory, bounded by what really comes out, whatever the zip claims."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or len({each.filename for each in entries}) < len(entries):
                raise Refused(_damaged(), "file")
            files, left = {}, MOST_BYTES
            for entry in entries:
                with archive.open(entry) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise Refused(
                        _("Unpacked, this is more than %(most)s MB. Ask for it in parts.")
                        % {"most": MOST_BYTES // 1_000_000},
                        "file",
                    )
                files[entry.filename] = content
            return files
    except zipfile.BadZipFile:
        raise Refused(_("This is not a zip file."), "file") from None
    except (RuntimeError, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        raise Refused(_damaged(), "file") from None


def _manifest(said: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(said)
    except (ValueError, RecursionError):
        raise Refused(_damaged(), "file") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise Refused(_damaged(), "file")
    return manifest


def _verified(manifest: dict[str, Any], said: bytes, signature: bytes) -> bytes:
    """The public key whose signature holds."""
    try:
        public = base64.b64decode(str(manifest.get("key", "")), validate=True)
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(base64.b64decode(signature, validate=True), said)
    except (InvalidSignature, binascii.Error, ValueError):
        raise Refused(_altered(), "file") from None
    return public


def _check_files(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    if sums != manifest["files"]:
        raise Refused(_altered(), "file")
