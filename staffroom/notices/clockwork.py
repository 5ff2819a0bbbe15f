"""When the clock looks for digests that are due.

Each person's next moment stands in their preference. For each distinct moment one entry waits in the
outbox, however many people it is for; its handler takes them a few at a time, each batch in one
transaction, so that a worker that dies has done a batch wholly or not at all.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from staffroom.communities.levers import LEVERS
from staffroom.communities.models import Advisership, Community, LeverChoice, Membership
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.notices.models import Preference
from staffroom.people.models import Person

TOPIC = "digests.due"
CHUNK = 500
#: Entries are made at night for the coming day, and some hours more for a clock that is late.
AHEAD = dt.timedelta(hours=30)
LATE = dt.timedelta(hours=1)


def next_at(preference: Preference, zone: ZoneInfo, after: dt.datetime) -> dt.datetime:
    """The next time it is the person's hour, in UTC."""
    here = after.astimezone(zone)
    day = here.date()
    while (found := _at(day, preference.hour, zone)) <= after:
        day += dt.timedelta(days=1)
    return found


def _at(day: dt.date, hour: int, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), zone).astimezone(dt.UTC)


def wake_at(moments: Iterable[dt.datetime | None]) -> None:
    """See that the worker looks at each of these moments, once; None is no moment."""
    for moment in sorted({each for each in moments if each is not None}):
        outbox.put(TOPIC, key=f"{TOPIC}:{moment.isoformat()}", delay=moment - now())


def nightly(now: dt.datetime) -> None:
    """Who is to have digests by their community's lever gets a moment; and no moment is forgotten."""
    for people in _chunks(_levered()):
        _give_moments(people, now)
    waiting = Preference.objects.filter(next_at__gt=now, next_at__lte=now + AHEAD)
    wake_at(waiting.order_by().values_list("next_at", flat=True).distinct())
    if Preference.objects.filter(next_at__lte=now - LATE).exists():
        outbox.put(TOPIC)


def _levered() -> dict[uuid.UUID, str]:
    """Everyone in a community whose lever asks for digests, with the zone of one such community."""
    zones = dict(_places().values_list("pk", "timezone"))
    people: dict[uuid.UUID, str] = {}
    seats = (
        Membership.objects.filter(state=Membership.State.ACTIVE),
        Advisership.objects.filter(ended_at=None),
    )
    for rows in seats:
        here = rows.filter(community__in=_places()).order_by().values_list("person", "community")
        for person, community in here.iterator(chunk_size=2000):
            people.setdefault(person, zones[community])
    return people


def _places() -> Any:
    """The open communities whose lever asks for digests: their own choice, or the programme's."""
    own = LeverChoice.objects.filter(lever="digest", community__isnull=False)
    defaults = LeverChoice.objects.filter(lever="digest", community=None)
    asks = Q(programme__in=defaults.exclude(value="none").values("programme"))
    if LEVERS["digest"].default != "none":
        asks |= ~Q(programme__in=defaults.values("programme"))
    asked = Q(pk__in=own.exclude(value="none").values("community"))
    return Community.objects.filter(asks | asked, stage=Community.Stage.OPEN)


def _chunks(people: dict[uuid.UUID, str]) -> Iterator[dict[uuid.UUID, str]]:
    ids = sorted(people)
    for start in range(0, len(ids), CHUNK):
        yield {id: people[id] for id in ids[start : start + CHUNK]}


def _give_moments(people: dict[uuid.UUID, str], moment: dt.datetime) -> None:
    """To those who have none and did not say: never. In four queries."""
    known = {each.person_id: each for each in Preference.objects.filter(person__in=people)}
    living = Person.objects.filter(
        pk__in=people.keys() - known.keys(), is_active=True, enrolled_at__isnull=False
    )
    new = [Preference(person_id=id) for id in living.values_list("pk", flat=True)]
    idle = [
        each
        for each in known.values()
        if each.next_at is None and each.often != Preference.Often.NONE
    ]
    for each in [*new, *idle]:
        each.began_at = each.began_at or moment
        each.next_at = next_at(each, ZoneInfo(people[each.person_id]), moment)
    Preference.objects.bulk_create(new, ignore_conflicts=True)
    Preference.objects.bulk_update(idle, ["next_at", "began_at"])
