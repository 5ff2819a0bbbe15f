"""The visits to come as iCalendar: when, where, with whom; never the focus."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from staffroom.cascade.models import SupportVisit
from staffroom.core.clock import now
from staffroom.methods.cascade.ical import Event
from staffroom.methods.cascade.ical import calendar as written
from staffroom.people.models import Person

#: Of a visit with an hour.
LASTS = dt.timedelta(hours=1)


def calendar(person: Person, visits: Iterable[SupportVisit]) -> bytes:
    """A calendar on a phone is often seen by others: the focus is not in it."""
    return written(_("Support visits"), [_event(person, visit) for visit in visits], now())


def _event(person: Person, visit: SupportVisit) -> Event:
    other = visit.visitor if visit.teacher_id == person.pk else visit.teacher
    hours = None
    if visit.at is not None:
        begins = dt.datetime.combine(visit.day, visit.at, ZoneInfo(visit.programme.timezone))
        hours = begins.astimezone(dt.UTC), begins.astimezone(dt.UTC) + LASTS
    return Event(
        key=str(visit.pk),
        day=visit.day,
        summary=_("Support visit: %(name)s") % {"name": other.name if other else ""},
        location=visit.school.name if visit.school else "",
        description="",
        hours=hours,
        status="CONFIRMED" if visit.state == SupportVisit.State.AGREED else "TENTATIVE",
    )
