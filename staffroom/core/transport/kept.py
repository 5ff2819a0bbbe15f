"""The pages that browsers have, so that the next one may be told by its differences alone.

A row says nothing to whoever reads the database, or a copy of it: it names neither a person nor a
page, and the page is sealed with a key made of the secret key, which lies outside the database, and
the browser session's key. It is found by that session alone, and gone with it. So what a page shows
to one person alone (a draft, one's own question without a name) is no easier to come by than before.
The day is kept, never the hour. No backup has these rows (`core.backups.rows`).
"""

import datetime as dt
import hashlib
import hmac
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from staffroom.core.clock import today
from staffroom.core.models import KeptPage
from staffroom.core.prepared import Prepared

#: A session has so many places. Two patterns in one place push each other out: a page costs a little more.
PLACES = 64
#: A larger page (a long list for printing) is not kept.
LARGEST = 200_000
#: All pages together, sealed. Beyond it the older ones go, then those of every second session.
MOST_BYTES = 512_000_000
NONCE = 12

_FOUND = Prepared(lambda mark: KeptPage.objects.filter(mark=mark).values_list("page"), uuid.UUID)


def find(session: str, digest: bytes) -> bytes | None:
    """The page with this hash, if this session was given it."""
    row = None
    with suppress(DatabaseError):
        row = _FOUND.first(_mark(session, digest))
    if row is None:
        return None
    sealed = bytes(row[0])
    with suppress(InvalidTag, zstandard.ZstdError):
        small = AESGCM(_key(session)).decrypt(sealed[:NONCE], sealed[NONCE:], None)
        page = zstandard.decompress(small, max_output_size=LARGEST)
        if hashlib.sha256(page).digest() == digest:
            return page
    return None


def keep(session: str, pattern: str, page: bytes, digest: bytes) -> bool:
    """Keep what goes to this browser now, in place of what it had for the same pattern; whether it was kept."""
    if len(page) > LARGEST:
        return False
    nonce = os.urandom(NONCE)
    sealed = nonce + AESGCM(_key(session)).encrypt(nonce, zstandard.compress(page, 3), None)
    row = KeptPage(
        place=_first_place(session) + hashlib.sha256(pattern.encode()).digest()[0] % PLACES,
        mark=_mark(session, digest),
        day=today(),
        size=len(sealed),
        page=sealed,
    )
    try:
        with _lightly(), transaction.atomic():
            KeptPage.objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=["place"],
                update_fields=["mark", "day", "size", "page"],
            )
    except DatabaseError:
        return False  # busy, full or read-only: the page goes as it always did
    return True


def forget(sessions: Iterable[str]) -> None:
    """These sessions ended, and their pages with them."""
    for session in sessions:
        first = _first_place(session)
        KeptPage.objects.filter(place__gte=first, place__lt=first + PLACES).delete()


def sweep() -> None:
    """Forget what no browser can still have, and what is too much."""
    KeptPage.objects.filter(day__lt=today() - dt.timedelta(days=1)).delete()
    if _bytes() > MOST_BYTES:
        KeptPage.objects.filter(day__lt=today()).delete()
    below, step = 0, 1 << 62
    while _bytes() > MOST_BYTES:  # half of the sessions, then half of those that are left
        below, step = below + step, step >> 1
        KeptPage.objects.filter(place__lt=below).delete()


def _bytes() -> int:
    return int(KeptPage.objects.aggregate(all=Sum("size"))["all"] or 0)


def _keyed(purpose: str, session: str, more: bytes = b"") -> bytes:
    text = f"transport {purpose} {session} ".encode() + more
    return hmac.digest(settings.SECRET_KEY.encode(), text, "sha256")


def _key(session: str) -> bytes:
    return _keyed("key", session)


def _mark(session: str, digest: bytes) -> uuid.UUID:
    return uuid.UUID(bytes=_keyed("mark", session, digest)[:16])


def _first_place(session: str) -> int:
    """57 bits of the session, then six for the pattern: a whole number of the database."""
    return (int.from_bytes(_keyed("place", session)[:8]) >> 7) * PLACES


@contextmanager
def _lightly() -> Iterator[None]:
    """Whoever reads does not wait for the disk, nor for whoever writes. (PostgreSQL keeps this
    table unlogged: the migration says so.)"""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA busy_timeout=100")
        try:
            yield
        finally:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute(f"PRAGMA busy_timeout={_timeout()}")


def _timeout() -> int:
    return int(float(connection.settings_dict["OPTIONS"].get("timeout", 5)) * 1000)
