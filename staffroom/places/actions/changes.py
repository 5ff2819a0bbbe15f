"""Whoever changes postings or areas says so here: all whose supervision may change are named."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from staffroom.core import hooks
from staffroom.places import supervision


@contextmanager
def supervision_of(people: Iterable[uuid.UUID]) -> Iterator[None]:
    """Around a change at `people`: they, and everyone below them before and after, are told on.

    Whoever is below somebody gains and loses that person's superiors too, so the whole chain down
    counts; whoever is above is found by the rooms that listen, from the people named.
    """
    changed = set(people)
    affected = changed | supervision.below(changed)
    yield
    affected |= supervision.below(changed)
    if affected:
        hooks.postings_changed.call(person_ids=affected)
