"""Items as a page shows them: to be answered, or with the own answer and what would be right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from staffroom.core.words import listed
from staffroom.instruments import numbers
from staffroom.instruments.models import Answer, Item
from staffroom.instruments.queries.results import ItemResult
from staffroom.instruments.scoring import CHOOSING, is_scored, right_keys
from staffroom.instruments.words import Words, words


@dataclass(frozen=True)
class Asked:
    """An item in a form, with what was typed."""

    number: int
    item: Item
    words: Words
    typed: tuple[str, ...] = ()
    error: str = ""

    @property
    def text(self) -> str:
        return self.typed[0] if self.typed else ""

    @property
    def right(self) -> str:
        """For the author's own look."""
        return right_words(self.item, self.words)

    @property
    def steps(self) -> list[str]:
        return [str(step) for step in range(1, self.item.steps + 1)]


def asked(number: int, item: Item, language: str, typed: Any = (), error: str = "") -> Asked:
    """`typed`: what the form sent, or the value that is kept."""
    if typed is None:
        typed = ()
    if not isinstance(typed, list | tuple):
        typed = (str(typed),)
    return Asked(number, item, words(item, language), tuple(typed), error)


@dataclass(frozen=True)
class Shown:
    """An item with the viewer's own answer, the right one, and what all answered."""

    number: int
    item: Item
    words: Words
    answered: bool
    mine: str
    share: float | None
    right: str
    picture: str = ""
    result: ItemResult | None = None

    @property
    def state(self) -> str:
        if self.share is None or not self.answered:
            return ""
        return "right" if self.share == 1 else "partly" if self.share else "other"


def shown(
    items: list[Item],
    answers: Mapping[Any, Answer],
    language: str,
    results: Mapping[str, ItemResult],
) -> list[Shown]:
    """All items after answering; `answers` by item, `results` by the item's key."""
    return [
        _shown(number, item, answers.get(item.pk), language, results.get(item.key))
        for number, item in enumerate(items, 1)
    ]


def _shown(
    number: int, item: Item, answer: Answer | None, language: str, result: ItemResult | None
) -> Shown:
    said = words(item, language)
    value = answer.value if answer else None
    photo = item.kind == Item.Kind.PHOTO and value is not None
    return Shown(
        number=number,
        item=item,
        words=said,
        answered=value is not None,
        mine="" if photo else in_words(item, said, value),
        share=answer.share if answer else None,
        right=right_words(item, said),
        picture=str(value) if photo else "",
        result=result,
    )


def in_words(item: Item, said: Words, value: Any) -> str:
    """A value as one reads it."""
    if value is None:
        return ""
    if item.kind in CHOOSING:
        return listed(said.of(key) for key in (value if isinstance(value, list) else [value]))
    if item.kind == Item.Kind.NUMBER and said.unit:
        return f"{value} {said.unit}"
    return str(value)


def right_words(item: Item, said: Words) -> str:
    """The right answer in words; empty where nothing is right or wrong."""
    if not is_scored(item):
        return ""
    if item.kind in CHOOSING:
        keys = right_keys(item)
        return listed(choice.text for choice in said.choices if choice.key in keys)
    if item.kind == Item.Kind.NUMBER and item.right is not None:
        return in_words(item, said, numbers.shown(item.right))
    return str(item.accepted[0])
