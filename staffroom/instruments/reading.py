"""What a person sent for an item, made into the value that is kept; `Refused` at the item's key."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.texts import bounded
from staffroom.instruments import numbers
from staffroom.instruments.models import Item
from staffroom.instruments.scoring import CHOOSING

MAX_SHORT = 200


def read(item: Item, sent: Sequence[str]) -> Any:
    """The value of what a form sent for this item; None where it may be left out and was.

    A photo is not read here: its value is the picture that was kept.
    """
    sent = [text.strip() for text in sent if text.strip()]
    if not sent:
        if item.required:
            raise Refused(_nothing(item), item.key)
        return None
    if item.kind in CHOOSING:
        return _chosen(item, sent)
    if item.kind == Item.Kind.NUMBER:
        return _number(item, sent[0])
    if item.kind == Item.Kind.SCALE:
        return _step(item, sent[0])
    return _short(item, sent[0])


def _nothing(item: Item) -> str:
    if item.kind == Item.Kind.MANY:
        return _("Please choose one or more.")
    if item.kind in CHOOSING or item.kind == Item.Kind.SCALE:
        return _("Please choose one.")
    if item.kind == Item.Kind.PHOTO:
        return _("Please choose a photo.")
    return _("Please write something here.")


def _chosen(item: Item, sent: Sequence[str]) -> Any:
    known = [choice["key"] for choice in item.choices]
    if not set(sent) <= set(known):
        raise Refused(_("Choose among the answers in the list."), item.key)
    if item.kind == Item.Kind.MANY:
        return [key for key in known if key in sent]
    if len(set(sent)) > 1:
        raise Refused(_("Please choose one only."), item.key)
    return sent[0]


def _number(item: Item, text: str) -> str:
    value = numbers.read(text, item.unit)
    if value is None:
        raise Refused(_("Please write a number, like 12 or 3.5 or 1/2."), item.key)
    return numbers.shown(value)


def _step(item: Item, text: str) -> int:
    value = numbers.read(text)
    if value is None or value != int(value) or not 1 <= value <= item.steps:
        raise Refused(
            _("Please choose a number from 1 to %(most)s.") % {"most": item.steps}, item.key
        )
    return int(value)


def _short(item: Item, text: str) -> str:
    text = " ".join(text.replace("\x00", "").split())
    return bounded(text, MAX_SHORT, item.key)
