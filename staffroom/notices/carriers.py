"""The ways by which a digest can reach a person besides their own page. A channel brings its own:

carriers.register(Carrier("sms", _("Text message"), works=…, address=…, send=…, fits=…))
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from staffroom.conversations.models import Post
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
    free: bool = False  # it costs the programme nothing, so no allowance is asked
    #: The number by which this person can answer a post on this way; None: by none.
    number: Callable[[Person, Post], int | None] | None = None


_known: dict[str, Carrier] = {}
#: `guard(key, person) -> bool`: may this person be reached on this way now? All must say so.
guards: list[Callable[[str, Person], bool]] = []
#: `maker() -> [Carrier]`: ways made from something else. One registered here by itself goes before.
makers: list[Callable[[], list[Carrier]]] = []


def register(carrier: Carrier) -> None:
    _known[carrier.key] = carrier


def forget(key: str) -> None:
    """For tests."""
    _known.pop(key, None)


def find(key: str) -> Carrier | None:
    """The carrier of this key, if it works here."""
    found = _all().get(key)
    return found if found is not None and found.works() else None


def working() -> list[Carrier]:
    return [each for each in _all().values() if each.works()]


def address_of(carrier: Carrier, person: Person) -> str:
    """Where this person is reached on this way now; empty: not at all."""
    if not all(guard(carrier.key, person) for guard in guards):
        return ""
    return carrier.address(person)


def _all() -> dict[str, Carrier]:
    made = {each.key: each for maker in makers for each in maker()}
    own = {
        key: replace(each, number=each.number or made[key].number) if key in made else each
        for key, each in _known.items()
    }
    return made | own
