"""What a paper says, as plain text: its beginning, to be read and found without fetching the paper."""

import html
import io
import re
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from staffroom.core.documents import first_page

#: As many characters as a chapter has; the rest is in the paper.
MOST = 20_000
#: Of one part of a zip file at most so much is unpacked for its words.
MOST_PART = 4_000_000
MOST_MARKUP = 1_000_000
_OF_PDF = Path(__file__).with_name("_words.py")
_PARTS = {
    "docx": re.compile(r"word/document\.xml$"),
    "pptx": re.compile(r"ppt/slides/slide(\d+)\.xml$"),
    "xlsx": re.compile(r"xl/sharedStrings\.xml$"),
    "odt": re.compile(r"content\.xml$"),
    "ods": re.compile(r"content\.xml$"),
    "odp": re.compile(r"content\.xml$"),
}
#: Where a paragraph, a line or a cell ends.
_ENDS = re.compile(
    r"</(?:w:p|a:p|si|text:p|text:h|table:table-row|p|h[1-6]|li|div|tr|title)>|<(?:br|w:br|text:line-break)\b[^<>]{0,200}>",
    re.I,
)
_UNSEEN = re.compile(r"<(/?)(script|style|head)\b[^<>]{0,500}>", re.I)
_TAG = re.compile(r"<[^<>]{0,5000}>")


def of_paper(data: bytes, kind: str) -> str:
    """The first words of a PDF or an office paper; nothing where there are none to be read."""
    return of_pdf(data) if kind == "pdf" else of_office(data, kind)


def of_pdf(data: bytes) -> str:
    return tidy(
        first_page.run([sys.executable, "-I", str(_OF_PDF)], data).decode("utf-8", "replace")
    )


def of_office(data: bytes, kind: str) -> str:
    pattern = _PARTS.get(kind)
    if pattern is None:
        return ""
    said = []
    for part in zip_parts(data, pattern):
        said.append(of_markup(part))
        if sum(map(len, said)) > MOST:
            break
    return tidy("\n\n".join(said))


def zip_parts(data: bytes, pattern: re.Pattern[str]) -> list[str]:
    """The parts whose name fits, in the order of their numbers."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = sorted(filter(pattern.search, parts.namelist()), key=lambda n: (len(n), n))
            return [read_part(parts, name).decode("utf-8", "replace") for name in names[:200]]
    except (zipfile.BadZipFile, ValueError, OSError):
        return []


def read_part(parts: zipfile.ZipFile, name: str) -> bytes:
    """At most `MOST_PART` bytes of a part; nothing where it is damaged or not there."""
    try:
        with parts.open(name) as part:
            return part.read(MOST_PART)
    except (KeyError, zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError,
            NotImplementedError, RuntimeError):  # fmt: skip
        return b""


def of_markup(text: str) -> str:
    """The words between tags. No tree is built, so nothing in it is followed or unfolded."""
    seen = "".join(_seen(text[:MOST_MARKUP]))
    return html.unescape(_TAG.sub("", _ENDS.sub("\n", seen)))


def _seen(text: str) -> Iterator[str]:
    """What stands outside of scripts, styles and heads; walked once, whatever is left open."""
    at, inside = 0, ""
    for tag in _UNSEEN.finditer(text):
        closing, name = tag[1], tag[2].lower()
        if not inside and not closing:
            yield text[at : tag.start()]
            inside = name
        elif inside == name and closing:
            at, inside = tag.end(), ""
    if not inside:
        yield text[at:]


def tidy(text: str) -> str:
    """Without control characters, spaces folded, no more than one empty line at a time."""
    kept = "".join(
        char
        if char == "\n" or unicodedata.category(char)[0] != "C" or char in "\u200c\u200d"
        else " "
        for char in text[: MOST * 2].replace("\r\n", "\n").replace("\r", "\n")
    )
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MOST]
