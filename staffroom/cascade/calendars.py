"""Training sessions as iCalendar."""

import datetime as dt
from zoneinfo import ZoneInfo

from staffroom.cascade.models import TrainingSession
from staffroom.core.clock import now
from staffroom.methods.cascade.ical import Event, calendar


def of_session(session: TrainingSession) -> bytes:
    """One event a day; at its hours where they are known, else all day."""
    zone = ZoneInfo(session.programme.timezone)
    venue = session.venue.name if session.venue else ""
    where = ", ".join(filter(None, [venue, session.venue_words]))
    events = []
    for each in session.days.all():
        hours = None
        if each.begins:
            begins = dt.datetime.combine(each.day, each.begins, zone).astimezone(dt.UTC)
            ends = begins + dt.timedelta(hours=1)
            if each.ends:
                ends = dt.datetime.combine(each.day, each.ends, zone).astimezone(dt.UTC)
            hours = begins, ends
        off = session.state == TrainingSession.State.CANCELLED
        status = "CANCELLED" if off else ""
        events.append(
            Event(str(each.pk), each.day, session.title, where, session.about, hours, status)
        )
    return calendar(session.title, events, now())
