"""What may be asked about practice: by the person, about themselves."""

import datetime as dt
from typing import Any

from staffroom.core.clock import now
from staffroom.people.models import Person
from staffroom.web.models import Practice
from staffroom.web.practice.exercises import EXERCISES
from staffroom.web.practice.state import Corner

#: For how long after the first sign-in the corner is offered on the page of today.
OFFERED = dt.timedelta(days=28)


def corner_of(person: Person) -> Corner:
    row = Practice.objects.filter(person=person).only("corner").first()
    return Corner.read(row.corner) if row else Corner()


def offered(person: Person) -> bool:
    """A newcomer who has neither done all of it nor said "not now"."""
    if person.is_staff or person.enrolled_at is None or person.enrolled_at < now() - OFFERED:
        return False
    corner = corner_of(person)
    return not corner.skipped and len(corner.done) < len(EXERCISES)


def record(person: Person) -> dict[str, list[dict[str, Any]]]:
    """This part of the export."""
    return {
        "practice": [
            {"corner": row.corner, "course_screens_answered": row.course, "changed": row.changed_at}
            for row in Practice.objects.filter(person=person)
        ]
    }
