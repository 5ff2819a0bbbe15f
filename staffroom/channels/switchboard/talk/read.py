"""A message read as a command: which, about what number, with which words. Pure; nothing is lost."""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from staffroom.channels.switchboard.talk.words import FOLDED, LANGUAGES, NUMBERED, WITH_WORDS
from staffroom.methods.text.fold import words as folded

#: Marks that phones put around words from right to left; they are not the person's.
_HIDDEN = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
#: "3", "#3", "3. text", "3) text"; neither "3.5" nor "3kg", which are words.
_NUMBER = re.compile(r"#?\s*(\d{1,6})(?=$|[\s.,:;)\-–—،؛])(?![.,:]\d)[\s.,:;)\-–—،؛]*", re.ASCII)
_LEAD = "/!*_"  # as bots and bold words are written
_END = " .,:;!?-–—،؛۔؟*_"
#: A word so short has too many neighbours to be guessed.
SHORTEST = 4


@dataclass(frozen=True)
class Said:
    """`rest` is the person's own words, exactly as written; `sure` is false where it was guessed."""

    command: str = ""
    number: int | None = None
    rest: str = ""
    sure: bool = True


def read(text: str) -> Said:
    """What is meant. A text that is no command is all `rest`."""
    plain = text.translate(_HIDDEN).strip()
    if code := _started(plain):
        return Said("link", rest=code)
    if (found := _NUMBER.match(_ascii(plain))) and found.end():
        return Said("", int(found.group(1)), plain[found.end() :].strip())
    command, rest, sure = _command(plain)
    if not command:
        return Said(rest=text.strip())
    number, rest = _numbered(rest) if command in NUMBERED else (None, rest)
    if _is_sentence(command, number, rest):
        return Said(rest=text.strip())
    return Said(command, number, rest, sure)


def language_of(text: str) -> str:
    """The language that somebody names, or nothing."""
    named = folded(text)[:1]
    return next(
        (code for code, names in LANGUAGES.items() if named in [folded(n) for n in names]), ""
    )


def _started(text: str) -> str:
    """Telegram's `/start CODE`, which a link of ours makes."""
    found = re.fullmatch(r"/start(?:@\w+)?\s+(\S{4,40})", text)
    return found.group(1) if found else ""


def _command(text: str) -> tuple[str, str, bool]:
    """The command in front, the words behind it, and whether it stood there letter by letter."""
    bare = text.lstrip(_LEAD)
    for length in (2, 1):
        first, rest = _split(bare, length)
        if len(first) == length and tuple(first) in FOLDED:
            return FOLDED[tuple(first)], rest, True
    first, rest = _split(bare, 1)
    near = _near(first[0]) if len(first) == 1 else ""
    return near, rest, False


def _split(text: str, count: int) -> tuple[list[str], str]:
    """The first words folded, and what stands behind them as it was written."""
    parts = text.split(maxsplit=count)
    cut = "".join(parts[:count])
    head = folded(" ".join(part.strip(_END) for part in parts[:count])) if cut else []
    rest = parts[count] if len(parts) > count else ""
    # "ASK: why" and "ASK - why": the mark belongs to neither.
    return head, rest.lstrip(":-–— ").strip()


def _near(word: str) -> str:
    """The one command that is one letter away; two such are none."""
    if len(word) < SHORTEST or not word.isalpha():
        return ""
    found = {
        command
        for spelling, command in FOLDED.items()
        if len(spelling) == 1
        and len(spelling[0]) >= SHORTEST
        and OSA.distance(word, spelling[0], score_cutoff=1) <= 1
    }
    return found.pop() if len(found) == 1 else ""


def _numbered(rest: str) -> tuple[int | None, str]:
    found = _NUMBER.match(_ascii(rest))
    return (int(found.group(1)), rest[found.end() :].strip()) if found else (None, rest)


def _is_sentence(command: str, number: int | None, rest: str) -> bool:
    """A word of command that only begins a sentence: "Today we …", "Thanks to all"."""
    return bool(rest) and command not in WITH_WORDS


def _ascii(text: str) -> str:
    """Digits of every script as 0–9; as long as before."""
    return "".join(_digit(char) for char in text)


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)
