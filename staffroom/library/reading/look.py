"""How a file looks, small, and what it says: the slow part, for the worker."""

import io

from staffroom.core.documents import TYPES, first_page, words
from staffroom.core.errors import Refused
from staffroom.core.pictures import Shrunk, shrink
from staffroom.library.reading import VIDEOS, epub, video


def picture(data: bytes, kind: str) -> Shrunk | None:
    """The first page, the cover or a frame, at most 12 KB; None where there is none."""
    if kind in TYPES:
        return first_page.draw(data, kind)
    drawn = b""
    if kind in VIDEOS:
        drawn = video.frame(data)
    elif kind == "epub":
        drawn = epub.cover(data)
    elif kind == "webp":
        drawn = data
    if not drawn:
        return None
    try:
        return shrink(io.BytesIO(drawn), max_side=first_page.SIDE, max_bytes=first_page.BYTES)
    except Refused:
        return None


def said(data: bytes, kind: str) -> str:
    """The beginning of what a paper says, where it was not read at once."""
    return words.of_paper(data, kind) if kind in TYPES else ""
