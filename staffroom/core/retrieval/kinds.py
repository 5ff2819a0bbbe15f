"""What a room registers, so that what it keeps is found: `hooks.searchable.add(part)`.

`part() -> Searchable`. Access is the room's: it says which scopes a person may look in, and of what
was found, what the person may see now.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from staffroom.core import hooks
from staffroom.methods.text.passage import Marks, Piece


@dataclass(frozen=True)
class Entry:
    """What shall be found of one object. `title`, `body` and `more` as people wrote them."""

    kind: str
    id: uuid.UUID
    scope: uuid.UUID
    at: dt.datetime
    version: int = 1
    language: str = ""
    title: str = ""
    body: str = ""
    more: str = ""  # what stands beside: captions, names of files
    subject: str = ""
    grades: Collection[int] = ()
    #: Nothing of it may tell when it was written relative to others.
    nameless: bool = False


@dataclass(frozen=True)
class Found:
    """One result, as this person may see it."""

    id: uuid.UUID
    kind: str
    url: str
    pieces: Sequence[Piece]
    title: str = ""
    language: str = ""
    label: str = ""  # what it is: "Question", "Lesson plan"
    place: str = ""  # where it stands: the community's name
    by: Any = None
    at: dt.datetime | None = None
    post: Any = None  # for a face and a name, where it has an author


@dataclass(frozen=True)
class Searchable:
    """One room's part.

    `kinds`: kind -> what it is called, for the filter. `scopes(person)`: where this person may
    look, with the name of each. `show(person, ids, marks)`: what of these the person may see now;
    `marks` tells the words that were looked for. `entries(after)`: all objects in the order of their ids, after
    one of them. `versions(ids)`: the present version of those that still exist.
    """

    kinds: Mapping[str, Any]
    scopes: Callable[[Any], Mapping[uuid.UUID, str]]
    show: Callable[[Any, Sequence[uuid.UUID], Marks], Mapping[uuid.UUID, Found]]
    entries: Callable[[uuid.UUID | None], Iterator[Entry]]
    versions: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, int]]


def parts() -> list[Searchable]:
    return list(hooks.searchable.call())


def kinds() -> dict[str, Any]:
    """All kinds and what they are called."""
    return {kind: name for part in parts() for kind, name in part.kinds.items()}


def scopes_of(person: Any) -> dict[uuid.UUID, str]:
    """Where the person may look. One place may be named by two rooms; the first name counts."""
    found: dict[uuid.UUID, str] = {}
    for part in parts():
        found = dict(part.scopes(person)) | found
    return found
