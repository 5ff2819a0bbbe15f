"""BM25F: how well texts of several fields answer a query.

Robertson, Zaragoza & Taylor (2004), *Simple BM25 extension to multiple weighted fields*, and
Robertson & Zaragoza (2009), *The probabilistic relevance framework: BM25 and beyond*, section 3.6:

    tf(w) = sum over fields f of weight_f * count_f(w) / (1 - b + b * length_f / mean length_f)
    score = sum over words w of idf(w) * tf(w) / (k1 + tf(w))

with k1 = 1.2 and b = 0.75, the values that literature recommends where nothing is tuned. Nothing
here was tuned on any collection. A word may have several spellings (its stems in some languages,
corrections of a typing mistake): their counts are added, weighted, as if they were one word
(Pirkola 1998).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

K1 = 1.2
B = 0.75
#: A word that only begins as the one looked for counts half.
BEGINS = 0.5
#: Scores closer than this are equal: then the newer text comes first.
EQUAL = 6


@dataclass(frozen=True)
class Wanted:
    """One word of the query.

    `forms`: its spellings and what each counts (1 = as typed). `begins`: count words that begin so
    too. `known`: in how many texts of the collection it stands.
    """

    forms: tuple[tuple[str, float], ...]
    begins: str = ""
    known: int = 0


@dataclass(frozen=True)
class Text:
    """A text that may answer: the words of its fields, separated by single spaces."""

    key: Any
    fields: tuple[str, ...]
    at: float = 0.0  # when it was written, in any unit


@dataclass(frozen=True)
class Collection:
    """What is known of all texts: how many there are, and the mean length of each field in words."""

    size: int = 0
    lengths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Ranked:
    key: Any
    score: float
    #: How many of the wanted words it has.
    has: int


def rank(
    wanted: Sequence[Wanted],
    texts: Sequence[Text],
    weights: Sequence[float],
    collection: Collection | None = None,
) -> list[Ranked]:
    """The texts that have any of the words, the best first.

    `weights` has one number a field. Where the collection's figures are not known or smaller than
    what stands here, those of `texts` are taken.
    """
    lengths = [[_length(field) for field in text.fields] for text in texts]
    means = _means(lengths, collection or Collection(), len(weights))
    counts = [
        _frequencies(wanted, text, weights, lengths[n], means) for n, text in enumerate(texts)
    ]
    idf = _rarities(wanted, counts, max(len(texts), collection.size if collection else 0))
    found = [
        (_scored(text.key, row, idf), text.at)
        for text, row in zip(texts, counts, strict=True)
        if any(row)
    ]
    found.sort(key=lambda one: (-one[0].score, -one[1], str(one[0].key)))
    return [one for one, _ in found]


def _length(field: str) -> int:
    return field.count(" ") + 1 if field else 0


def _means(
    lengths: Sequence[Sequence[int]], collection: Collection, fields: int
) -> tuple[float, ...]:
    if collection.lengths and collection.size >= len(lengths):
        return collection.lengths
    many = max(len(lengths), 1)
    return tuple(sum(row[field] for row in lengths) / many for field in range(fields))


def _frequencies(
    wanted: Sequence[Wanted],
    text: Text,
    weights: Sequence[float],
    lengths: Sequence[int],
    means: Sequence[float],
) -> list[float]:
    """The weighted, length-normalised count of each wanted word."""
    row = [0.0] * len(wanted)
    for field, words in enumerate(text.fields):
        if not words:
            continue
        share = weights[field] / (1 - B + B * lengths[field] / (means[field] or 1))
        # Each word between spaces of its own: counting in the text is faster than taking it apart.
        spaced = f" {words.replace(' ', '  ')} "
        for place, word in enumerate(wanted):
            if count := _count(word, spaced):
                row[place] += share * count
    return row


def _count(wanted: Wanted, spaced: str) -> float:
    count = 0.0
    for form, weight in wanted.forms:
        if times := spaced.count(f" {form} "):
            count += weight * times
    if wanted.begins and not count:
        count = BEGINS * spaced.count(f" {wanted.begins}")
    return count


def _rarities(
    wanted: Sequence[Wanted], counts: Sequence[Sequence[float]], size: int
) -> list[float]:
    """Robertson and Sparck Jones's weight, kept above zero by the 1 within the logarithm."""
    found = []
    for place, word in enumerate(wanted):
        known = max(word.known, sum(1 for row in counts if row[place]))
        found.append(math.log(1 + (max(size, known) - known + 0.5) / (known + 0.5)))
    return found


def _scored(key: Any, row: Sequence[float], idf: Sequence[float]) -> Ranked:
    score = sum(rarity * count / (K1 + count) for rarity, count in zip(idf, row, strict=True))
    return Ranked(key, round(score, EQUAL), sum(1 for count in row if count))
