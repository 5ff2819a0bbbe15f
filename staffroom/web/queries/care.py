"""What the room `rhythm` has to say on Today, asked where the calls know that something waits."""

from typing import Any

from staffroom.people.models import Person
from staffroom.rhythm.hooks import challenge, recognition, silence
from staffroom.web.queries.calls import Calls


def rows(person: Person, calls: Calls) -> list[list[dict[str, Any]]]:
    found = [recognition.rows_for(person)] if calls.recognised else []
    if calls.challenged:
        found.append(challenge.rows_for(person))
    if calls.missed:
        found.append([silence.row_for(person)])
    return found
