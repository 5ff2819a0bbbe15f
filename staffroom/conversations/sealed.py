"""The seal: who wrote an anonymous post is known to that person's own pages, and to nobody else.

The one module that touches `SealedAuthor`. A row is AES-256-GCM over the author's id, bound to the
post (its id is the associated data), under a key kept outside the database. The nonce is random, so
two questions of one person look like questions of two. A wrong or lost key opens nothing and breaks
nothing: the questions stand, their askers alone are no longer told from others.
"""

import datetime as dt
import hashlib
import hmac
import os
import uuid
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db.models import QuerySet

from staffroom.conversations.models import Post, SealedAuthor
from staffroom.core import rekey
from staffroom.people.models import Person

NONCE = 12
#: The hours at which a part of the day begins: night, morning, afternoon, evening.
PARTS = (0, 5, 12, 17)
Ids = frozenset[uuid.UUID]


def seal(post_id: uuid.UUID, person: Person) -> None:
    """Close away who wrote the post."""
    SealedAuthor.objects.create(post_id=post_id, box=_closed(post_id, person.pk))


def boxes() -> list[rekey.Boxes]:
    """For a new key: each box as it is, and closed anew. Nothing of what is inside leaves this module."""
    return [
        rekey.Boxes("seal", "questions without a name", SealedAuthor.objects.all, _state, _renew)
    ]


def wrote(person: Person, post: Post) -> bool:
    """Whether the person wrote the post, with a name or without."""
    if not post.anonymous:
        return post.author_id == person.pk
    return bool(mine(person, [post]))


def mine(person: Person, posts: Iterable[Post]) -> Ids:
    """Which of these are the person's own anonymous posts. No query where none is anonymous."""
    return among(person, [post.pk for post in posts if post.anonymous])


def among(person: Person, ids: Sequence[uuid.UUID] | QuerySet[Any, Any]) -> Ids:
    """Which of the anonymous posts with these ids (a list, or a query of them) are the person's own."""
    if isinstance(ids, Sequence) and not ids:
        return frozenset()
    rows = SealedAuthor.objects.filter(post_id__in=ids).values_list("post_id", "box")
    return frozenset(post for post, box in rows if _open(post, box) == person.pk)


def all_of(person: Person) -> Ids:
    """All anonymous posts of the person. Opens every box: for the rare pages of one person."""
    rows = SealedAuthor.objects.values_list("post_id", "box").iterator(chunk_size=2000)
    return frozenset(post for post, box in rows if _open(post, box) == person.pk)


def open_for_abuse(post: Post) -> uuid.UUID | None:
    """The author's id. Only `actions.unseal` calls this, once two people have agreed."""
    row = SealedAuthor.objects.filter(post_id=post.pk).values_list("post_id", "box").first()
    return _open(*row) if row else None


def forget(person: Person) -> Ids:
    """Break the seals of an erased person: from then on nobody is behind these posts."""
    own = all_of(person)
    SealedAuthor.objects.filter(post_id__in=own).delete()
    return own


def hand_over(drop: Person, keep: Person) -> None:
    """Two accounts were one person's: what one asked belongs to the other from now on."""
    for post in forget(drop):
        seal(post, keep)


def id_for(person: Person, sent: uuid.UUID) -> uuid.UUID:
    """The id under which an anonymous post is kept: the same for the same sending by the same person.

    An id made on a phone tells the millisecond, and the phone may keep it; this one tells neither.
    """
    made = _keyed(b"id", person.pk.bytes + sent.bytes)[:16]
    return uuid.UUID(bytes=made, version=4)


def alias(person: Person) -> str:
    """What stands for the person where anonymous acts are counted against stuck phones."""
    return _keyed(b"rate", person.pk.bytes).hex()


def moment(now: dt.datetime, zone: str, after: dt.datetime | None) -> dt.datetime:
    """The time that an anonymous act is given: the beginning of this part of the day.

    Where something was written since (`after`), just after that, so that the order is kept and
    whoever waits for news misses nothing. So it tells no more than the order does.
    """
    local = now.astimezone(ZoneInfo(zone))
    hour = max(each for each in PARTS if each <= local.hour)
    begun = local.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(dt.UTC)
    return max(begun, after + dt.timedelta(microseconds=1)) if after else begun


def opens_newest() -> bool | None:
    """Whether the key opens what was sealed last; None where nothing is sealed yet."""
    newest = Post.objects.filter(anonymous=True, pk__in=SealedAuthor.objects.values("post_id"))
    post = newest.order_by("-created_at").first()
    return None if post is None else open_for_abuse(post) is not None


def _open(post_id: uuid.UUID, box: bytes | memoryview) -> uuid.UUID | None:
    for key in (settings.SEAL_KEY, *settings.SEAL_OLD_KEYS):
        if (found := _opened(key, post_id, bytes(box))) is not None:
            return found
    return None


def _opened(key: str, post_id: uuid.UUID, box: bytes) -> uuid.UUID | None:
    try:
        return uuid.UUID(bytes=_cipher(key).decrypt(box[:NONCE], box[NONCE:], post_id.bytes))
    except (InvalidTag, ValueError):
        return None


def _closed(post_id: uuid.UUID, person: uuid.UUID) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher(settings.SEAL_KEY).encrypt(nonce, person.bytes, post_id.bytes)


def _state(row: SealedAuthor) -> str:
    if _opened(settings.SEAL_KEY, row.post_id, bytes(row.box)) is not None:
        return rekey.NEW
    return rekey.LOST if _open(row.post_id, row.box) is None else rekey.OLD


def _renew(row: SealedAuthor) -> list[str]:
    person = _open(row.post_id, row.box)
    assert person is not None
    row.box = _closed(row.post_id, person)
    return ["box"]


def _keyed(what: bytes, about: bytes) -> bytes:
    return hmac.digest(settings.SEAL_KEY.encode(), what + b"|" + about, "sha256")


@lru_cache(maxsize=4)
def _cipher(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"author|" + key.encode()).digest())
