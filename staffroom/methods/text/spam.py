"""Does a text look like a chain message, an advertisement or an insult? A score, with its reasons.

Marks are counted, not learned: phrases of word lists (which the caller brings), links, numbers to
call, sums of money, shouting, and whether others have seen the same text. So a moderator can read
why a text was found, and a language is added by adding a list. The weights and `THRESHOLD` were
set on one half of public data and measured on the other (benchmarks/moderation.py).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from staffroom.methods.text.fold import words

#: From here on somebody is told. Chosen for precision: a teacher wrongly doubted is dear.
THRESHOLD = 3.0
#: What each mark adds, once a text, however often it is found.
WEIGHTS = {
    "chain": 3.0,  # asks to be passed on, or says that it was
    "unkind": 3.0,  # an insult
    "seen": 3.0,  # the same text stands elsewhere
    "prize": 2.0,  # something is won, given or earned
    "share": 1.5,  # "share with everyone": also said of a good lesson plan
    "link": 1.0,
    "number": 1.0,  # a number to call or to write to
    "money": 1.0,  # a sum
    "lure": 1.0,  # free, claim, urgent, register now
    "lures": 1.0,  # several of these
    "loud": 0.5,  # capitals, rows of exclamation marks
}
#: Kinds of phrases that a word list may hold.
KINDS = ("chain", "unkind", "prize", "share", "lure")

LINK = re.compile(r"https?://|\bwww\.|\b(?:bit\.ly|tinyurl\.com|t\.me|wa\.me|chat\.whatsapp\.com)/")
NUMBER = re.compile(
    r"(?<![\w.,/:])(?:\+\d{1,3}[\s-]?|0)(?=(?:\D?\d){8})\d{2,}(?:[\s-]?\d{3,})*(?![\w,])"
    r"|(?<![\w.,/:])\d{10,13}(?![\w,])"
    r"|\b(?:call|text|txt|sms|whatsapp|piga|tuma|dial)\W+(?:\w+\W+){0,5}?(?:\d{4,}|\*\d{3})",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"(?:[£$€₨]|\b(?:ksh|kes|tsh|ush|rs|pkr|usd|sh)\.?)\s?\d[\d,.]*"
    r"|\d[\d,.]*\s?(?:[£$€₨]|/-|/=|(?:ksh|kes|tsh|bob|shillings?|shilingi|rupees?|rupay|rupaye"
    r"|روپے|pounds?|dollars?)(?!\w))",
    re.IGNORECASE,
)
EXCLAIMED = re.compile(r"[!‼❗]\s?[!‼❗]\s?[!‼❗]|[🚨📢🔥💰🎁]{2}")
#: Every number that chain messages like, as it stands in folded words.
NUMERAL = (
    r"(?:\d+|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|watano|sita|saba|nane|tisa|kumi"
    r"|ishirini|paanch|panch|das|dus|bees|پانچ|سات|دس|بارہ|پندرہ|بیس)"
)
#: Words of an advertisement. In a longer text everything is said sooner or later.
SHORT = 80
#: Fewer capitals than this are a name or an abbreviation.
SHOUTED = 20


@dataclass(frozen=True)
class Look:
    """What was found: the marks, heaviest first, and their sum."""

    score: float
    reasons: tuple[str, ...]

    @property
    def doubtful(self) -> bool:
        return self.score >= THRESHOLD


@dataclass(frozen=True)
class Lists:
    """The phrases of all languages, one pattern a kind; made once by `lists`."""

    patterns: Mapping[str, re.Pattern[str]]


def lists(phrases: Mapping[str, Iterable[str]]) -> Lists:
    """Phrases by kind. In a phrase `*` stands for one to three words, `#` for a number, `bhej-` for how a
    word begins.
    """
    unknown = set(phrases) - set(KINDS)
    if unknown:
        raise ValueError(f"unknown kinds of phrases: {sorted(unknown)}")
    made = {}
    for kind, several in phrases.items():
        found = sorted({_pattern(phrase) for phrase in several} - {""}, key=len, reverse=True)
        if found:
            made[kind] = re.compile(f" (?:{'|'.join(found)})(?= )")
    return Lists(made)


def _pattern(phrase: str) -> str:
    parts = []
    for part in phrase.split():
        if part == "*":
            parts.append(r"\S+(?: \S+){0,2}")
        elif part == "#":
            parts.append(NUMERAL)
        else:
            folded = " ".join(words(part))
            parts.append(re.escape(folded) + (r"\S*" if part.endswith("-") else ""))
    return " ".join(filter(None, parts))


def look(text: str, known: Lists, *, seen: bool = False) -> Look:
    """What in `text` makes it doubtful. `seen`: the caller found the same text elsewhere."""
    folded = f" {' '.join(words(text))} "
    hits = {kind: set(pattern.findall(folded)) for kind, pattern in known.patterns.items()}
    found = {kind for kind, phrases in hits.items() if phrases} | _shape(text)
    if len(hits.get("lure", ())) > 1 and folded.count(" ") <= SHORT:
        found.add("lures")
    if seen:
        found.add("seen")
    reasons = sorted(found, key=lambda mark: (-WEIGHTS[mark], mark))
    return Look(sum(WEIGHTS[mark] for mark in reasons), tuple(reasons))


def _shape(text: str) -> set[str]:
    """The marks that need no words."""
    found = set()
    for mark, pattern in (("link", LINK), ("number", NUMBER), ("money", MONEY)):
        if pattern.search(text):
            found.add(mark)
    if EXCLAIMED.search(text) or _shouts(text):
        found.add("loud")
    return found


def _shouts(text: str) -> bool:
    capitals = sum(char.isupper() for char in text)
    return capitals >= SHOUTED and capitals * 2 > sum(char.islower() for char in text)


# --- the same text again -------------------------------------------------------------------------

#: Of a shorter text ("Thank you so much, this helped me a lot today") anybody may write the same.
LONG_ENOUGH = 12
#: Words in a row that make a shingle; eight bands of two smallest hashes each.
SHINGLE, BANDS, ROWS = 3, 8, 2
#: From this share of common shingles on, two texts are the same with small changes.
SAME = 0.6
_PRIME = (1 << 61) - 1


def shingles(text: str) -> frozenset[str]:
    """Every three words in a row; none of a text that is too short to be known again."""
    said = words(text)
    if len(said) < LONG_ENOUGH:
        return frozenset()
    return frozenset(" ".join(said[at : at + SHINGLE]) for at in range(len(said) - SHINGLE + 1))


def prints(text: str) -> tuple[int, ...]:
    """Eight numbers below 2^61, of which the same text with small changes shares at least one.

    Min-hashing in bands (Broder 1997; Leskovec et al., *Mining of Massive Datasets*, 3.4): texts
    that share 60 % of their shingles meet with probability .97, those that share 10 % with .08;
    `same` then compares what met. Empty for a short text.
    """
    hashes = [_hash(shingle) for shingle in shingles(text)]
    if not hashes:
        return ()
    smallest = [min((a * h + b) % _PRIME for h in hashes) for a, b in _permutations()]
    return tuple(
        _hash(f"{band}:{smallest[band * ROWS : (band + 1) * ROWS]}") for band in range(BANDS)
    )


def same(one: str, other: str) -> bool:
    """Whether two texts are one, but for small changes."""
    left, right = shingles(one), shingles(other)
    return bool(left and right) and len(left & right) >= SAME * len(left | right)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") % _PRIME


@lru_cache(maxsize=1)
def _permutations() -> tuple[tuple[int, int], ...]:
    return tuple((_hash(f"a{n}") | 1, _hash(f"b{n}")) for n in range(BANDS * ROWS))
