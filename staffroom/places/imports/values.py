"""Single cells: codes, coordinates, dates, words that look damaged."""

import datetime as dt
import re

WHOLE = re.compile(r"\d+\.0+")
ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+\d+")
DEGREES = re.compile(
    r"""(?P<deg>\d{1,3}(?:[.,]\d+)?)\s*(?:°|º|deg)?\s*
        (?:(?P<min>\d{1,2}(?:[.,]\d+)?)\s*(?:'|′|’)\s*)?
        (?:(?P<sec>\d{1,2}(?:[.,]\d+)?)\s*(?:"|″|''|”)\s*)?
        (?P<side>[NSEWO])?""",
    re.VERBOSE | re.IGNORECASE,
)
NUMBER = re.compile(r"[-+]?\d*[.,]?\d+(?:[eE]-\d+)?")
DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%d %B %Y", "%d %b %Y")
#: What UTF-8 looks like when it was read as Windows-1252 and saved, and what is left of lost letters.
MANGLED = re.compile(r"Ã[\x80-\xbf©¨ª«®±´¶¼¢§¯]|â€.|Ù.Ø|\ufffd|\?{3,}")


def code(text: str) -> str:
    """A code as the system means it: "1.0" is 1; leading zeros stay."""
    clean = text.lstrip("'").strip()
    return clean.split(".")[0] if WHOLE.fullmatch(clean) else clean


def coordinate(text: str) -> float | None:
    """Degrees, in any of -0,93 · -0.93 · 0°55'48"S; ValueError when it is none of them."""
    clean = text.strip().replace("−", "-")
    if not clean:
        return None
    if NUMBER.fullmatch(clean):
        return float(clean.replace(",", "."))
    match = DEGREES.fullmatch(clean)
    if not match or not (match["min"] or match["side"]):
        raise ValueError(text)
    degrees, minutes, seconds = (
        float((match[part] or "0").replace(",", ".")) for part in ("deg", "min", "sec")
    )
    if minutes >= 60 or seconds >= 60:
        raise ValueError(text)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if (match["side"] or "").upper() in {"S", "W", "O"} else value


def date(text: str) -> dt.date | None:
    """A day; a bare year is its first day. ValueError when it cannot be read for sure."""
    clean = text.strip()
    if not clean:
        return None
    if re.fullmatch(r"(19|20)\d\d(\.0)?", clean):
        return dt.date(int(clean[:4]), 1, 1)
    for form in DATE_FORMS:
        try:
            return dt.datetime.strptime(clean, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(text)


def mangled(text: str) -> bool:
    return (not text.isascii() and bool(MANGLED.search(text))) or "???" in text
