"""When nothing may reach a person: their quiet hours, their days of rest, the schools' holidays."""

import datetime as dt
import uuid

from staffroom.communities.models import Community
from staffroom.communities.queries import school
from staffroom.notices.models import Preference
from staffroom.people.models import Person

FROM, UNTIL = dt.time(20), dt.time(6)


def hours(person: Person) -> tuple[dt.time, dt.time]:
    """The person's quiet hours, or those that hold for whoever has set none."""
    if person.quiet_from is None or person.quiet_until is None:
        return FROM, UNTIL
    return person.quiet_from, person.quiet_until


def is_quiet(person: Person, at: dt.time) -> bool:
    """Whether this time of the person's day lies in their quiet hours."""
    begins, ends = hours(person)
    if begins < ends:
        return begins <= at < ends
    return at >= begins or at < ends


def ends_at(person: Person, here: dt.datetime) -> dt.datetime:
    """The next end of the quiet hours after a moment of the person's zone, in UTC."""
    end = here.replace(
        hour=hours(person)[1].hour, minute=hours(person)[1].minute, second=0, microsecond=0
    )
    if end <= here:
        end += dt.timedelta(days=1)
    return end.astimezone(dt.UTC)


def rests(preference: Preference, communities: list[Community], day: dt.date) -> bool:
    """Whether the person has this day for themselves: as they say, else the programme's weekend."""
    if preference.rest_days is not None:
        return day.weekday() in preference.rest_days
    return any(day.weekday() in each.programme.weekend for each in communities[:1])


class Breaks:
    """The school holidays, asked once for each place and day."""

    def __init__(self) -> None:
        self._known: dict[tuple[uuid.UUID, uuid.UUID | None, dt.date], bool] = {}

    def on(self, community: Community, day: dt.date) -> bool:
        key = (community.programme_id, community.area_id, day)
        if key not in self._known:
            self._known[key] = school.on_break(community, day)
        return self._known[key]
