"""Plain text and Markdown: stories, notes, lesson plans written in a hurry."""

import re

from django.utils.translation import gettext as _

from staffroom.core.documents.words import tidy
from staffroom.core.errors import Refused

MOST = 2_000_000
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


def words(text: str) -> str:
    """Without the marks of Markdown; a "##" alone is the end of a page."""
    return tidy(_MARKS.sub("", text))
