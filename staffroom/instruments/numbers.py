"""Numbers as people type them: digits of any script, comma or point, fractions, with a unit."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from staffroom.instruments.scoring import same_words

MOST = Decimal(10) ** 14
PLACES = Decimal(1).scaleb(-9)
_MINUS = str.maketrans({"−": "-", "–": "-", "٫": ".", "٬": "", "’": "", "'": "", "⁄": "/"})
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_MIXED = re.compile(r"(?P<sign>-?)(?:(?P<whole>\d+)\s+)?(?P<above>\d+)\s*/\s*(?P<below>\d+)")


def read(text: str, unit: str = "") -> Decimal | None:
    """The number, or None for what is none. 1,500 is fifteen hundred; 1,5 and 0,125 are decimals."""
    plain = _without_unit(_plain(text), unit)
    if found := _MIXED.fullmatch(plain):
        return _fraction(found)
    plain = re.sub(r"(?<=\d)\s+(?=\d{3}\b)", "", plain)
    plain = plain.replace(",", "") if _THOUSANDS.fullmatch(plain.lstrip("-")) else plain
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?(\d+\.?\d*|\.\d+)", plain):
        return None
    return _bounded(plain)


def _plain(text: str) -> str:
    digits = (unicodedata.digit(char, None) for char in text)
    kept = "".join(
        char if digit is None or not char.isdecimal() else str(digit)
        for char, digit in zip(text, digits, strict=True)
    )
    return kept.translate(_MINUS).strip().removeprefix("+")


def _without_unit(text: str, unit: str) -> str:
    """Without the unit behind or before it, in whatever case it was typed."""
    found = re.fullmatch(r"([^\d\s,./-]*)\s*(-?[\d.,/][\d\s.,/]*?)\s*([^\d\s.,/-].*)?", text)
    if not found:
        return text
    before, number, behind = found[1] or "", found[2], found[3] or ""
    if {same_words(each) for each in (before, behind) if each} <= {same_words(unit)}:
        return number
    return text


def _fraction(found: re.Match[str]) -> Decimal | None:
    below = Decimal(found["below"])
    if not below:
        return None
    value = Decimal(found["whole"] or 0) + Decimal(found["above"]) / below
    return _bounded(str(-value if found["sign"] else value))


def _bounded(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
        return value.quantize(PLACES) if abs(value) < MOST else None
    except InvalidOperation:
        return None


def shown(value: Decimal) -> str:
    """Without the zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
