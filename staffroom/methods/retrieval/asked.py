"""Was this asked before? How much of a question stands in another."""

import math
from collections.abc import Collection, Mapping

#: From here on another question is shown: two thirds of what is asked stand in it.
ALIKE = 2 / 3
#: One word in common is a subject, not a question.
FEWEST = 2


def likeness(asked: Collection[str], other: Collection[str], rarity: Mapping[str, float]) -> float:
    """How much of what is asked stands in the other, each word weighted by its rarity: 0 to 1.

    The overlap weighted by inverse document frequency of Metzler, Bernstein, Croft, Moffat & Zobel
    (2005), *Similarity measures for tracking information flow*. That the other says more is no
    difference: it may have the answer.
    """
    mine, common = set(asked), set(asked) & set(other)
    if len(common) < FEWEST:
        return 0.0
    all_of_it = sum(rarity.get(word, 0.0) for word in mine)
    return sum(rarity.get(word, 0.0) for word in common) / all_of_it if all_of_it else 0.0


def rarity(known: int, size: int) -> float:
    """The weight of a word that stands in `known` of `size` texts (as in BM25)."""
    known, size = max(known, 0), max(size, known, 1)
    return math.log(1 + (size - known + 0.5) / (known + 0.5))
