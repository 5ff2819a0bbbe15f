"""Words mistyped: the words of a vocabulary that are one or two slips away."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: How many corrections of one word are looked for.
MOST = 6


@dataclass(frozen=True)
class Near:
    """A word of the vocabulary; `weight` tells how sure it is that it was meant."""

    word: str
    slips: int
    weight: float


def slips_allowed(word: str) -> int:
    """None in words of one or two letters, one in three to five, else two (Lucene's *AUTO*).

    Numbers have none: 27 is not 72.
    """
    if any(char.isdigit() for char in word) or len(word) < 3:
        return 0
    return 1 if len(word) < 6 else 2


def nearest(word: str, vocabulary: Iterable[tuple[str, int]], most: int = MOST) -> list[Near]:
    """The nearest words of a vocabulary of (word, in how many texts), the nearest first.

    A slip is a letter too many, too few, another, or two in the wrong order (optimal string
    alignment). Of equally near words the more frequent come first. The weight is Lucene's for a
    fuzzy word: 1 - slips / length.
    """
    allowed = slips_allowed(word)
    known = dict(vocabulary)
    if not allowed or not known:
        return []
    found = process.extract(
        word, known.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None
    )
    near = sorted((int(slips), -known[other], other) for other, slips, _ in found if slips)
    return [Near(other, slips, 1 - slips / len(word)) for slips, _, other in near[:most]]
