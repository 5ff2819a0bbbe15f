"""Pieces put together the way the language of the screen puts them together: a, b in Urdu is a، b."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language, pgettext

#: Commas and semicolons as people type them, in Latin and in Arabic letters.
_TYPED = re.compile("[,;،؛]")


def comma() -> str:
    return pgettext("between the parts of a list", ", ")


def semicolon() -> str:
    return pgettext("between the parts of a list that have commas of their own", "; ")


def stop() -> str:
    return pgettext("between two sentences", ". ")


def listed(parts: Iterable[Any], between: str = "") -> str:
    """The parts as one text; empty ones are left out."""
    return (between or comma()).join(text for part in parts if (text := str(part)))


def typed_list(text: str) -> list[str]:
    """The parts of what a person typed with commas of any script."""
    return [part.strip() for part in _TYPED.split(text) if part.strip()]


def weekday(number: int) -> str:
    """Mon for 0; Urdu has no short names."""
    return str((WEEKDAYS if get_language() == "ur" else WEEKDAYS_ABBR)[number])
