"""Listening to `hooks.postings_changed`."""

from collections.abc import Iterator
from contextlib import contextmanager

from staffroom.core import hooks


@contextmanager
def listening() -> Iterator[list[set]]:
    """The sets of people told on, call by call."""
    told: list[set] = []

    def part(person_ids: set) -> None:
        told.append(set(person_ids))

    hooks.postings_changed.add(part)
    try:
        yield told
    finally:
        hooks.postings_changed._parts.remove(part)
