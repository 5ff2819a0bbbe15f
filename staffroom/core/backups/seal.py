"""Closing a backup with age (https://age-encryption.org): one public key here, the secret one elsewhere."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage
from pyrage.x25519 import Identity, Recipient

from staffroom.core.backups import Unusable
from staffroom.core.full import is_full

MAGIC = b"age-encryption.org/"
ENDING = ".age"


def new_pair() -> tuple[str, str]:
    """A public and a secret key."""
    identity = Identity.generate()
    return str(identity.to_public()), str(identity)


def recipients(keys: list[str]) -> list[Recipient]:
    """The public keys as the settings give them."""
    found = []
    for key in keys:
        try:
            found.append(Recipient.from_str(key))
        except pyrage.RecipientError:
            secret = key.upper().startswith("AGE-SECRET-KEY")
            raise Unusable(
                "STAFFROOM_BACKUP_KEY holds a secret key, which must not be on this machine. Put "
                "the public one there (it begins with age1)."
                if secret
                else f"STAFFROOM_BACKUP_KEY holds {key[:12]!r}…, which is no public key of age "
                "(it begins with age1). `staffroom backup-key` makes a pair."
            ) from None
    return found


def identities(text: str) -> list[Identity]:
    """The secret keys in a file: one a line, with comments."""
    lines = [line.strip() for line in text.splitlines()]
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            try:
                found.append(Identity.from_str(line))
            except pyrage.IdentityError:
                raise Unusable(
                    "that is no secret key of age; it begins with AGE-SECRET-KEY-1."
                ) from None
    if not found:
        raise Unusable("there is no secret key in it; it begins with AGE-SECRET-KEY-1.")
    return found


def is_sealed(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


@contextmanager
def closing(out: IO[bytes], keys: list[str]) -> Iterator[IO[bytes]]:
    """What is written into the file that this gives arrives in `out` sealed; the clear text is nowhere."""
    to = recipients(keys)
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def seal() -> None:
        with os.fdopen(reading, "rb") as source:
            try:
                pyrage.encrypt_io(source, out, to)
            except BaseException as error:
                failed.append(error)
                while source.read(1 << 20):  # whoever writes must not wait for ever
                    pass

    thread = threading.Thread(target=seal, name="seal", daemon=True)
    thread.start()
    try:
        with os.fdopen(writing, "wb") as file:
            yield file
    finally:
        thread.join()
    if failed:
        raise failed[0]


def unseal(source: Path, target: Path, keys: list[Identity]) -> None:
    """Open a sealed backup into a file of our own."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with source.open("rb") as reader, os.fdopen(handle, "wb") as writer:
            pyrage.decrypt_io(reader, writer, keys)
    except BaseException as error:
        target.unlink(missing_ok=True)
        if isinstance(error, (OSError, pyrage.DecryptError)):
            raise Unusable(_why(source.name, error)) from error
        raise


def _why(name: str, error: BaseException) -> str:
    if is_full(error):
        return f"there is no room on the disk to open {name}; nothing was changed. Make room first."
    if "No matching keys" in str(error):
        return (
            f"{name} cannot be opened with this key: it was closed for another one. "
            "Take the secret key whose public one stood in STAFFROOM_BACKUP_KEY then."
        )
    if isinstance(error, OSError) and error.errno:
        return f"{name} cannot be read ({error.strerror})."
    return f"{name} is cut off or damaged. Copy it again from where it was made, or take another."
