"""The ways by which a digest can reach a person besides their own page. A channel brings its own:

carriers.register(Carrier("sms", _("Text message"), works=…, address=…, send=…, fits=…))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from staffroom.people.models import Person


class TryLater(Exception):
    """The message was certainly not taken; it may be tried again."""


class Undeliverable(Exception):
    """It never will be. `code`: one of `sending.WHY`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Carrier:
    """`send(address, text)` returns once the message is taken, or raises one of the two above."""

    key: str
    label: Any
    works: Callable[[], bool]
    address: Callable[[Person], str]  # empty: the person cannot be reached on this way
    send: Callable[[str, str], None]
    fits: Callable[[str], bool]
    parts: Callable[[str], int]


_known: dict[str, Carrier] = {}


def register(carrier: Carrier) -> None:
    _known[carrier.key] = carrier


def forget(key: str) -> None:
    """For tests."""
    _known.pop(key, None)


def find(key: str) -> Carrier | None:
    """The carrier of this key, if it works here."""
    found = _known.get(key)
    return found if found is not None and found.works() else None


def working() -> list[Carrier]:
    return [each for each in _known.values() if each.works()]
