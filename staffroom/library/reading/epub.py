"""E-books: zip files of pages. Read with care; what could run is refused."""

import io
import posixpath
import re
import zipfile
from urllib.parse import unquote

from django.utils.translation import gettext as _

from staffroom.core.documents.office import MOST_BYTES, MOST_PARTS, MOST_RATIO, SMALL
from staffroom.core.documents.said import damaged, locked
from staffroom.core.documents.words import MOST, of_markup, read_part, tidy
from staffroom.core.errors import Refused

TYPE = b"application/epub+zip"
_ROOT = re.compile(r'full-path\s*=\s*["\']([^"\']{1,300})["\']')
_ITEM = re.compile(r"<(?:opf:)?item\b([^<>]{1,2000})/?>")
_REF = re.compile(r'<(?:opf:)?itemref\b[^<>]{0,500}?\bidref\s*=\s*["\']([^"\']{1,200})["\']')
_COVER = re.compile(r'<(?:opf:)?meta\b[^<>]{0,500}?name\s*=\s*["\']cover["\'][^<>]{0,500}>')
_SAID = re.compile(r'([\w:-]{1,40})\s*=\s*["\']([^"\']{0,500})["\']')
#: Only letters (fonts) may be hidden; hidden pages are a book that is locked to one reader.
_LETTERS = re.compile(
    r"Algorithm\s*=\s*[\"'](?!http://www\.idpf\.org/2008/embedding|http://ns\.adobe\.com/pdf/enc#RC)"
)


def is_one(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return read_part(parts, "mimetype").strip() == TYPE
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def clean(data: bytes, field: str) -> bytes:
    """The book as it is, once we know that it opens and carries no program."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        entries = parts.infolist()
        total = sum(part.file_size for part in entries)
        packed = sum(part.compress_size for part in entries) or 1
        if (
            len(entries) > MOST_PARTS
            or total > MOST_BYTES
            or (total > SMALL and total / packed > MOST_RATIO)
        ):
            raise Refused(
                _("This file unpacks to far more than it weighs, so it was not opened."), field
            )
        hidden = read_part(parts, "META-INF/encryption.xml").decode("utf-8", "replace")
        if any(part.flag_bits & 1 for part in entries) or _LETTERS.search(hidden):
            raise Refused(locked(), field)
        if any(part.filename.lower().endswith((".js", ".exe", ".swf", ".jar")) for part in entries):
            raise Refused(
                _("This e-book carries programs. Please send one without them, or a PDF."), field
            )
        if not _book(parts)[1]:
            raise Refused(damaged(), field)
    return data


def words(data: bytes) -> str:
    """How it begins."""
    said = []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in _book(parts)[1][:60]:
            said.append(of_markup(read_part(parts, name).decode("utf-8", "replace")))
            if sum(map(len, said)) > MOST:
                break
    return tidy("\n\n".join(said))


def cover(data: bytes) -> bytes:
    """The picture of its cover as it stands in the book; nothing where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            name = _book(parts)[0]
            return read_part(parts, name) if name else b""
    except (zipfile.BadZipFile, ValueError, OSError):
        return b""


def _book(parts: zipfile.ZipFile) -> tuple[str, list[str]]:
    """The name of the cover, and of the pages in their order."""
    root = _ROOT.search(read_part(parts, "META-INF/container.xml").decode("utf-8", "replace"))
    if root is None:
        return "", []
    package = read_part(parts, root[1]).decode("utf-8", "replace")
    folder = posixpath.dirname(root[1])
    items = [dict(_SAID.findall(found)) for found in _ITEM.findall(package)]
    at = {
        item.get("id", ""): posixpath.normpath(
            posixpath.join(folder, unquote(item.get("href", "")))
        )
        for item in items
    }
    pages = [at[ref] for ref in _REF.findall(package) if ref in at]
    named = next((item["id"] for item in items if "cover-image" in item.get("properties", "")), "")
    if not named and (meta := _COVER.search(package)):
        named = dict(_SAID.findall(meta[0])).get("content", "")
    return at.get(named, ""), pages
