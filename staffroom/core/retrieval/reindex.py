"""The index made anew: what came by another way, what an older version wrote, all of it.

What is done is seen in the entries themselves (their version and scheme). So it can be broken off
at any time, and goes on where it was.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db import transaction

from staffroom.core.models import SearchEntry
from staffroom.core.retrieval import kinds, vocabulary
from staffroom.core.retrieval.entries import SCHEME, put_all
from staffroom.core.retrieval.kinds import Entry

A_STEP = 500
Progress = Callable[[str, int], None]


def begin_anew() -> None:
    """No entry counts as made: all will be made again, and are found meanwhile."""
    SearchEntry.objects.update(scheme=0)


def reindex(progress: Progress = lambda *_: None) -> tuple[int, int]:
    """Make what is missing or old, forget what has gone: (how many made, how many forgotten).

    The clock does it every night: nothing that was written stays unfound for longer than a day.
    """
    made = 0
    for part in kinds.parts():
        for step in _steps(part.entries(None)):
            made += _make(step)
            progress("searched", len(step))
    gone = _forget_gone()
    vocabulary.recount()
    return made, gone


def _steps(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    left = iter(entries)
    while step := list(islice(left, A_STEP)):
        yield step


@transaction.atomic
def _make(step: list[Entry]) -> int:
    ids = [entry.id for entry in step]
    had = dict(
        SearchEntry.objects.filter(object_id__in=ids, scheme=SCHEME).values_list(
            "object_id", "version"
        )
    )
    return put_all(entry for entry in step if had.get(entry.id) != entry.version)


def _forget_gone() -> int:
    """Entries whose object is no longer there."""
    gone, after = 0, -(1 << 63)
    while True:
        rows = list(
            SearchEntry.objects.filter(pk__gt=after)
            .order_by("pk")
            .values_list("pk", "object_id", "kind")[:A_STEP]
        )
        if not rows:
            return gone
        after = rows[-1][0]
        gone += _forget(rows)


def _forget(rows: list[tuple[int, uuid.UUID, str]]) -> int:
    there: set[uuid.UUID] = set()
    for part in kinds.parts():
        there |= set(part.versions([key for _pk, key, kind in rows if kind in part.kinds]))
    lost = [pk for pk, key, _kind in rows if key not in there]
    SearchEntry.objects.filter(pk__in=lost).delete()
    return len(lost)
