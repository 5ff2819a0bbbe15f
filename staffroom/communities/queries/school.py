"""The schools' calendar, as a community lives by it."""

import datetime as dt
from zoneinfo import ZoneInfo

from staffroom.communities.models import Community, Term
from staffroom.core.clock import now, today
from staffroom.places import calendar
from staffroom.places.calendar import Break


def on_break(community: Community, day: dt.date | None = None) -> bool:
    """No school where this community is: nobody is asked for anything and no offer lapses."""
    return calendar.on_break(community.programme, day or today(community.timezone), community.area)


def open_days(community: Community, most: int) -> set[dt.date]:
    """Of the last `most` days, today included, those that were no break."""
    last = today(community.timezone)
    first = last - dt.timedelta(days=most - 1)
    return calendar.open_days(community.programme, first, last, community.area)


def silent(community: Community, moment: dt.datetime | None = None) -> bool:
    """Whatever would remind its members waits: night, weekend, holiday, out of term."""
    return calendar.reminders_silent(community.programme, moment or now(), community.area)


def next_break(community: Community) -> Break | None:
    """For the community's page: the break that is now or comes within two months."""
    return calendar.next_break(community.programme, today(community.timezone), community.area)


def ends_in_break(community: Community, term: Term | None) -> bool:
    """The moderator's term would end while there is no school: told, never changed."""
    if term is None or term.planned_end is None or term.planned_end < now():
        return False
    return on_break(community, term.planned_end.astimezone(ZoneInfo(community.timezone)).date())


def days_open(community: Community, since: dt.datetime, most: int) -> int:
    """How many of the days since then were no break, counted up to `most`."""
    day, end, found = since.date(), now().date(), 0
    while day < end and found < most:
        day += dt.timedelta(days=1)
        found += not on_break(community, day)
    return found
