"""How much of an answer is right. Pure: an item and a value in, a share out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from staffroom.instruments.models import Item
from staffroom.methods.text.fold import words

CHOOSING = (Item.Kind.ONE, Item.Kind.MANY, Item.Kind.PICTURE)


@dataclass(frozen=True)
class Total:
    """Points over all items that can be right, a point an item at most."""

    points: float
    most: int


def right_keys(item: Item) -> set[str]:
    return {choice["key"] for choice in item.choices if choice.get("right")}


def is_scored(item: Item) -> bool:
    """Whether an answer to this item can be right or wrong."""
    if item.kind in CHOOSING:
        return bool(right_keys(item))
    if item.kind == Item.Kind.NUMBER:
        return item.right is not None
    return item.kind == Item.Kind.SHORT and bool(item.accepted)


def share(item: Item, value: Any) -> float | None:
    """0 to 1; None where nothing is right or wrong. What was left out is not right."""
    if not is_scored(item):
        return None
    if value is None:
        return 0.0
    if item.kind == Item.Kind.MANY:
        return _of_many(right_keys(item), set(value))
    if item.kind in CHOOSING:
        return float(value in right_keys(item))
    if item.kind == Item.Kind.NUMBER:
        return float(abs(Decimal(value) - Decimal(item.right or 0)) <= Decimal(item.tolerance))
    return float(same_words(value) in {same_words(each) for each in item.accepted})


def _of_many(right: set[str], chosen: set[str]) -> float:
    """Each right one counts, each wrong one takes as much away; never below nothing.

    So choosing all earns no more than choosing none where half of them are right.
    """
    return max(0.0, (len(chosen & right) - len(chosen - right)) / len(right))


def same_words(text: str) -> str:
    """Two spellings that a reader takes for the same answer become one. Signs alone stay signs."""
    return " ".join(words(text)) or " ".join(text.split())


def total(shares: Iterable[float | None]) -> Total:
    """One person's points."""
    scored = [each for each in shares if each is not None]
    return Total(sum(scored), len(scored))


def mean(shares: Sequence[float | None]) -> float | None:
    """How much of an item is right over all who answered it; None where nothing can be."""
    scored = [each for each in shares if each is not None]
    return sum(scored) / len(scored) if scored else None
