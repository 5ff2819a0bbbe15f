"""Folding: two spellings that a reader takes for the same word become the same characters.

Case, accents, Arabic-script variants (ک and ك, ی and ي), digits of any script, apostrophes inside
words (ng'ombe). Vowel signs of Indic scripts are kept: they are letters, not ornaments.
"""

import unicodedata

#: Letters that Unicode does not decompose but that people type for one another.
_SAME = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe",
        "ك": "ک", "ڪ": "ک", "ي": "ی", "ى": "ی", "ې": "ی",
        "ه": "ہ", "ة": "ہ", "ۀ": "ہ", "ە": "ہ", "ھ": "ہ", "ۃ": "ہ",
    }
)  # fmt: skip
_APOSTROPHES = "'’‘ʼʻ`´"
_JOINERS = "\u200c\u200d\u00ad\u0640"  # zero-width joiners, soft hyphen, tatweel


def _is_ornament(char: str) -> bool:
    """A mark that may be left out in writing: Latin accents, Arabic and Hebrew vowel points."""
    point = ord(char)
    return (
        0x0300 <= point <= 0x036F
        or 0x0591 <= point <= 0x05C7
        or 0x0610 <= point <= 0x061A
        or 0x064B <= point <= 0x065F
        or point == 0x0670
        or 0x06D6 <= point <= 0x06ED
    ) and unicodedata.category(char) == "Mn"


def _is_letter(char: str) -> bool:
    """Letters, numbers and the marks that belong to them; emoji and punctuation are not."""
    return unicodedata.category(char)[0] in "LNM" and not 0xFE00 <= ord(char) <= 0xFE0F


def _fold_char(char: str) -> str:
    digit = unicodedata.digit(char, None)
    return char if digit is None else str(digit)


def _inside_words(text: str) -> str:
    """Letters and numbers kept, apostrophes and joiners dropped, all else a space."""
    dropped = _APOSTROPHES + _JOINERS
    return "".join(char if _is_letter(char) else " " for char in text if char not in dropped)


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (_fold_char(char) for char in plain if not _is_ornament(char))
    folded = unicodedata.normalize("NFC", _inside_words("".join(kept))).translate(_SAME)
    return folded.split()


def fold(text: str) -> str:
    """The folded words with a space before and after each, so that ` word` finds a beginning."""
    found = words(text)
    return f" {' '.join(found)} " if found else ""


def spans(text: str) -> list[tuple[int, int]]:
    """Where the words of the unfolded text stand: (start, end) of each."""
    inside = _APOSTROPHES + _JOINERS
    found: list[tuple[int, int]] = []
    start: int | None = None
    for place, char in enumerate(text):
        if _is_letter(char) or (start is not None and char in inside):
            start = place if start is None else start
        elif start is not None:
            found.append((start, place))
            start = None
    if start is not None:
        found.append((start, len(text)))
    return found
