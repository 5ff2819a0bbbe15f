"""An item as a text message, and an answer read from one: for phones that have no web.

Choices get letters, in Latin script on every keyboard; what comes back may be a letter, a number of
the list, or the words themselves.
"""

import re
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.words import listed
from staffroom.instruments import numbers
from staffroom.instruments.models import Item
from staffroom.instruments.reading import read
from staffroom.instruments.scoring import CHOOSING, same_words
from staffroom.instruments.words import Words, words

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SKIP = "-"


def as_message(item: Item, language: str, *, place: int = 0, of: int = 0) -> str:
    """The item as it is sent, with the sentence that says how to answer."""
    said = words(item, language)
    with override(language or get_language()):
        lines = [f"{place}/{of} {said.text}" if of else said.text, *_choices(item, said)]
        lines.append(_how(item, said))
        if not item.required:
            lines.append(_("To leave it out, send %(sign)s") % {"sign": SKIP})
    return "\n".join(lines)


def _choices(item: Item, said: Words) -> list[str]:
    if item.kind == Item.Kind.SCALE:
        return [f"1 = {said.low}", f"{item.steps} = {said.high}"]
    return [
        f"{letter} {choice.text}" for letter, choice in zip(LETTERS, said.choices, strict=False)
    ]


def _how(item: Item, said: Words) -> str:
    letters = LETTERS[: len(item.choices)]
    if item.kind == Item.Kind.MANY:
        return _("Answer with one or more letters, like %(example)s.") % {"example": letters[:2]}
    if item.kind in CHOOSING:
        return _("Answer with one letter: %(letters)s.") % {"letters": listed(letters)}
    if item.kind == Item.Kind.NUMBER:
        unit = said.unit
        return (
            _("Answer with a number (%(unit)s).") % {"unit": unit}
            if unit
            else _("Answer with a number.")
        )
    if item.kind == Item.Kind.SCALE:
        return _("Answer with a number from 1 to %(most)s.") % {"most": item.steps}
    if item.kind == Item.Kind.PHOTO:
        return _("Answer with a photo.")
    return _("Answer with a few words.")


def from_message(item: Item, text: str, language: str = "") -> Any:
    """The value that a message tells; `Refused` with how to answer where it tells none."""
    text = text.strip()
    if text in {SKIP, "–", "—"} and not item.required:
        return None
    if item.kind == Item.Kind.PHOTO:
        raise Refused(_("Answer with a photo."), item.key)
    if item.kind not in CHOOSING:
        return read(item, [text])
    keys = _keys(item, text, words(item, language))
    if not keys:
        with override(language or get_language()):
            raise Refused(_how(item, words(item, language)), item.key)
    return read(item, keys)


def _keys(item: Item, text: str, said: Words) -> list[str]:
    """The choices that a message names; none where any part of it names none."""
    for choice in said.choices:
        if same_words(choice.text) == same_words(text):
            return [choice.key]
    parts = [part for part in re.split(r"[\s,;،؛.()/&+]+", text) if part]
    if len(parts) == 1 and len(text) > 1 and text.isascii() and text.isalpha():
        parts = list(text)  # "AC"
    keys = [_key(part, said) for part in parts]
    return [] if None in keys else [key for key in keys if key]


def _key(part: str, said: Words) -> str | None:
    place = LETTERS.find(part.upper()) if len(part) == 1 else -1
    if place < 0:
        number = numbers.read(part)
        place = int(number) - 1 if number is not None and number == int(number) else -1
    return said.choices[place].key if 0 <= place < len(said.choices) else None
