"""The words of an item in a reader's language; in the author's where nobody has translated them."""

from collections.abc import Mapping
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


def still_told(item: Item, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The translations that are still true when an item gets these columns: of what stays the same."""
    same = {part for part in PARTS if getattr(item, part) == columns[part]}
    after = {each["key"]: each["text"] for each in columns["choices"]}
    kept = {each["key"] for each in item.choices if after.get(each["key"]) == each["text"]}
    told = {}
    for language, parts in item.translations.items():
        chosen = {key: text for key, text in parts.get("choices", {}).items() if key in kept}
        left = {part: text for part, text in parts.items() if part in same}
        if chosen:
            left["choices"] = chosen
        if left:
            told[language] = left
    return told
