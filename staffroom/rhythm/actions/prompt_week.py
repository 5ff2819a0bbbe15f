"""On which day of this week each community's moderator is shown a prompt: worked out once a week."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.db import transaction

from staffroom.communities.models import Community
from staffroom.places.calendar import is_school_day
from staffroom.places.models import Programme

#: The clock rings at night in one zone: elsewhere the new day may begin so much later.
AHEAD = dt.timedelta(hours=12)
Group = tuple[uuid.UUID, uuid.UUID | None, str, dt.date | None]


@transaction.atomic
def mark_weeks(now: dt.datetime) -> None:
    """Write the day down with each open community, so that the page Today need not ask for it."""
    known: dict[tuple[uuid.UUID, uuid.UUID | None, str], dt.date | None] = {}
    groups: dict[Group, list[uuid.UUID]] = {}
    for each in Community.objects.filter(stage=Community.Stage.OPEN).select_related("programme"):
        key = (each.programme_id, each.area_id, each.timezone)
        if key not in known:
            known[key] = first_school_day(each, now)
        if each.prompt_day != known[key]:
            groups.setdefault((*key, known[key]), []).append(each.pk)
    for (*_key, day), ids in groups.items():
        for start in range(0, len(ids), 500):
            Community.objects.filter(pk__in=ids[start : start + 500]).update(prompt_day=day)


def first_school_day(community: Community, now: dt.datetime) -> dt.date | None:
    """The first day of this week with school; None in a week without."""
    here = (now + AHEAD).astimezone(ZoneInfo(community.timezone)).date()
    first = week_of(community.programme, here)
    days = (first + dt.timedelta(days=n) for n in range(7))
    return next(
        (day for day in days if is_school_day(community.programme, day, community.area)), None
    )


def week_of(programme: Programme, day: dt.date) -> dt.date:
    """The day on which the week of `day` begins: the one after the programme's weekend."""
    weekend = set(programme.weekend)
    first = next((n for n in range(7) if n not in weekend and (n - 1) % 7 in weekend), 0)
    return day - dt.timedelta(days=(day.weekday() - first) % 7)
