"""The words of an item in a reader's language; in the author's where nobody has translated them."""

from dataclasses import dataclass
from typing import Any

from staffroom.instruments.models import Item

#: What can be translated of an item, beside its choices.
PARTS = ("text", "explanation", "unit", "low", "high")


@dataclass(frozen=True)
class Choice:
    key: str
    text: str
    right: bool = False
    picture: str = ""


@dataclass(frozen=True)
class Words:
    """An item as it is read."""

    text: str
    explanation: str
    unit: str
    low: str
    high: str
    choices: tuple[Choice, ...]

    def of(self, key: Any) -> str:
        return next((choice.text for choice in self.choices if choice.key == key), "")


def words(item: Item, language: str = "") -> Words:
    """Part by part, so that half a translation still helps."""
    told = item.translations.get(language) or {}
    chosen = told.get("choices") or {}
    return Words(
        **{part: told.get(part) or getattr(item, part) for part in PARTS},
        choices=tuple(
            Choice(
                key=each["key"],
                text=chosen.get(each["key"]) or each["text"],
                right=bool(each.get("right")),
                picture=each.get("picture", ""),
            )
            for each in item.choices
        ),
    )
