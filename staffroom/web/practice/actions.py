"""What is written in the practice corner: one small row of one's own.

No audit and no outbox here, on purpose: practice is heard by nobody and counts in nothing.
"""

from typing import Any

from django.db import transaction

from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.people.models import Person
from staffroom.web.models import Practice
from staffroom.web.practice.exercises import EXERCISES
from staffroom.web.practice.state import MOST_CHARACTERS, Corner


@transaction.atomic
def tried(*, person: Person, exercise: str, done: bool = True, **what: Any) -> None:
    """Keep the last try of an exercise; without `done` it may still be finished."""
    if exercise not in EXERCISES:
        raise NotYours
    row = held(person)
    corner = Corner.read(row.corner)
    what["text"] = str(what.get("text", ""))[:MOST_CHARACTERS]
    corner.tries[exercise] = {key: value for key, value in what.items() if value}
    corner.tries[exercise].setdefault("text", "")
    if done and exercise not in corner.done:
        corner.done.append(exercise)
    _keep(row, corner)


@transaction.atomic
def skip(*, person: Person) -> None:
    """Not now: it is no longer offered, and stays open."""
    row = held(person)
    corner = Corner.read(row.corner)
    corner.skipped = True
    _keep(row, corner)


@transaction.atomic
def begin_again(*, person: Person) -> None:
    """A clean board: what was tried is forgotten. The course is not touched."""
    row = held(person)
    _keep(row, Corner(skipped=Corner.read(row.corner).skipped))


@transaction.atomic
def forget(*, person: Person, keep_contributions: bool = False) -> None:
    """With the person goes all of it, whatever they decide about their words elsewhere."""
    Practice.objects.filter(person=person).delete()


def held(person: Person) -> Practice:
    """The person's row, made if need be, held until the transaction ends."""
    Practice.objects.get_or_create(person=person)
    return Practice.objects.select_for_update().get(person=person)


def _keep(row: Practice, corner: Corner) -> None:
    row.corner, row.changed_at = corner.plain(), now()
    row.save(update_fields=["corner", "changed_at"])
