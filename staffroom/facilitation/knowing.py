"""Who may know: of the colleagues who answered before, the one whose answers stand nearest."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from staffroom.methods.retrieval.asked import likeness, rarity

#: Less in common than this is chance.
ENOUGH = 0.2
#: The same topic is worth so much likeness.
SAME_TOPIC = 0.3


@dataclass(frozen=True)
class Answered:
    """An answer given before: by whom, to what question (its stems and topic), and whom it helped."""

    by: Any
    words: frozenset[str]
    topic: str
    helped: int


def who_may_know(
    words: Collection[str], topic: str, before: Sequence[Answered], *, but: Collection[Any] = ()
) -> Any | None:
    """One colleague or nobody. Not the one who answers most: the one whose single best answer fits.

    `but` are left out (the asker, whoever was asked lately).
    """
    stands_in = Counter(word for each in before for word in each.words)
    weights = {word: rarity(stands_in[word], len(before)) for word in words}
    best: dict[Any, float] = defaultdict(float)
    for each in before:
        if each.by in but:
            continue
        fits = likeness(words, each.words, weights)
        if topic and each.topic.casefold() == topic.casefold():
            fits += SAME_TOPIC
        if fits >= ENOUGH:
            best[each.by] = max(best[each.by], fits * (1 + min(each.helped, 3) / 10))
    return max(best, key=lambda who: (best[who], str(who)), default=None)
