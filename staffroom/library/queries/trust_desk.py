"""What waits at a desk: the advisers', over all kinds of things; the school leaders', of shared ones."""

import datetime as dt
import uuid
from dataclasses import dataclass

from staffroom.communities.models import Advisership
from staffroom.communities.offices import ADVISER, appointments
from staffroom.communities.wall import readable_by
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Thing
from staffroom.library.models import Hearing
from staffroom.library.queries.trust import Mark, marks
from staffroom.people.models import Person
from staffroom.places.supervision import has_supervising_place

A_PAGE = 10
MOST_PAGES = 30


@dataclass(frozen=True)
class Waiting:
    thing: Thing
    mark: Mark | None


@dataclass(frozen=True)
class Desk:
    waiting: list[Waiting]
    page: int
    more: bool


def advises(person: Person) -> bool:
    """An adviser of a community that the wall leaves open, or appointed as one."""
    seats = Advisership.objects.filter(person=person, ended_at=None)
    if seats.filter(community__in=readable_by(person).values("pk")).exists():
        return True
    return appointments(person, ADVISER).exists()


def leads_school(person: Person) -> bool:
    """Heads, deputies, inspectors: whoever may not judge what is said in the communities below."""
    return has_supervising_place(person)


def desk(person: Person, *, leaders: bool, reach: bool, page: int = 1) -> Desk:
    """One page of what waits, oldest first or most read first, over all kinds of things."""
    page = min(max(page, 1), MOST_PAGES)
    most = page * A_PAGE + 1
    things = [
        thing
        for keeper in hook.keepers()
        for thing in keeper.waiting(person, leaders=leaders, reach=reach, most=most)
    ]
    things.sort(key=_by_reach if reach else _by_age)
    shown = things[(page - 1) * A_PAGE : page * A_PAGE]
    return Desk(_with_marks(shown), page, more=len(things) > page * A_PAGE)


def _by_age(thing: Thing) -> tuple[object, ...]:
    return thing.at, thing.id


def _by_reach(thing: Thing) -> tuple[object, ...]:
    return -(thing.reach or 0), thing.at, thing.id


def _with_marks(things: list[Thing]) -> list[Waiting]:
    found: dict[uuid.UUID, Mark] = {}
    for kind in {thing.kind for thing in things}:
        of_kind = [thing for thing in things if thing.kind == kind]
        found |= marks(kind, [thing.id for thing in of_kind], named=all(t.named for t in of_kind))
    return [Waiting(thing, found.get(thing.id)) for thing in things]


@dataclass(frozen=True)
class Heard:
    """A word for Today: what happened to a thing that the person read or wrote."""

    thing: Thing
    what: str


def words_for(person: Person, most: int = 5, since: dt.datetime | None = None) -> list[Heard]:
    """What this person has not heard yet, newest first; only of things they may see now."""
    waiting = Hearing.objects.filter(person=person, seen_at=None)
    if since is not None:
        waiting = waiting.filter(at__gt=since)
    rows = list(waiting.select_related("trust").order_by("-at", "-id")[: 4 * most])
    things: dict[uuid.UUID, Thing] = {}
    for keeper in hook.keepers():
        ids = [row.trust.thing for row in rows if row.trust.kind == keeper.kind]
        if ids:
            things |= keeper.find(person, ids)
    found = [(things.get(row.trust.thing), row.what) for row in rows]
    return [Heard(thing, what) for thing, what in found if thing is not None][:most]


def waits(person: Person, thing: Thing) -> bool:
    """Whether there is a word about this thing that the person has not read."""
    return Hearing.objects.filter(
        person=person, seen_at=None, trust__kind=thing.kind, trust__thing=thing.id
    ).exists()
