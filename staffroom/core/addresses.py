"""Addresses of pages, quickly: a page of a community holds a hundred.

`reverse` tries patterns and quotes anew each time. Where all arguments are UUIDs the shape of the
address is found once, by reversing with stand-ins, and the identifiers are put in.
"""

import uuid
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

from staffroom.core.ids import short, uuid7

MOST = 4


def address(name: str, *ids: uuid.UUID) -> str:
    """As `reverse(name, args=ids)`; raises NoReverseMatch like it."""
    parts = _shape(name, len(ids), get_urlconf(), get_script_prefix())
    if parts is None:
        return reverse(name, args=ids)
    return parts[0] + "".join(f"{short(id)}{part}" for id, part in zip(ids, parts[1:], strict=True))


def all_ids(values: list[Any]) -> bool:
    return len(values) <= MOST and all(type(value) is uuid.UUID for value in values)


@lru_cache(maxsize=2000)
def _shape(name: str, count: int, urlconf: Any, prefix: str) -> tuple[str, ...] | None:
    """What stands before, between and after the identifiers; None where they stand otherwise."""
    stand_ins = [uuid7() for _ in range(count)]
    rest, parts = reverse(name, args=stand_ins), []
    for each in stand_ins:
        before, found, rest = rest.partition(short(each))
        if not found:
            return None
        parts.append(before)
    return (*parts, rest)
