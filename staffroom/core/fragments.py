"""Rendered pieces of pages, kept in this process: what is the same for everyone is made once.

A key holds everything the piece shows (an id and its version, counts, language, zone), so nothing
is ever taken back: a changed thing has another key. Nothing that belongs to one viewer may go in.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

#: The entries on the first pages of two thousand communities.
MOST_CHARACTERS = 48_000_000
_kept: OrderedDict[Hashable, str] = OrderedDict()
_lock = Lock()
_size = 0


def find(key: Hashable) -> str | None:
    """The piece under `key`, if it is kept."""
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
        return found


def keep(key: Hashable, made: str) -> None:
    """Keep a piece; the least recently used ones go first."""
    global _size
    with _lock:
        if key not in _kept:
            _kept[key] = made
            _size += len(made)
        while _size > MOST_CHARACTERS:
            _key, oldest = _kept.popitem(last=False)
            _size -= len(oldest)


def fragment(key: Hashable, make: Callable[[], str]) -> str:
    """The piece under `key`, made by `make` if it is not kept."""
    found = find(key)
    if found is None:
        found = make()
        keep(key, found)
    return found


def forget_all() -> None:
    """Start anew: for tests and measurements."""
    global _size
    with _lock:
        _kept.clear()
        _size = 0
