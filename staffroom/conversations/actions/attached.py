"""Voice notes and papers: kept small, waiting for a post, attached once, forgotten with it.

As with photos, a file is written before its row commits and deleted after the row has gone; what a
crash leaves behind is swept at night.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Iterable
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations.actions import search_text
from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.trusting import words_changed
from staffroom.conversations.models import Document, Post, Recording
from staffroom.conversations.permissions import check_answer, gone
from staffroom.core import audit
from staffroom.core.errors import NotYours, Refused
from staffroom.core.texts import bounded, plain
from staffroom.people.models import Person

Thing = Recording | Document
KINDS: tuple[type[Thing], ...] = (Recording, Document)
MOST: dict[type[Thing], int] = {Recording: 1, Document: 2}
FOLDERS: dict[type[Thing], str] = {Recording: "voice", Document: "papers"}
FIELDS: dict[type[Thing], str] = {Recording: "voice", Document: "file"}
MAX_TRANSCRIPT = 3000
WAITS = dt.timedelta(days=1)


def may_attach(kind: str, *, anonymous: bool) -> bool:
    """A voice is known by its sound and a paper by its letters: where no name is shown, only photos."""
    return kind == "photo" or not anonymous


def has_more_than_words(post: Post) -> bool:
    """Whether it may stand without words."""
    return post.attached_count > 0 or post.photos.exists()


def keep_recording(*, by: Person, community: Community, file: IO[bytes]) -> Recording:
    """Keep a voice note that waits for its post. The same sound again is the same row."""
    check_answer(by, community)
    from staffroom.core import sound  # its library is large, and few processes need it

    note = sound.shrink(file)
    kept = _keep(Recording, by, community, note.data, "webm", seconds=note.seconds)
    assert isinstance(kept, Recording)
    return kept


def keep_document(*, by: Person, community: Community, file: IO[bytes], name: str) -> Document:
    """Keep a paper that waits for its post; its first page is drawn by the worker."""
    check_answer(by, community)
    from staffroom.core import documents  # likewise

    most = community.programme.file_limit_kb * 1000
    paper = documents.clean(file, name, most=most)
    about = {"name": paper.name, "kind": paper.kind, "pages": paper.pages}
    kept = _keep(Document, by, community, paper.data, paper.kind, **about)
    assert isinstance(kept, Document)
    return kept


def _keep(
    model: type[Thing], by: Person, community: Community, data: bytes, ending: str, **about: Any
) -> Thing:
    digest = hashlib.sha256(data).hexdigest()
    mine = model.objects.filter(owner=by, community=community, digest=digest, post=None)
    if known := mine.first():
        return known
    # Under a random name: neither person, place nor time can be read from it.
    path = f"{FOLDERS[model]}/{uuid.uuid4().hex}.{ending}"
    name = default_storage.save(path, ContentFile(data))
    try:
        with transaction.atomic():
            kept = model.objects.create(
                owner=by, community=community, file=name, size=len(data), digest=digest, **about
            )
            audit.write(f"{model._meta.model_name}.kept", actor=by, on=kept)
            if isinstance(kept, Document):
                _draw_later(kept)
    except IntegrityError:  # the same, sent twice at once
        default_storage.delete(name)
        return mine.get()
    except BaseException:
        default_storage.delete(name)
        raise
    return kept


def _draw_later(document: Document) -> None:
    from staffroom.conversations.actions.first_pages import draw_first_page

    draw_first_page.enqueue(document=str(document.pk))


@transaction.atomic
def attach(*, post: Post, by: Person, ids: Collection[uuid.UUID]) -> None:
    """Give the post what waits under these ids. Sending it again changes nothing."""
    if not ids:
        return
    if post.author_id is None and getattr(post, "anonymous", False):
        raise Refused(not_without_name(), "voice")
    if post.author_id != by.pk:
        raise NotYours
    hold(post)  # two sendings at once are counted one after the other
    count = sum(_attach_kind(model, post, by, ids) for model in KINDS)
    if count:
        recount(post)
        search_text.remember(post)
        audit.write("files.attached", actor=by, on=post, files=count)


def recount(post: Post) -> None:
    """How many stand with the post now."""
    post.attached_count = post.recordings.count() + post.documents.count()
    Post.objects.filter(pk=post.pk).update(attached_count=post.attached_count)


def _attach_kind(model: type[Thing], post: Post, by: Person, ids: Collection[uuid.UUID]) -> int:
    waiting: list[Thing] = list(
        model.objects.select_for_update()
        .filter(pk__in=ids, owner=by, community=post.community_id, post=None)
        .order_by("id")
    )
    there = set(model.objects.filter(post=post).values_list("digest", flat=True))
    fresh = [one for one in waiting if one.digest not in there]
    if len(there) + len(fresh) > MOST[model]:
        raise Refused(too_many(model), FIELDS[model])
    for one in fresh:
        one.post = post
        one.save(update_fields=["post"])
    for again in waiting:
        if again not in fresh:
            forget(again)
    return len(fresh)


def too_many(model: type[Thing]) -> str:
    if model is Recording:
        return _("A post can have one voice note. Please leave one out, or send a second post.")
    return _("A post can have %(most)s files. Please leave some out, or send a second post.") % {
        "most": MOST[Document]
    }


def not_without_name() -> str:
    return _("A voice note or a file shows who sends it. Without your name, send words or a photo.")


def clean_transcript(text: str) -> str:
    text = plain(text)
    return bounded(text, MAX_TRANSCRIPT, "transcript")


@transaction.atomic
def transcribe(*, by: Person, recording: Recording, transcript: str) -> Recording:
    """The author writes down what the note says, before it is sent or later."""
    held = Recording.objects.select_for_update().filter(pk=recording.pk, owner=by).first()
    if held is None or (held.post is not None and gone(held.post)):
        raise NotYours
    words = clean_transcript(transcript)
    if words == held.transcript:
        return held
    held.transcript = words
    held.save(update_fields=["transcript"])
    audit.write("recording.transcribed", actor=by, on=held)
    touch(held)
    return held


@transaction.atomic
def discard(*, by: Person, thing: Thing) -> None:
    """The owner leaves out what was waiting, or takes it out of a post again."""
    held = type(thing).objects.select_for_update().filter(pk=thing.pk, owner=by).first()
    if held is None:
        raise NotYours
    audit.write(f"{held._meta.model_name}.discarded", actor=by, on=held)
    forget(held)
    touch(held)


def touch(thing: Thing) -> None:
    """The post shows something else now."""
    if thing.post_id is None:
        return
    post = Post.objects.select_for_update().get(pk=thing.post_id)
    recount(post)
    post.version += 1
    post.save(update_fields=["version"])
    words_changed(post)
    search_text.remember(post)


def forget(thing: Thing) -> None:
    """The row now, its files once that is certain."""
    names = list(_files(thing))
    type(thing).objects.filter(pk=thing.pk).delete()
    if thing.post is not None:
        recount(thing.post)
    transaction.on_commit(lambda: _delete(names))


def _files(thing: Thing) -> Iterable[str]:
    yield thing.file.name or ""
    if isinstance(thing, Document) and thing.first_page:
        yield thing.first_page.name or ""


def sweep(now: dt.datetime) -> None:
    """Nightly: what no post came for or was removed with a day ago, and files without a row."""
    reported = Post.objects.filter(reports__isnull=False, reports__decision=None)
    for model in KINDS:
        _sweep_files(model, now)
        due = model.objects.filter(
            Q(post=None, uploaded_at__lt=now - WAITS) | Q(post__removed_at__lt=now - WAITS)
        ).exclude(post__in=reported)
        for thing in due[:5000]:
            with transaction.atomic():
                forget(thing)


def _sweep_files(model: type[Thing], moment: dt.datetime) -> None:
    folder = FOLDERS[model]
    if not default_storage.exists(folder):
        return
    known = set(model.objects.values_list("file", flat=True))
    if model is Document:
        known |= set(Document.objects.values_list("first_page", flat=True))
    for leaf in default_storage.listdir(folder)[1]:
        name = f"{folder}/{leaf}"
        # Younger ones may be on their way into a row.
        if name not in known and default_storage.get_modified_time(name) < moment - WAITS:
            default_storage.delete(name)


def _delete(names: Iterable[str]) -> None:
    for name in names:
        if name:
            default_storage.delete(name)
