"""A week that is over is counted once, and each reader gets a letter about it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction

from staffroom.channels.email import sending
from staffroom.channels.email.models import StaffLetter, Week
from staffroom.channels.email.queries.figures import figures_of
from staffroom.channels.email.queries.readers import readers_of
from staffroom.core import outbox
from staffroom.core.clock import now, today
from staffroom.places.models import Programme

TOPIC = "letter.send"
#: On Tuesdays: then the questions of Sunday have had their day.
WEEKDAY, HOUR = 1, dt.time(7)


def nightly(now: dt.datetime) -> None:
    if not sending.works():
        return
    for programme in Programme.objects.order_by("pk"):
        make(programme=programme)


@transaction.atomic
def make(*, programme: Programme) -> Week | None:
    """The letters about last week, if it is time and they are not made yet."""
    day = today(programme.timezone)
    monday = day - dt.timedelta(days=day.weekday() + 7)
    if day.weekday() < WEEKDAY or Week.objects.filter(programme=programme, monday=monday).exists():
        return None
    week = Week.objects.create(
        programme=programme, monday=monday, figures=figures_of(programme, monday)
    )
    delay = _hour(programme) - now()
    for person in readers_of(programme):
        letter = StaffLetter.objects.create(person=person, week=week)
        outbox.put(TOPIC, key=f"{TOPIC}:{letter.pk}", delay=delay, id=str(letter.pk))
    return week


def _hour(programme: Programme) -> dt.datetime:
    """The next morning there, or this moment if it is morning now."""
    zone = ZoneInfo(programme.timezone)
    here = now().astimezone(zone)
    morning = dt.datetime.combine(here.date(), HOUR, zone)
    return max(morning, here).astimezone(dt.UTC)
