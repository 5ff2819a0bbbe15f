"""A PDF without its metadata, and without everything that acts by itself."""

import io
from typing import Any

import pikepdf
from django.utils.translation import gettext as _

from staffroom.core.documents.said import damaged, locked
from staffroom.core.errors import Refused

MOST_PAGES = 1000
#: What an action in a paper may do: go to a place, open a link that one taps.
HARMLESS = {"/GoTo", "/URI", "/Named"}
#: Notes on a page that carry a file, a film or a program.
CARRIERS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/JS", "/EF", "/AF")
DEEPEST = 8


def clean(data: bytes, field: str) -> tuple[bytes, int]:
    """The paper anew, and how many pages it has."""
    try:
        with pikepdf.open(io.BytesIO(data)) as paper:
            pages = len(paper.pages)
            if not pages:
                raise Refused(damaged(), field)
            if pages > MOST_PAGES:
                raise Refused(
                    _("This PDF has %(have)s pages; at most %(most)s can be taken.")
                    % {"have": pages, "most": MOST_PAGES},
                    field,
                )
            _strip(paper)
            out = io.BytesIO()
            paper.save(
                out,
                encryption=False,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
            return out.getvalue(), pages
    except pikepdf.PasswordError as error:
        raise Refused(locked(), field) from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, RuntimeError) as error:
        raise Refused(damaged(), field) from error


def _strip(paper: pikepdf.Pdf) -> None:
    if "/Info" in paper.trailer:
        del paper.trailer["/Info"]
    root = paper.Root
    _drop(root, ("/OpenAction", "/Collection", "/Perms", "/DSS", "/URI"))
    if "/Names" in root:
        _drop(root["/Names"], ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations"))
    if "/AcroForm" in root:
        _drop(root["/AcroForm"], ("/XFA", "/CO"))
    for page in paper.pages:
        _strip_notes(page.obj)
    for thing in paper.objects:
        _strip_one(thing, DEEPEST)


def _strip_notes(page: Any) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    kept = [
        note
        for note in notes
        if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) not in CARRIERS
    ]
    page["/Annots"] = pikepdf.Array(kept)


def _strip_one(thing: Any, depth: int) -> None:
    """This object and what stands directly in it; what it points to is visited by itself."""
    if depth < 0:
        return
    if isinstance(thing, pikepdf.Array):
        for part in thing:
            _go_on(part, depth)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        _drop(thing, TELLING)
        for key in ("/A", "/PA", "/Next", "/OpenAction"):
            if key in thing and not _is_harmless(thing[key]):
                del thing[key]
        if str(thing.get("/S", "")) in {"/JavaScript", "/Launch"}:
            thing["/S"] = pikepdf.Name("/Named")  # wherever it is pointed from, it does nothing
            _drop(thing, ("/F", "/Win", "/Mac", "/Unix"))
        for key in list(thing.keys()):
            _go_on(thing[key], depth)


def _go_on(part: Any, depth: int) -> None:
    if isinstance(part, pikepdf.Object) and not part.is_indirect:
        _strip_one(part, depth - 1)


def _is_harmless(action: Any) -> bool:
    # Besides actions, /A names plain things, like the style of a paragraph.
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return True
    return str(action["/S"]) in HARMLESS or str(action.get("/Type", "")) not in {"", "/Action"}


def _drop(thing: Any, keys: tuple[str, ...]) -> None:
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in keys:
            if key in thing:
                del thing[key]
