"""Photos: kept small, waiting for a post, attached once, forgotten when nobody needs them.

A file is written before its row commits, and deleted after: so a row never lacks its file. A file
without a row (a rollback, a crash) is swept at night.
"""

import datetime as dt
import hashlib
import io
import uuid
from collections.abc import Iterable, Sequence
from typing import IO

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations import photo_files, sealed
from staffroom.conversations.actions import search_text
from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.trusting import words_changed
from staffroom.conversations.models import Photo, Post
from staffroom.conversations.permissions import check_answer
from staffroom.conversations.photo_files import FOLDER, LARGE_BYTES, SMALL_BYTES
from staffroom.core import audit, outbox
from staffroom.core.errors import NotYours, Refused
from staffroom.core.pictures import Shrunk, shrink
from staffroom.people.models import Person

MOST = 4
#: How long a photo waits for its post, and a removed post's photo for its nightly end.
WAITS = dt.timedelta(days=1)
#: How long, in points, a photo is for a look and for a close look.
SMALL_SIDE, LARGE_SIDE = 480, 1280
#: So many old photos a night get the formats that they lack.
A_NIGHT = 500


#: A photo for a close look, and for a look.
Pair = tuple[Shrunk, Shrunk]


def pair(file: IO[bytes]) -> Pair:
    """The photo in both its sizes; `Refused` at "photo" for what cannot be taken."""
    large = _large(file)
    return large, _small(large)


def _large(file: IO[bytes]) -> Shrunk:
    return shrink(file, max_side=LARGE_SIDE, max_bytes=LARGE_BYTES)


def _small(large: Shrunk) -> Shrunk:
    return shrink(io.BytesIO(large.data), max_side=SMALL_SIDE, max_bytes=SMALL_BYTES)


def keep(*, by: Person, community: Community, file: IO[bytes]) -> Photo:
    """Keep a photo that waits for its post. The same photo again is the same row."""
    check_answer(by, community)
    large = _large(file)
    digest = hashlib.sha256(large.data).hexdigest()
    mine = Photo.objects.filter(owner=by, community=community, digest=digest, post=None)
    if known := mine.first():
        return known
    photo = Photo(
        owner=by, community=community, digest=digest, **photo_files.write(large, _small(large))
    )
    try:
        with transaction.atomic():
            photo.save(force_insert=True)
            audit.write("photo.kept", actor=by, on=photo)
    except IntegrityError:  # the same photo, sent twice at once
        photo_files.delete(photo_files.names(photo))
        return mine.get()
    except BaseException:
        photo_files.delete(photo_files.names(photo))
        raise
    return photo


@transaction.atomic
def attach(
    *,
    post: Post,
    by: Person,
    photos: Iterable[uuid.UUID] = (),
    files: Sequence[IO[bytes]] = (),
) -> list[Photo]:
    """Give the post its photos: those that wait (by id) and new files. At most four a post.

    Sending a post again with the same photos changes nothing.
    """
    if post.anonymous or post.author_id != by.pk:
        raise NotYours
    wanted = set(photos) | {keep(by=by, community=post.community, file=file).pk for file in files}
    if not wanted:
        return []
    hold(post)  # two sendings at once are counted one after the other
    waiting = Photo.objects.select_for_update().filter(
        pk__in=wanted, owner=by, community=post.community_id, post=None
    )
    there = set(post.photos.values_list("digest", flat=True))
    fresh = [photo for photo in waiting.order_by("id") if photo.digest not in there]
    if len(there) + len(fresh) > MOST:
        raise Refused(too_many(), "photo")
    for photo in fresh:
        photo.post = post
        photo.save(update_fields=["post"])
    for again in waiting.exclude(pk__in=[photo.pk for photo in fresh]):
        forget(again)
    if fresh:
        search_text.remember(post)
        audit.write("photo.attached", actor=by, on=post, photos=len(fresh))
    return fresh


@transaction.atomic
def say_what_it_shows(*, photos: Iterable[Photo], shows: str) -> None:
    """Remember what its sender said of a photo that waits: whether a pupil can be known on it."""
    pks = [photo.pk for photo in photos]
    Photo.objects.filter(pk__in=pks, post=None).update(shows=shows)


def too_many() -> str:
    return _("A post can have %(most)s photos. Please leave some out, or send a second post.") % {
        "most": MOST
    }


@transaction.atomic
def discard(*, by: Person, photo: Photo) -> None:
    """The owner leaves out a photo that was waiting, or takes it out of a post again."""
    held = Photo.objects.select_for_update().filter(pk=photo.pk).first()
    if held is None or not owns(by, held):
        raise NotYours
    if held.owner_id is not None:
        audit.write("photo.discarded", actor=by, on=held)
    forget(held)
    if held.post_id is not None:
        post = Post.objects.select_for_update().get(pk=held.post_id)
        post.version += 1
        post.save(update_fields=["version"])
        words_changed(post)
        search_text.remember(post)


def owns(person: Person, photo: Photo) -> bool:
    """Whose photo it is; one of an anonymous post is its sealed author's."""
    if photo.post is not None and photo.post.anonymous:
        return sealed.wrote(person, photo.post)
    return photo.owner_id == person.pk


def forget(photo: Photo) -> None:
    """The row now, its files once that is certain."""
    names = photo_files.names(photo)
    Photo.objects.filter(pk=photo.pk).delete()
    transaction.on_commit(lambda: photo_files.delete(names))


def sweep(now: dt.datetime) -> None:
    """Nightly: photos whose post never came or was removed a day ago, and files without a row."""
    due = Photo.objects.filter(
        Q(post=None, uploaded_at__lt=now - WAITS) | Q(post__removed_at__lt=now - WAITS)
    ).exclude(post__in=Post.objects.filter(reports__isnull=False, reports__decision=None))
    # Files first: those of the rows below go only when it is certain that the rows have gone.
    _sweep_files(now)
    for photo in due[:5000]:
        with transaction.atomic():
            forget(photo)


def _sweep_files(moment: dt.datetime) -> None:
    if not default_storage.exists(FOLDER):
        return
    known = photo_files.names_in_rows()
    for leaf in default_storage.listdir(FOLDER)[1]:
        name = f"{FOLDER}/{leaf}"
        # Younger ones may be on their way into a row.
        if name not in known and default_storage.get_modified_time(name) < moment - WAITS:
            default_storage.delete(name)


def catch_up(now: dt.datetime) -> None:
    """Nightly: photos that came before there were other formats get them, some every night."""
    bare = Photo.objects.filter(hint="").order_by("-uploaded_at", "id")
    for pk in bare.values_list("pk", flat=True)[:A_NIGHT]:
        outbox.put("photo.forms", key=f"photo.forms:{pk}", photo=str(pk))


def give_forms(payload: dict[str, str]) -> None:
    """The other formats of one photo; it takes a part of a second, so outside any transaction."""
    photo = Photo.objects.filter(pk=payload["photo"], hint="").first()
    if photo is not None and default_storage.exists(str(photo.file.name)):
        photo_files.add_forms(photo)
