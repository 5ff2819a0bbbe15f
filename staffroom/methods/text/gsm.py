"""What a text message costs: its parts (3GPP TS 23.038, section 6; TS 23.040, section 9.2.3.24).

A message of the phones' own alphabet has 160 places, any other 70; of a longer one each part gives
some of them to its number. An escaped letter takes two places and a pair of surrogates too; neither is
torn apart, so a part may end one place early.
"""

import unicodedata
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("^{}\\[~]|€\f")
#: The places of a message of one part, and of each part of a longer one.
SEVEN_BITS, SIXTEEN_BITS = (160, 153), (70, 67)
#: What people and our pages type and a plain phone does not know, as it does. Nothing is lost by it.
_PLAIN = str.maketrans(
    dict.fromkeys("’‘‚‛ʼʻ′`´", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\t", " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u2066\u2068\u2069", "")
    | {"…": "...", "•": "-", "·": ".", "×": "x", "\u2028": "\n", "\u2029": "\n"}
)


@dataclass(frozen=True)
class Measure:
    """How a text goes over the air."""

    parts: int
    places: int  # taken in all
    seven_bits: bool


def plain(text: str) -> str:
    """With the marks of a simple phone, where these alone make the text dearer; else as it was."""
    whole = unicodedata.normalize("NFC", text)
    simple = whole.translate(_PLAIN)
    return simple if _is_basic(simple) else whole


def measure(text: str) -> Measure:
    """How many parts and places this takes; each part costs."""
    seven = _is_basic(text)
    one, each = SEVEN_BITS if seven else SIXTEEN_BITS
    sizes = [_size(char, seven) for char in text]
    places = sum(sizes)
    return Measure(1 if places <= one else _filled(sizes, each), places, seven)


def parts(text: str) -> int:
    """How many parts of a text message this is; each costs."""
    return measure(text).parts


def shortened(text: str, most: int) -> str:
    """So much of the text as `most` parts carry, between words; a last line with an address stays whole."""
    if parts(text) <= most:
        return text
    body, _line, last = text.rpartition("\n")
    tail = f"\n{last}" if "://" in last and body else ""
    body = body if tail else text
    low, high = 0, len(body)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        if parts(_cut(body, middle) + tail) <= most:
            low = middle
        else:
            high = middle - 1
    return _cut(body, low) + tail


def _cut(text: str, letters: int) -> str:
    """The beginning, ended between words where one is near; never within a pair of surrogates."""
    if letters >= len(text):
        return text
    begun = text[:letters]
    word = max(begun.rfind(" "), begun.rfind("\n"))
    if word > letters - 30 and word > 0 and not text[letters].isspace():
        begun = begun[:word]
    return begun.rstrip() + "..."


def _is_basic(text: str) -> bool:
    return all(char in BASIC or char in TWICE for char in text)


def _size(char: str, seven: bool) -> int:
    if seven:
        return 2 if char in TWICE else 1
    return 2 if ord(char) > 0xFFFF else 1


def _filled(sizes: list[int], each: int) -> int:
    """Parts of `each` places, filled one after the other without tearing a letter."""
    count, room = 1, each
    for size in sizes:
        if size > room:
            count, room = count + 1, each
        room -= size
    return count
