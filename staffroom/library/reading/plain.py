"""Plain text and Markdown: stories, notes, lesson plans written in a hurry."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from staffroom.core.documents.words import tidy
from staffroom.core.errors import Refused

MOST = 2_000_000
#: Headings, items of lists, rows of tables.
_STANDS_ALONE = re.compile(r"#{1,6}\s|\s*(?:[*+-]|\d{1,3}[.)])\s|\s*\|")
_MARKS = re.compile(r"^#{1,6}(?:\s+|$)|^\s*[*+-]\s+|^>\s?|[*_`]{1,3}", re.M)


def is_text(data: bytes) -> bool:
    """UTF-8 without control characters, and no page of the web."""
    if b"\x00" in data or data.startswith(b"#!"):
        return False
    start = data[:500].lower()
    if b"<html" in start or b"<!doctype" in start or b"<?xml" in start or b"<script" in start:
        return False
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def clean(data: bytes, field: str) -> str:
    if len(data) > MOST:
        raise Refused(
            _("This text is too long to be kept as plain text. Please send a PDF."), field
        )
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def words(text: str, kind: str) -> str:
    """What it says; of Markdown without its marks, where a line's end alone is only a space."""
    return tidy(text if kind == "txt" else "".join(_unmarked(text)))


def _unmarked(text: str) -> Iterator[str]:
    running = False  # the line before was running text, which this one may go on
    for line in text.split("\n"):
        plain = _MARKS.sub("", line).strip()
        if not plain:
            yield "\n\n"
        elif _STANDS_ALONE.match(line):
            yield f"\n{plain}\n"
        else:
            yield f" {plain}" if running else plain
        running = bool(plain) and not _STANDS_ALONE.match(line)
