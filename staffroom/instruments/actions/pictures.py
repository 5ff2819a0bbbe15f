"""Pictures of choices, and photos sent as answers: small, forgotten with what they belong to."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from staffroom.core import audit
from staffroom.core.errors import NotYours
from staffroom.core.pictures import shrink
from staffroom.instruments import hosts
from staffroom.instruments.models import Instrument, Item, Picture, Response
from staffroom.people.models import Person

FOLDER = "instruments"
WAITS = dt.timedelta(days=1)
#: Of a choice: small enough that six of them cost a phone less than one photo. Of an answer: to be read.
CHOICE_SIDE, CHOICE_BYTES = 240, 6_000
PHOTO_SIDE, PHOTO_BYTES = 960, 80_000


def keep_choice(*, by: Person, instrument: Instrument, file: IO[bytes], field: str) -> Picture:
    """A picture for a choice of the author's draft."""
    hosts.host_of(instrument).check_change(by, instrument)
    return _keep(by, instrument, file, field, CHOICE_SIDE, CHOICE_BYTES)


def keep_photo(*, by: Person, response: Response, file: IO[bytes], field: str) -> Picture:
    """A photo as an answer; the ones before it for the same response wait for `forget_unused`."""
    if response.person_id != by.pk:
        raise NotYours
    instrument = response.version.instrument
    return _keep(by, instrument, file, field, PHOTO_SIDE, PHOTO_BYTES, response)


def _keep(
    by: Person,
    instrument: Instrument,
    file: IO[bytes],
    field: str,
    side: int,
    most: int,
    response: Response | None = None,
) -> Picture:
    small = shrink(file, max_side=side, max_bytes=most, field=field)
    name = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.webp", ContentFile(small.data))
    try:
        with transaction.atomic():
            picture = Picture.objects.create(
                instrument=instrument,
                owner=by,
                response=response,
                file=name,
                width=small.width,
                height=small.height,
                size=len(small.data),
            )
            audit.write("instrument.picture", actor=by, on=instrument)
    except BaseException:
        default_storage.delete(name)
        raise
    return picture


def forget_unused(instrument: Instrument) -> None:
    """Pictures of choices that no version has any more."""
    used = {
        choice.get("picture")
        for choices in Item.objects.filter(version__instrument=instrument).values_list(
            "choices", flat=True
        )
        for choice in choices
    }
    loose = Picture.objects.filter(instrument=instrument, response=None)
    forget(picture for picture in loose if str(picture.pk) not in used)


def forget(pictures: Iterable[Picture]) -> None:
    """The rows now, their files once that is certain."""
    gone = list(pictures)
    Picture.objects.filter(pk__in=[picture.pk for picture in gone]).delete()
    names = [picture.file.name for picture in gone if picture.file.name]
    transaction.on_commit(lambda: _delete(names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def forget_instruments(gone: QuerySet[Instrument]) -> None:
    """Instruments with their answers and pictures."""
    ids = list(gone.values_list("pk", flat=True))
    forget(Picture.objects.filter(instrument__in=ids))
    Instrument.objects.filter(pk__in=ids).delete()


def sweep(now: dt.datetime) -> None:
    """Nightly: files without a row (a rollback, an instrument that is gone)."""
    if not default_storage.exists(FOLDER):
        return
    known = set(Picture.objects.values_list("file", flat=True))
    for leaf in default_storage.listdir(FOLDER)[1]:
        name = f"{FOLDER}/{leaf}"
        if name not in known and default_storage.get_modified_time(name) < now - WAITS:
            default_storage.delete(name)
