"""The files of a photo: two sizes, each in up to three formats.

A file is written before its row commits, and deleted after: so a row never lacks its file.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile

from staffroom.conversations.models import Photo
from staffroom.core.looks import AVIF, JPEG, WEBP
from staffroom.core.picture_forms import Others, hint, others
from staffroom.core.pictures import Shrunk

FOLDER = "photos"
LARGE_BYTES, SMALL_BYTES = 160_000, 24_000
#: Each field of a file, and that of its size.
FILES = {
    "file": "size",
    "small": "small_size",
    "avif": "avif_size",
    "avif_small": "avif_small_size",
    "jpeg": "jpeg_size",
    "jpeg_small": "jpeg_small_size",
}


def write(large: Shrunk, small: Shrunk) -> dict[str, Any]:
    """Keep the photo's files; the fields of its row that say what they are."""
    found: dict[str, Any] = {"width": large.width, "height": large.height}
    data = {"file": large.data, "small": small.data} | _other_data(large, small)
    try:
        for field, each in data.items():
            found |= {field: _write(each, field) if each else "", FILES[field]: len(each)}
    except BaseException:
        delete(name for field in FILES if isinstance(name := found.get(field), str))
        raise
    return found | {"hint": hint(large)}


def _other_data(large: Shrunk, small: Shrunk) -> dict[str, bytes]:
    close: Others = others(large, large=True, max_bytes=LARGE_BYTES)
    first: Others = others(small, large=False, max_bytes=SMALL_BYTES)
    return {
        "avif": close.avif,
        "avif_small": first.avif,
        "jpeg": close.jpeg,
        "jpeg_small": first.jpeg,
    }


def add_forms(photo: Photo) -> None:
    """Give a photo that came before there were other formats what it lacks."""
    with photo.file.open("rb") as file:
        large = small = Shrunk(file.read(), photo.width, photo.height)
    if photo.small:
        with photo.small.open("rb") as file:
            small = Shrunk(file.read(), photo.width, photo.height)
    fields: dict[str, Any] = {"hint": hint(large)}
    for field, each in _other_data(large, small).items():
        fields |= {field: _write(each, field) if each else "", FILES[field]: len(each)}
    if not Photo.objects.filter(pk=photo.pk, hint="").update(**fields):
        delete(fields[field] for field in FILES if field in fields)


def _write(data: bytes, field: str) -> str:
    """Under a random name: neither person, place nor time can be read from it."""
    kind = field.partition("_")[0]
    end = kind if kind in (AVIF, JPEG) else WEBP
    return default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.{end}", ContentFile(data))


def names(photo: Photo) -> list[str]:
    return [name for field in FILES if (name := getattr(photo, field).name)]


def names_in_rows() -> set[str]:
    """Of all photos that there are."""
    return {name for row in Photo.objects.values_list(*FILES).iterator() for name in row if name}


def delete(names: Iterable[str | None]) -> None:
    for name in names:
        if name:
            default_storage.delete(name)


def chosen(photo: Photo, form: str, *, small: bool) -> tuple[FieldFile, str, int]:
    """The file of the photo in this format, the format it really is in, and its bytes.

    Where there is none of it (an AVIF that would be larger, an old photo), the WebP.
    """
    if form != WEBP:
        field = f"{form}_small" if small else form
        if size := getattr(photo, FILES[field]):
            return getattr(photo, field), form, size
    if small and photo.small:
        return photo.small, WEBP, photo.small_size or photo.size
    return photo.file, WEBP, photo.size
