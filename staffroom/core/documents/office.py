"""Papers of Word, Excel, PowerPoint and LibreOffice: zip files, read with care and written anew."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable

from django.utils.translation import gettext as _

from staffroom.core.documents.said import damaged, locked, not_known
from staffroom.core.errors import Refused

MOST_PARTS = 3000
MOST_BYTES = 120_000_000
#: Text packs to a tenth, a spreadsheet's cells to a fiftieth. Small ones may be what they like.
MOST_RATIO, SMALL = 120, 8_000_000

_MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_PROGRAM = re.compile(r"vbaProject|vbaData|activeX/|^(Basic|Scripts)/.", re.I)

Edit = Callable[[bytes], bytes]
_PROPERTIES = b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Parts that tell of people, places and times -> what stands in their place.
BLANK = {
    "docProps/core.xml": _HEAD
    + b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": _HEAD + b'<Properties xmlns="' + _PROPERTIES + b'"/>',
    "docProps/custom.xml": _HEAD + b'<Properties xmlns="' + _CUSTOM + b'"/>',
    "meta.xml": _HEAD
    + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    + b' office:version="1.3"><office:meta/></office:document-meta>',
}


def _without(pattern: bytes) -> Edit:
    compiled = re.compile(pattern, re.S)
    return lambda data: compiled.sub(b"", data)


_NO_THUMBNAIL = rb"<Relationship\b[^>]*/metadata/thumbnail\"[^>]*/>"
_NO_TEMPLATE = rb"<Relationship\b[^>]*/attachedTemplate\"[^>]*/>"
#: Parts of which a piece is taken out: a picture of an earlier state, the maker's own folder.
EDITED: dict[str, Edit] = {
    "_rels/.rels": _without(_NO_THUMBNAIL),
    "word/_rels/settings.xml.rels": _without(_NO_TEMPLATE),
    "word/settings.xml": _without(rb"<w:attachedTemplate\b[^>]*/>"),
    "META-INF/manifest.xml": _without(rb"<manifest:file-entry\b[^>]*\"Thumbnails/[^>]*/>"),
}
_LEFT_OUT = re.compile(r"docProps/thumbnail|Thumbnails/")


def kind(data: bytes, field: str) -> str:
    """Which paper it is, by what is in it."""
    with _opened(data, field) as parts:
        names = set(parts.namelist())
        _check_size(parts, field)
        if any(_PROGRAM.search(name) for name in names) or _is_macro_kind(parts, names, field):
            raise Refused(
                _(
                    "This paper carries programs (macros). Please save it without them, and send that."
                ),
                field,
            )
        if "mimetype" in names:
            found = _OPEN.get(_read(parts, "mimetype", field).strip())
            if found and b"encryption-data" in _read(parts, "META-INF/manifest.xml", field):
                raise Refused(locked(), field)
        else:
            found = next((kind for part, kind in _MAIN.items() if part in names), None)
        if found is None:
            raise Refused(not_known(), field)
        return found


def clean(data: bytes, kind: str, field: str) -> bytes:
    """The paper anew; every part is read to its end, so that a damaged one is told now."""
    out = io.BytesIO()
    with _opened(data, field) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        seen = set()
        for part in parts.infolist():
            name = part.filename
            if name in seen or name.endswith("/") or _LEFT_OUT.search(name):
                continue
            seen.add(name)
            # Without the time and the machine that the original part tells.
            fresh = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            first = name == "mimetype"  # by which others know the kind: never packed
            fresh.compress_type = zipfile.ZIP_STORED if first else zipfile.ZIP_DEFLATED
            made.writestr(fresh, _part(parts, name, field))
    return out.getvalue()


def _part(parts: zipfile.ZipFile, name: str, field: str) -> bytes:
    data = _read(parts, name, field)
    if name in BLANK:
        return BLANK[name]
    return EDITED[name](data) if name in EDITED else data


def without_outside(data: bytes) -> bytes:
    """A copy that names nothing outside itself: for drawing its first page, where nothing is fetched."""
    out = io.BytesIO()
    with _opened(data, "") as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts.infolist():
            text = _read(parts, part.filename, "")
            if part.filename.endswith(".rels"):
                text = re.sub(rb'Target="[^"]*"(?=[^>]*TargetMode="External")', b'Target="#"', text)
                text = re.sub(
                    rb'(TargetMode="External"[^>]*)Target="[^"]*"', rb'\1Target="#"', text
                )
            elif part.filename.endswith(".xml"):
                text = re.sub(rb'xlink:href="(?:[a-z]+:|/|\.\.)[^"]*"', b'xlink:href="#"', text)
            made.writestr(part, text)
    return out.getvalue()


def _opened(data: bytes, field: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused(damaged(), field) from error


def _check_size(parts: zipfile.ZipFile, field: str) -> None:
    """Before anything is unpacked: a small file must not become a large memory."""
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
    if any(part.flag_bits & 1 for part in entries):
        raise Refused(locked(), field)


def _is_macro_kind(parts: zipfile.ZipFile, names: set[str], field: str) -> bool:
    types = "[Content_Types].xml"
    said = _read(parts, types, field).lower() if types in names else b""
    return b"macroenabled" in said or b"vbaproject" in said


def _read(parts: zipfile.ZipFile, name: str, field: str) -> bytes:
    """At most so much as the part says it has, which was checked."""
    try:
        with parts.open(name) as part:
            return part.read()
    except KeyError:
        return b""
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError,
            RuntimeError) as error:  # fmt: skip
        raise Refused(damaged(), field) from error
