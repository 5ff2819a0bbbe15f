"""Which words there are and in how many entries: for rarity, and for what was mistyped.

The clock counts: new entries each minute, everything anew each night, so that no word outlives the
last entry that held it. A word that is not counted yet is found all the same; it only has no
corrections yet. A correction shows nothing: what it finds is shown to those alone who may see it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from staffroom.core.models import SearchEntry, SearchWord
from staffroom.methods.retrieval.bm25f import Collection as Figures
from staffroom.methods.retrieval.typos import nearest, slips_allowed

FIELDS = ("title", "body", "more")
#: Figures that are kept as words: nobody can type them.
TEXTS = "#texts"
LENGTHS = tuple(f"#{field}" for field in FIELDS)
A_STEP = 2_000
T = TypeVar("T")


def learn(limit: int = 1_000) -> int:
    """Count entries that came since: how many."""
    with transaction.atomic():
        fresh = list(SearchEntry.objects.filter(counted=False).order_by("id")[:limit])
        if not fresh:
            return 0
        _add(_counted(fresh))
        SearchEntry.objects.filter(pk__in=[entry.pk for entry in fresh]).update(counted=True)
    return len(fresh)


def recount() -> int:
    """Count everything anew; words that stand nowhere any more go. How many words there are.

    Written in short transactions: a figure may be old for a moment, and nobody waits.
    """
    found: Counter[str] = Counter()
    fresh: list[int] = []
    entries = SearchEntry.objects.order_by("id").only(*FIELDS, "facets", "counted")
    for entry in entries.iterator(A_STEP):
        found.update(_words_of(entry))
        if not entry.counted:
            fresh.append(entry.pk)
    had = dict(SearchWord.objects.values_list("word", "known"))
    _forget([word for word in had if word not in found])
    changed = {word: known for word, known in found.items() if had.get(word) != known}
    for step in _steps(sorted(changed)):
        _write({word: changed[word] for word in step})
    for keys in _steps(fresh):
        SearchEntry.objects.filter(pk__in=keys).update(counted=True)
    return len(found)


def _forget(words: Sequence[str]) -> None:
    for step in _steps(words):
        SearchWord.objects.filter(pk__in=step).delete()


def _steps(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), 500):
        yield things[start : start + 500]


def known(words: Collection[str]) -> dict[str, int]:
    """In how many entries each of these stands, as far as it is counted."""
    return dict(SearchWord.objects.filter(pk__in=words).values_list("word", "known"))


def figures(counted: dict[str, int]) -> Figures:
    """What `known` has found out about all entries; ask it for `TEXTS` and `LENGTHS` too."""
    texts = counted.get(TEXTS, 0)
    if not texts:
        return Figures()
    return Figures(texts, tuple(counted.get(length, 0) / texts for length in LENGTHS))


def near(forms: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Words that may have been meant by one of these, and how surely; the surest first.

    Looked for among the words with the same two letters at the beginning or at the end, which a
    slip or two seldom both hit: a few hundred of a hundred thousand.
    """
    wanted = [form for form in forms if slips_allowed(form)]
    if not wanted:
        return ()
    like = Q(head__in={form[:2] for form in wanted}) | Q(tail__in={form[-2:] for form in wanted})
    lengths = [len(form) for form in wanted]
    words = SearchWord.objects.filter(like, length__range=(min(lengths) - 2, max(lengths) + 2))
    found = list(words.values_list("word", "known"))
    sure: dict[str, float] = {}
    for form in wanted:
        for one in nearest(form, found):
            sure[one.word] = max(one.weight, sure.get(one.word, 0.0))
    for form in forms:
        sure.pop(form, None)
    return tuple(sorted(sure.items(), key=lambda one: (-one[1], one[0])))


def _counted(entries: Iterable[SearchEntry]) -> Counter[str]:
    found: Counter[str] = Counter()
    for entry in entries:
        found.update(_words_of(entry))
    return found


def _words_of(entry: SearchEntry) -> dict[str, int]:
    """Each word once; the place where it is, and the lengths for the means."""
    fields = [getattr(entry, field).split() for field in FIELDS]
    found = dict.fromkeys((word for field in fields for word in field), 1)
    found |= dict.fromkeys((word for word in entry.facets.split() if word.startswith("in:")), 1)
    lengths = {length: len(field) for length, field in zip(LENGTHS, fields, strict=True)}
    return found | lengths | {TEXTS: 1}


def _add(counts: Counter[str]) -> None:
    had = known(list(counts))
    _write({word: had.get(word, 0) + count for word, count in counts.items()})


def _write(counts: dict[str, int]) -> None:
    rows = [_row(word, known) for word, known in sorted(counts.items())]
    SearchWord.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["known"],
    )


def _row(word: str, known: int) -> SearchWord:
    """Facets and figures have no ends: they are nobody's typing mistake."""
    if ":" in word or "#" in word:
        return SearchWord(word=word, head="", tail="", length=0, known=known)
    return SearchWord(word=word, head=word[:2], tail=word[-2:], length=len(word), known=known)
