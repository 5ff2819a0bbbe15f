"""Papers that members share: known by their content, freed of what they knew besides."""

import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

from staffroom.core.documents import office, pdf
from staffroom.core.documents.said import locked, not_known
from staffroom.core.errors import Refused
from staffroom.core.forms import one_line

#: Kind -> its type on the wire. The kind is also the end of the file's name.
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
MOST_NAME = 80
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"dex\n", b"#!")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Cleaned:
    """A paper as it is kept."""

    data: bytes
    kind: str
    name: str
    pages: int | None = None

    @property
    def type(self) -> str:
        return TYPES[self.kind]


def clean(file: IO[bytes], name: str, *, most: int, field: str = "file") -> Cleaned:
    """The paper without its metadata and programs; `Refused` (at `field`) for what cannot be taken."""
    file.seek(0, io.SEEK_END)
    _check_weight(file.tell(), most, field)
    file.seek(0)
    data = file.read()
    kind = _kind(data, field)
    stem = _stem(name, kind, field)
    if kind == "pdf":
        cleaned, pages = pdf.clean(data, field)
    else:
        cleaned, pages = office.clean(data, kind, field), None
    return Cleaned(cleaned, kind, f"{stem}.{kind}", pages)


def _check_weight(size: int, most: int, field: str) -> None:
    if not size:
        raise Refused(_("This file is empty. Please choose it again."), field)
    if size > most:
        raise Refused(
            _(
                "This file has %(have)s MB; at most %(most)s MB can be taken. Leave out pictures, "
                "or save it as a PDF of small size."
            )
            % {"have": f"{size / 1e6:.3g}", "most": f"{most / 1e6:.3g}"},
            field,
        )


def _kind(data: bytes, field: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return office.kind(data, field)
    if data.startswith(_OLD):
        raise Refused(_old_or_locked(data), field)
    if data.startswith(_PROGRAMS):
        raise Refused(
            _("This is a program, whatever its name says, not a paper. It was not kept."), field
        )
    raise Refused(not_known(), field)


def _old_or_locked(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return locked()
    return _(
        "This is a paper of an old kind (doc, xls, ppt), which may carry programs. "
        "Please save it as docx, xlsx, pptx or PDF, and send that."
    )


def _stem(name: str, kind: str, field: str) -> str:
    """Its own name, as a name of a file may be; one that promises another kind is told."""
    path = PurePath(one_line(name).replace("\\", "/").replace("/", " "))
    says = path.suffix.lower().lstrip(".")
    if says != kind and (says in TYPES or says in {"doc", "xls", "ppt", "docm", "xlsm", "pptm"}):
        raise Refused(
            _(
                "Its name says %(says)s, but inside it is %(kind)s. "
                "Please open it, save it anew, and send that."
            )
            % {"says": says.upper(), "kind": kind.upper()},
            field,
        )
    stem = path.stem if says == kind else path.name
    stem = "".join(char for char in stem if char not in '<>:"|?*').strip(" .")
    return stem[:MOST_NAME].strip() or kind.upper()
