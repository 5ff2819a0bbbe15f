"""Bytes of a text file to rows of cells: encoding and delimiter found, and told."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused

DELIMITERS = ",;\t|"
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
#: UTF-8 with stray bytes of an older encoding.
MIXED = "utf-8 + cp1252"
#: A cell longer than this is a quotation mark that was never closed.
LONGEST_CELL = 20_000


def encoding_of(data: bytes) -> str:
    """The encoding, from its mark, its NUL bytes, its validity, or how its high bytes stand."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return name
    head = data[:4000]
    if head.count(0) > len(head) // 8:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return MIXED if _mostly_utf8(data) else _one_byte_encoding(data)
    return "utf-8"


def _mostly_utf8(data: bytes) -> bool:
    """Lists pasted together from several files: stray bytes in what is otherwise UTF-8."""
    text = data.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    return sum(1 for letter in text if letter > "\x7f") - stray > stray


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("staffroom_cp1252", _as_cp1252)


def _one_byte_encoding(data: bytes) -> str:
    """Arabic and Urdu words are runs of high bytes; French and Swahili names have single ones."""
    together = alone = 0
    for before, byte, after in zip(b"\0" + data, data, data[1:] + b"\0", strict=False):
        if byte >= 0x80:
            if before >= 0x80 or after >= 0x80:
                together += 1
            else:
                alone += 1
    if together > alone:
        return "cp1256"
    return "latin-1" if set(data) & {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "cp1252"


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was read with."""
    name = encoding or encoding_of(data)
    try:
        text = data.decode("utf-8", "staffroom_cp1252") if name == MIXED else data.decode(name)
    except (LookupError, UnicodeDecodeError):
        raise Refused(
            _("This file is not text in the encoding %(name)s.") % {"name": name}, "encoding"
        ) from None
    return text.removeprefix("\ufeff").replace("\0", ""), name


def delimiter_of(text: str) -> str:
    """The delimiter that gives the first rows the most equal number of cells, more than one."""
    best, best_score = ",", (0.0, 0)
    for candidate in DELIMITERS:
        widths = Counter(
            len(row) for row in _some(csv.reader(io.StringIO(text[:20_000]), delimiter=candidate))
        )
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        score = (count / widths.total(), width) if width > 1 else (0.0, 0)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _some(reader: Iterator[list[str]], most: int = 60) -> Iterator[list[str]]:
    try:
        for _number, row in zip(range(most), reader, strict=False):
            if row:
                yield row
    except csv.Error:
        return


def rows_of(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows numbered as a spreadsheet shows them: one number a record, blank ones counted."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    try:
        for number, row in enumerate(reader, start=1):
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise csv.Error
            yield number, row
    except csv.Error:
        raise Refused(
            _(
                "Row %(row)s cannot be read: a quotation mark is probably opened there and never "
                "closed. Please mend that row and try again."
            )
            % {"row": number}
        ) from None
