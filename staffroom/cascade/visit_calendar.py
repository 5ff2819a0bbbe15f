"""The visits to come as iCalendar (RFC 5545): when, where, with whom; never the focus."""

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from staffroom.cascade.models import SupportVisit
from staffroom.core.clock import now
from staffroom.core.ical import escape, fold
from staffroom.people.models import Person

#: Of a visit with an hour.
LASTS = dt.timedelta(hours=1)
STAMP = "%Y%m%dT%H%M%SZ"


def calendar(person: Person, visits: Iterable[SupportVisit]) -> bytes:
    """A calendar on a phone is often seen by others: the focus is not in it."""
    return b"".join(fold(line) for line in _lines(person, visits))


def _lines(person: Person, visits: Iterable[SupportVisit]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Staffroom//visits//EN")
    yield "METHOD:PUBLISH"
    for visit in visits:
        other = visit.visitor if visit.teacher_id == person.pk else visit.teacher
        name = other.name if other else ""
        yield from ("BEGIN:VEVENT", f"UID:{visit.pk}", f"DTSTAMP:{now():{STAMP}}")
        yield from _when(visit)
        yield f"SUMMARY:{escape(_('Support visit: %(name)s') % {'name': name})}"
        yield f"LOCATION:{escape(visit.school.name if visit.school else '')}"
        agreed = visit.state == SupportVisit.State.AGREED
        yield f"STATUS:{'CONFIRMED' if agreed else 'TENTATIVE'}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _when(visit: SupportVisit) -> tuple[str, str]:
    if visit.at is None:
        after = visit.day + dt.timedelta(days=1)  # DTEND is the first day after (3.6.1)
        return f"DTSTART;VALUE=DATE:{visit.day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    begins = dt.datetime.combine(visit.day, visit.at, ZoneInfo(visit.programme.timezone))
    begins = begins.astimezone(dt.UTC)
    return f"DTSTART:{begins:{STAMP}}", f"DTEND:{begins + LASTS:{STAMP}}"
