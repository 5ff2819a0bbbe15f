"""Lists that leave as CSV or XLSX and come back: the same columns out as are read in.

A room that has one adds it in `AppConfig.ready`: `lists.add(List(...))`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from staffroom.core.errors import NotYours
from staffroom.places.models import Programme

Rows = Iterator[Sequence[Any]]


@dataclass(frozen=True)
class List:
    """`table(programme)` gives head and rows. `reads` is the name of the URL where it comes back."""

    key: str
    title: Any
    about: Any
    table: Callable[[Programme], tuple[list[str], Rows]]
    reads: str = ""


_lists: dict[str, List] = {}


def add(made: List) -> None:
    _lists[made.key] = made


def every() -> list[List]:
    return list(_lists.values())


def of(key: str) -> List:
    if key not in _lists:
        raise NotYours
    return _lists[key]
