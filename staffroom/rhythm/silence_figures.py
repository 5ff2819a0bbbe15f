"""What a programme may learn of many answers: whole figures, or nothing.

At least ten answers from at least three communities, none of which gave more than half. Reasons named
by fewer than three people are told together, with the next smallest where they are still fewer: so no
sum leaves a small number to be worked out. Quarters are closed before they are shown, so that no two
looks can be subtracted. Pure functions: no database.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ANSWERS, COMMUNITIES, CELL = 10, 3, 3
#: A word is shown once so many people of so many communities used it.
WORD_PEOPLE, WORD_COMMUNITIES, WORDS = 5, 3, 10
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True)
class Answered:
    community: Any
    reason: str
    words: str = ""


@dataclass(frozen=True)
class Told:
    """One quarter's figures. `together`: reasons that are too small to be told apart, and how many."""

    total: int
    reasons: tuple[tuple[str, int], ...]
    together: tuple[str, ...]
    together_count: int
    words: tuple[tuple[str, int], ...]


def told(answers: Iterable[Answered], reasons: Iterable[str]) -> Told | None:
    """The figures; None where they would tell too much."""
    rows = list(answers)
    where = Counter(row.community for row in rows)
    if len(rows) < ANSWERS or len(where) < COMMUNITIES or max(where.values()) * 2 > len(rows):
        return None
    counts = Counter(row.reason for row in rows)
    listed = sorted(reasons, key=lambda reason: counts[reason])
    together = [reason for reason in listed if counts[reason] < CELL]
    apart = listed[len(together) :]
    while 0 < sum(counts[each] for each in together) < CELL and apart:
        together.append(apart.pop(0))
    return Told(
        total=len(rows),
        reasons=tuple((each, counts[each]) for each in reversed(apart)),
        together=tuple(together),
        together_count=sum(counts[each] for each in together),
        words=_words(rows),
    )


def may_tell(shown: int, left_out: int) -> bool:
    """Whether a viewer barred from some communities may see the rest: the whole less the rest tells."""
    return left_out == 0 or (left_out >= ANSWERS and shown >= ANSWERS)


def _words(rows: list[Answered]) -> tuple[tuple[str, int], ...]:
    people: Counter[str] = Counter()
    where: dict[str, set[Any]] = defaultdict(set)
    for row in rows:
        for word in set(_WORD.findall(row.words.casefold())):
            people[word] += 1
            where[word].add(row.community)
    found = [
        (word, count)
        for word, count in people.most_common()
        if count >= WORD_PEOPLE and len(where[word]) >= WORD_COMMUNITIES
    ]
    return tuple(found[:WORDS])
