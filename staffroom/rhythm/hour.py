"""When a community's hour is, by its own clock. Nothing here asks the database.

A community says weekday and hour in its time zone; so an hour keeps its place on the wall when the
clocks are changed.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from staffroom.communities.models import Community

#: "An hour of the week", and time to finish what was begun.
LASTS = dt.timedelta(hours=2)
#: So long after it the stream leads to what it brought.
LINKED = dt.timedelta(hours=24)
#: So long a changed time stands above the stream.
HEARD = dt.timedelta(days=7)
#: And so long it stands on Today.
TOLD = dt.timedelta(days=2)
#: Members are reminded so long before, but not by night.
REMIND = dt.timedelta(hours=1)
NIGHT_FROM, NIGHT_UNTIL = dt.time(21), dt.time(6)
LATEST, EVENING = dt.time(20, 30), dt.time(20)


@dataclass(frozen=True)
class Hour:
    """One coming of it: the day on the community's calendar, begin and end in UTC."""

    day: dt.date
    begins: dt.datetime
    ends: dt.datetime


def on(community: Community, day: dt.date) -> Hour | None:
    """The hour of that day, if it is the day of the week."""
    if community.set_hour is None or community.set_weekday != day.weekday():
        return None
    zone = ZoneInfo(community.timezone)
    begins = dt.datetime.combine(day, community.set_hour, zone).astimezone(dt.UTC)
    return Hour(day, begins, begins + LASTS)


def current(community: Community, moment: dt.datetime) -> Hour | None:
    """The hour that lasts at this moment."""
    found = _last_begun(community, moment)
    return found if found and moment < found.ends else None


def latest(community: Community, moment: dt.datetime) -> Hour | None:
    """The hour that ended a short while ago."""
    found = _last_begun(community, moment)
    return found if found and found.ends <= moment < found.ends + LINKED else None


def coming(community: Community, moment: dt.datetime) -> Hour | None:
    """The next one to begin, whether or not it is left out."""
    here = moment.astimezone(ZoneInfo(community.timezone)).date()
    for n in range(9):
        found = on(community, here + dt.timedelta(days=n))
        if found and found.begins > moment:
            return found
    return None


def _last_begun(community: Community, moment: dt.datetime) -> Hour | None:
    if community.set_hour is None:
        return None
    here = moment.astimezone(ZoneInfo(community.timezone)).date()
    for n in range(3):
        found = on(community, here - dt.timedelta(days=n))
        if found and found.begins <= moment:
            return found
    return None


def remind_at(community: Community, hour: Hour) -> dt.datetime:
    """An hour before; what would fall into the night comes in the evening before it, or at dawn."""
    zone = ZoneInfo(community.timezone)
    at = (hour.begins - REMIND).astimezone(zone)
    if at.time() >= NIGHT_FROM:
        return dt.datetime.combine(at.date(), LATEST, zone).astimezone(dt.UTC)
    if at.time() < NIGHT_UNTIL:
        dawn = dt.datetime.combine(at.date(), NIGHT_UNTIL, zone).astimezone(dt.UTC)
        if dawn < hour.begins:
            return dawn
        evening = at.date() - dt.timedelta(days=1)
        return dt.datetime.combine(evening, EVENING, zone).astimezone(dt.UTC)
    return at.astimezone(dt.UTC)
