"""What the library asks of whoever keeps a thing that can be verified.

A room says it once, in its `AppConfig.ready`:

    trust.register(Answers())

Trust knows a thing by its kind and id alone. Who may see it, who wrote it, who has read it and as
what somebody may judge it is asked of its keeper each time, so that the wall stands where it stood.
"""

import datetime as dt
import hashlib
import uuid
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from staffroom.communities.models import Membership
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.library.models import Capacity
from staffroom.people.models import Person

Ids = set[uuid.UUID]


@dataclass(frozen=True)
class Thing:
    """One thing as one viewer sees it."""

    kind: str
    id: uuid.UUID
    title: str  # one line: what it is about
    text: str  # the words to judge
    version: str  # their fingerprint (`fingerprint`)
    address: str  # where it stands
    place: str  # the community's name, or that it is shared
    at: dt.datetime
    author: str = ""  # as the viewer may read it; empty without a name
    own: bool = False  # the viewer wrote it
    nameless: bool = False  # who wrote it is sealed: nothing may tell the minute either
    capacity: str = ""  # as what the viewer may judge it (`Capacity`); empty: not at all
    named: bool = False  # everyone who sees it may read the names of those who judged it
    language: str = ""
    reach: int | None = None  # how many have read it; None where that is not told
    zone: str = ""


class Verifiable(ABC):
    """The keeper of one kind of thing."""

    kind: str

    @abstractmethod
    def find(self, viewer: Person, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Thing]:
        """Those of the things that this person may see now and that still stand."""

    @abstractmethod
    def versions(self, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
        """The fingerprints of the things that still stand, whoever asks."""

    @abstractmethod
    def existing(self, ids: Collection[uuid.UUID]) -> Ids:
        """Those that are kept at all, hidden or removed for now included."""

    @abstractmethod
    def hold(self, id: uuid.UUID) -> None:
        """Hold the thing's own row until the transaction ends: before ours, always."""

    @abstractmethod
    def readers(self, id: uuid.UUID) -> Ids:
        """Who has read or saved it, its author among them. Of a nameless thing everyone it may
        reach: a list that told authors from readers would tell who wrote it."""

    def concerned(self, id: uuid.UUID) -> Ids:
        """Its author; of a nameless thing everyone, for the same reason."""
        return self.readers(id)

    def author_of(self, id: uuid.UUID) -> uuid.UUID | None:
        """Who wrote it, where that is no secret."""
        return None

    def waiting(self, viewer: Person, *, leaders: bool, reach: bool, most: int) -> list[Thing]:
        """What waits for this adviser (or school leader): oldest first, or most read first.

        Nothing of one's own, and nothing that `skipped` holds in its present words.
        """
        return []

    def check(self, viewer: Person, id: uuid.UUID) -> None:
        """`Refused` where there is something to say about judging just now."""
        return

    def enough(self, id: uuid.UUID, peers: Ids, nameless: int = 0) -> bool:
        """Whether these peers make the thing verified. `nameless`: those who have left since."""
        return len(peers) + nameless >= 2

    def moment(self, thing: Thing) -> dt.datetime:
        """The time that an act of its author is given."""
        return now()

    def changed(self, id: uuid.UUID, state: str) -> None:
        """Trust in it has changed: whatever is kept of it must be made anew."""
        return


_keepers: dict[str, Verifiable] = {}


def register(keeper: Verifiable) -> None:
    _keepers[keeper.kind] = keeper


def forget(kind: str) -> None:
    """For tests."""
    _keepers.pop(kind, None)


def keeper(kind: str) -> Verifiable:
    """Who keeps things of this kind; `NotYours` for a kind that nobody keeps."""
    found = _keepers.get(kind)
    if found is None:
        raise NotYours
    return found


def keepers() -> list[Verifiable]:
    return list(_keepers.values())


def thing_for(viewer: Person, kind: str, id: uuid.UUID) -> Thing:
    """The thing, if this person may see it; else `NotYours`."""
    found = keeper(kind).find(viewer, [id]).get(id)
    if found is None:
        raise NotYours
    return found


def fingerprint(*parts: Any) -> str:
    """Short, the same for the same words: by it an edit is told from a mere mark."""
    whole = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def capacity(*, adviser: bool, peer: bool, leader: bool = False) -> str:
    """The strongest of what somebody is."""
    if adviser:
        return Capacity.ADVISER
    return Capacity.PEER if peer else Capacity.LEADER if leader else ""


def of_different_communities(peers: Ids) -> bool:
    """Two of them who are not both of one community alone: what makes a shared thing verified.

    A school leader is of none, and so always of another than a member.
    """
    rows = Membership.objects.filter(person__in=peers, state=Membership.State.ACTIVE)
    homes: dict[uuid.UUID, Ids] = {peer: set() for peer in peers}
    for person, community in rows.values_list("person_id", "community_id"):
        homes[person].add(community)
    return any(
        homes[one] != homes[other] or len(homes[one]) != 1
        for one, other in combinations(sorted(peers), 2)
    )


def skipped(viewer: Person, kind: str) -> set[tuple[uuid.UUID, str]]:
    """(thing, version) of what this person left for later."""
    from staffroom.library.models import Skipped

    rows = Skipped.objects.filter(person=viewer, kind=kind)
    return set(rows.values_list("thing", "version"))
