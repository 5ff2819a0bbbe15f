"""Whole-community figures, and when there is none to show (the firewall's second rule).

A figure stands for at least ten members and five contributors; none where one person makes more
than half or two more than three quarters of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MEMBERS, CONTRIBUTORS = 10, 5


@dataclass(frozen=True)
class Figure:
    """How much a community did; of how many, where that is known. `shares` never leaves this room."""

    done: int
    asked: int | None = None
    shares: Mapping[Any, int] = field(default_factory=dict, repr=False)


def tells_of_nobody(figure: Figure, members: int) -> bool:
    """Whether the figure may be shown."""
    largest = sorted(figure.shares.values(), reverse=True)
    total = sum(largest)
    if members < MEMBERS or len(largest) < CONTRIBUTORS:
        return False
    return largest[0] * 2 <= total and sum(largest[:2]) * 4 <= total * 3


def shares_of(people: Iterable[Any]) -> dict[Any, int]:
    """How often each of them; whoever has left for good counts for nobody."""
    shares: dict[Any, int] = {}
    for person in people:
        if person is not None:
            shares[person] = shares.get(person, 0) + 1
    return shares


def direction(figure: Figure, before: Figure) -> str:
    """More, same or less than before: as a share where that is known. Empty without a record."""
    if figure.asked == 0 or before.asked == 0:
        return ""
    here = figure.done * (before.asked or 1)
    there = before.done * (figure.asked or 1)
    return "more" if here > there else "less" if here < there else "same"
