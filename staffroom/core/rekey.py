"""A new key in the place of an old one: every box that the old one closed is closed anew.

A room says which boxes it has (`hooks.boxes`); nothing is changed while one of them opens with no key.
Batches are transactions of their own and whatever is through is passed over, so a run that was killed
goes on where it stopped.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from staffroom.core import audit, hooks

NEW, OLD, LOST = "new", "old", "lost"
BATCH = 500
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Boxes:
    """One kind of box. `state` tells the key that opens a row; `renew` closes it anew, in memory, and
    gives the names of the fields that changed."""

    key: str  # seal, safeguarding, account
    what: str  # for the person at the machine, in English
    rows: Callable[[], "QuerySet[Any]"]
    state: Callable[[Any], str]
    renew: Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class Rest:
    """What only its owner can bring under the new key, and what giving it up means."""

    key: str
    what: str
    count: Callable[[], int]
    give_up: Callable[[], None] = field(default=lambda: None)


def boxes_of(key: str) -> list[Boxes]:
    return [one for one in _all() if isinstance(one, Boxes) and one.key == key]


def rest_of(key: str) -> list[Rest]:
    return [one for one in _all() if isinstance(one, Rest) and one.key == key]


def look(key: str) -> dict[str, dict[str, int]]:
    """For each kind of box how many the new key opens, an old one, none. Changes nothing."""
    found = {}
    for boxes in boxes_of(key):
        counts = {NEW: 0, OLD: 0, LOST: 0}
        for row in boxes.rows().order_by("pk").iterator(chunk_size=BATCH):
            counts[boxes.state(row)] += 1
        found[boxes.what] = counts
    return found


def renew(key: str, progress: Progress = lambda done: None) -> int:
    """Close everything anew that an old key opens; how many that were."""
    done = 0
    for boxes in boxes_of(key):
        for batch in _batches(boxes):
            done += batch
            progress(batch)
    audit.write("key.renewed", actor=None, key=key, boxes=done)
    return done


def _batches(boxes: Boxes) -> Iterator[int]:
    last: Any = None
    while True:
        rows = boxes.rows().order_by("pk")
        with transaction.atomic():
            batch = list(
                (rows if last is None else rows.filter(pk__gt=last)).select_for_update()[:BATCH]
            )
            done = sum(_renew(boxes, row) for row in batch)
        if not batch:
            return
        last = batch[-1].pk
        yield done


def _renew(boxes: Boxes, row: Model) -> bool:
    if boxes.state(row) != OLD:
        return False
    row.save(update_fields=list(boxes.renew(row)))
    return True


def _all() -> Iterator[Boxes | Rest]:
    for part in hooks.boxes:
        yield from part()
