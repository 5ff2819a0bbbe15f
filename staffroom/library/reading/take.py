"""Takes a file in: which kind it is, what of it is kept, or why it cannot be."""

import io
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

from staffroom.core import documents
from staffroom.core.errors import Refused
from staffroom.core.forms import one_line
from staffroom.library.reading import VIDEOS, Taken, epub, plain, video

#: Kind -> its type on the wire. The kind is also the end of the file's name.
TYPES = documents.TYPES | {
    "epub": "application/epub+zip",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "webp": "image/webp",
    "md": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
_SAME = {
    "jpg": "webp", "jpeg": "webp", "png": "webp", "avif": "webp", "m4v": "mp4", "mov": "mp4",
    "3gp": "mp4", "markdown": "md", "text": "txt",
}  # fmt: skip
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_MOVING = {b"qt  ", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ",
           b"MSNV", b"dash", b"3gp4", b"3gp5", b"3gp6", b"3g2a"}  # fmt: skip
PICTURE_SIDE, PICTURE_BYTES = 1600, 300_000


def take(file: IO[bytes], name: str, *, most: int, field: str = "file") -> Taken:
    """The file, cleaned; `Refused` (at `field`) for what cannot be taken."""
    file.seek(0, io.SEEK_END)
    check_weight(file.tell(), most, field)
    file.seek(0)
    data = file.read()
    kind = kind_of(data, name)
    check_name(name, kind, field)
    if kind in documents.TYPES or kind == "":
        if not kind and not _is_known_elsewhere(data):
            raise Refused(not_known(), field)
        paper = documents.clean(io.BytesIO(data), name, most=most, field=field)
        return Taken(paper.data, paper.kind, paper.name, pages=paper.pages)
    return _take_other(data, kind, name, field)


def _take_other(data: bytes, kind: str, name: str, field: str) -> Taken:
    named = own_name(name, kind)
    if kind == "epub":
        return Taken(epub.clean(data, field), kind, named, words=epub.words(data))
    if kind in VIDEOS:
        made = video.clean(data, kind, field)
        return Taken(made.data, kind, named, seconds=made.seconds)
    if kind == "webp":
        from staffroom.core import pictures  # its library is large

        small = pictures.shrink(
            io.BytesIO(data), max_side=PICTURE_SIDE, max_bytes=PICTURE_BYTES, field=field
        )
        return Taken(small.data, kind, named)
    text = plain.clean(data, field)
    return Taken(text.encode(), kind, named, words=plain.words(text, kind))


def kind_of(data: bytes, name: str) -> str:
    """By what is in it; "" for what is none of ours or must be looked at more closely."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "epub" if epub.is_one(data) else ""
    if data.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm"
    if data[4:8] == b"ftyp":
        return "mp4" if data[8:12] in _MOVING else "webp"
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "webp"
    ending = _ending(name)
    return ending if ending in {"md", "txt"} and plain.is_text(data) else ""


def check_weight(size: int, most: int, field: str) -> None:
    """Said with both numbers, and what to do instead."""
    if not size:
        raise Refused(_("This file is empty. Please choose it again."), field)
    if size > most:
        raise Refused(
            _(
                "This file has %(have)s MB; at most %(most)s MB can be taken here. Save it smaller, "
                "or put it on the web and give its address as a link."
            )
            % {"have": f"{size / 1e6:.3g}", "most": f"{most / 1e6:.3g}"},
            field,
        )


def check_name(name: str, kind: str, field: str) -> None:
    says = _ending(name)
    if kind and says != kind and says in TYPES:
        raise Refused(
            _(
                "Its name says %(says)s, but inside it is %(kind)s. "
                "Please open it, save it anew, and send that."
            )
            % {"says": says.upper(), "kind": kind.upper()},
            field,
        )


def own_name(name: str, kind: str) -> str:
    """Its own name, as a name of a file may be, with the ending of what is kept."""
    path = PurePath(one_line(name).replace("\\", "/").replace("/", " "))
    stem = path.stem if _ending(name) == kind else path.name
    stem = "".join(char for char in stem if char not in '<>:"|?*').strip(" .")
    return f"{stem[: documents.MOST_NAME].strip() or kind.upper()}.{kind}"


def not_known() -> str:
    return _(
        "This file is none that we know. PDF, EPUB, papers of Word, Excel, PowerPoint and "
        "LibreOffice, videos (MP4, WebM), pictures and plain text can be taken."
    )


def _ending(name: str) -> str:
    says = PurePath(name).suffix.lower().lstrip(".")
    return _SAME.get(says, says)


def _is_known_elsewhere(data: bytes) -> bool:
    """What `documents` takes, or refuses with a sentence of its own."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"#!"))
