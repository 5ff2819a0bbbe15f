"""Was this asked before? The nearest of what stands in the index already."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from staffroom.core.retrieval import candidates, vocabulary
from staffroom.core.retrieval.candidates import Word
from staffroom.core.retrieval.finding import (
    Filters,
    as_uuid,
    languages_for,
    places,
    ranked_rows,
    spell,
)
from staffroom.methods.retrieval.asked import ALIKE, likeness, rarity
from staffroom.methods.text.fold import words
from staffroom.methods.text.stem import small_words, stem

#: The rarest words of what was written find; all of them are compared.
FINDING = 12
MOST_WORDS = 120
#: Of so many, ranked best, the likeness is worked out.
NEAR = 12
#: One or two words are no question yet.
FEWEST = 2


def asked(
    *,
    person: Any,
    text: str,
    kinds: Collection[str],
    scopes: Mapping[uuid.UUID, str],
    most: int = 3,
) -> list[tuple[uuid.UUID, str]]:
    """Object and kind of at most `most` entries that are alike, the likest first."""
    where = places(Filters(kinds=kinds), scopes)
    wanted = [word for word in dict.fromkeys(words(text)) if word not in small_words()]
    wanted = wanted[:MOST_WORDS]
    if not where or len(wanted) < FEWEST:
        return []
    spelt = sorted(spell(wanted, languages_for(person)), key=lambda one: (one.known, one.word))
    spelt = spelt[:FINDING]
    find = [Word(form) for one in spelt for form, _weight in one.forms]
    rows = candidates.having([*where, find])
    near = {key for key, _kind in ranked_rows(spelt, rows)[:NEAR]}
    told = [row for row in rows if as_uuid(row[1]) in near]
    # The same question in the stems of each text's own language.
    own = {row[7]: [stem(word, row[7]) for word in wanted] for row in told}
    weights = _weights(list(own.values()), told, rows)
    like = [
        (round(likeness(own[row[7]], _large(row), weights), 6), as_uuid(row[1]), row[2])
        for row in told
    ]
    like.sort(key=lambda one: (-one[0], str(one[1])))
    return [(key, kind) for value, key, kind in like if value >= ALIKE][:most]


def _large(row: Sequence[Any]) -> list[str]:
    """The words of title and body without the small ones."""
    small = small_words()
    return [word for field in row[4:6] for word in field.split() if word not in small]


def _weights(
    own: Sequence[Sequence[str]], told: Sequence[Any], rows: Sequence[Any]
) -> dict[str, float]:
    """The rarity of each word: as counted by the clock, or among what was found just now.

    What is being written counts already.
    """
    mine = {word for text in own for word in text}
    needed = mine | {word for row in told for word in _large(row)}
    counted = vocabulary.known([*needed, vocabulary.TEXTS])
    among = Counter(word for row in rows for word in set(_large(row)) & needed)
    among.update(mine)
    size = max(counted.get(vocabulary.TEXTS, 0), len(rows)) + 1
    return {word: rarity(max(counted.get(word, 0), among[word]), size) for word in needed}
