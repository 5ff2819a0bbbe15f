from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from staffroom.core.errors import NotYours
from staffroom.core.texts import bounded
from staffroom.instruments.actions.making import draft_held
from staffroom.instruments.models import Item, Version
from staffroom.instruments.shape import (
    MAX_CHOICE,
    MAX_END,
    MAX_EXPLANATION,
    MAX_TEXT,
    MAX_UNIT,
)
from staffroom.instruments.words import PARTS
from staffroom.people.models import Person

MOST = {
    "text": MAX_TEXT,
    "explanation": MAX_EXPLANATION,
    "unit": MAX_UNIT,
    "low": MAX_END,
    "high": MAX_END,
}


@transaction.atomic
def translate(
    *, by: Person, version: Version, language: str, told: Mapping[str, Mapping[str, Any]]
) -> None:
    """Keep the draft's words in another language: by item, then by part; `choices` by their keys.

    What is empty is not translated: there the author's own words are shown.
    """
    draft = draft_held(by, version)
    if language not in dict(settings.LANGUAGES) or language == draft.language:
        raise NotYours
    items = {item.key: item for item in draft.items.all()}
    if not set(told) <= set(items):
        raise NotYours
    for key, parts in told.items():
        item = items[key]
        kept = _kept(item, parts)
        item.translations = {
            code: words for code, words in item.translations.items() if code != language
        } | ({language: kept} if kept else {})
        item.save(update_fields=["translations"])


def _kept(item: Item, parts: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for part in PARTS:
        if text := str(parts.get(part) or "").strip():
            _fits(text, MOST[part], f"{item.key}_{part}")
            kept[part] = text
    chosen = {}
    for choice in item.choices:
        if text := str((parts.get("choices") or {}).get(choice["key"]) or "").strip():
            _fits(text, MAX_CHOICE, f"{item.key}_choice_{choice['key']}")
            chosen[choice["key"]] = text
    return kept | ({"choices": chosen} if chosen else {})


def _fits(text: str, most: int, field: str) -> None:
    bounded(text, most, field)
