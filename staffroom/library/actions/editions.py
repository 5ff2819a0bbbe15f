"""The files of resources: kept under random names, before their row; forgotten after it."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from staffroom.library.models import Edition, Resource
from staffroom.library.reading import Taken
from staffroom.people.models import Person
from staffroom.places.models import Programme

FOLDER = "library"
#: What is younger may be on its way into a row.
WAITS = dt.timedelta(days=1)
BATCH = 500


def taken(file: IO[bytes], name: str, programme: Programme, most: int | None = None) -> Taken:
    """The file, cleaned; `Refused` where the programme's limit or its kind forbids."""
    from staffroom.library.reading.take import take  # its libraries are large

    return take(file, name, most=most or programme.file_limit_kb * 1000)


def is_same(resource: Resource, taken: Taken) -> bool:
    """The same bytes as the file that is shown."""
    now_shown = Edition.objects.filter(resource=resource, number=resource.edition)
    return now_shown.filter(digest=digest(taken)).exists()


def digest(taken: Taken) -> str:
    return hashlib.sha256(taken.data).hexdigest()


@dataclass(frozen=True)
class Stored:
    """A file that is on the disk and has no row yet."""

    path: str
    name: str
    kind: str
    size: int
    digest: str
    pages: int | None
    seconds: int | None
    words: str

    def forget(self) -> None:
        default_storage.delete(self.path)


def store(taken: Taken) -> Stored:
    """Put the bytes on the disk. Neither person, place nor time can be read from the name."""
    path = f"{FOLDER}/{uuid.uuid4().hex}.{taken.kind}"
    return Stored(
        path=default_storage.save(path, ContentFile(taken.data)),
        name=taken.name,
        kind=taken.kind,
        size=len(taken.data),
        digest=digest(taken),
        pages=taken.pages,
        seconds=taken.seconds,
        words=taken.words,
    )


@contextmanager
def kept(taken: Taken | None) -> Iterator[Stored | None]:
    """The bytes are on the disk before their row commits; gone again when it does not."""
    if taken is None:
        yield None
        return
    stored = store(taken)
    try:
        yield stored
    except BaseException:
        stored.forget()
        raise


def put(resource: Resource, stored: Stored, by: Person | None) -> Edition:
    """One more file, which is the one shown from now on. In the caller's transaction."""
    last = resource.editions.aggregate(last=Max("number"))["last"] or 0
    made = Edition.objects.create(
        resource=resource,
        number=last + 1,
        file=stored.path,
        name=stored.name,
        kind=stored.kind,
        size=stored.size,
        digest=stored.digest,
        pages=stored.pages,
        seconds=stored.seconds,
        words=stored.words,
        added_by=by,
    )
    resource.edition, resource.file_kind, resource.size = made.number, made.kind, made.size
    resource.pages, resource.seconds = made.pages, made.seconds
    resource.save(update_fields=["edition", "file_kind", "size", "pages", "seconds"])
    _look_later(made)
    return made


def _look_later(edition: Edition) -> None:
    from staffroom.library.actions.looking import look_into

    if edition.kind not in {"md", "txt"}:  # these were read at once, and have no picture
        look_into.enqueue(edition=str(edition.pk))


def forget(resources: Iterable[uuid.UUID]) -> None:
    """The rows now, their files once that is certain."""
    ids = list(resources)
    names = [
        name
        for pair in Edition.objects.filter(resource__in=ids).values_list("file", "picture")
        for name in pair
        if name
    ]
    Resource.objects.filter(pk__in=ids).delete()
    transaction.on_commit(lambda: _delete(names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def sweep(now: dt.datetime) -> None:
    """Nightly: files that a crash left without a row."""
    if not default_storage.exists(FOLDER):
        return
    leaves = default_storage.listdir(FOLDER)[1]
    for start in range(0, len(leaves), BATCH):
        some = [f"{FOLDER}/{leaf}" for leaf in leaves[start : start + BATCH]]
        rows = Edition.objects
        known = set(rows.filter(file__in=some).values_list("file", flat=True))
        known |= set(rows.filter(picture__in=some).values_list("picture", flat=True))
        for name in some:
            if name not in known and default_storage.get_modified_time(name) < now - WAITS:
                default_storage.delete(name)
