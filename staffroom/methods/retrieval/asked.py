"""Was this asked before? How much two questions have in common."""

import math
from collections.abc import Collection, Mapping

#: From here on two questions are shown as alike: at an angle of 60 degrees or less.
ALIKE = 0.5


def likeness(one: Collection[str], other: Collection[str], rarity: Mapping[str, float]) -> float:
    """The cosine of two sets of words, each weighted by its rarity: 0 nothing in common, 1 the same.

    Salton & Buckley (1988), *Term-weighting approaches in automatic text retrieval*, with binary
    counts, as is usual for short texts.
    """
    common = _square(set(one) & set(other), rarity)
    sizes = _square(set(one), rarity) * _square(set(other), rarity)
    return common / math.sqrt(sizes) if sizes else 0.0


def rarity(known: int, size: int) -> float:
    """The weight of a word that stands in `known` of `size` texts (as in BM25)."""
    known, size = max(known, 0), max(size, known, 1)
    return math.log(1 + (size - known + 0.5) / (known + 0.5))


def _square(words: set[str], rarity: Mapping[str, float]) -> float:
    return sum(rarity.get(word, 0.0) ** 2 for word in words)
