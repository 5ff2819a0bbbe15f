"""Where one is in the course. Which answers one tapped is not kept: there is nothing to score."""

from django.db import transaction

from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.people.models import Person
from staffroom.web.course.screens import SCREENS
from staffroom.web.practice.actions import held


@transaction.atomic
def answered(*, person: Person, screen: int) -> None:
    """This screen has been answered, rightly or not."""
    if not 1 <= screen <= len(SCREENS):
        raise NotYours
    row = held(person)
    row.course = sorted({*row.course, screen})
    row.changed_at = now()
    row.save(update_fields=["course", "changed_at"])


@transaction.atomic
def begin_again(*, person: Person) -> None:
    row = held(person)
    row.course, row.changed_at = [], now()
    row.save(update_fields=["course", "changed_at"])
