"""Whether what a phone keeps may still stand there, and as which version: asked of the library anew."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import Resolver404, resolve

from staffroom.communities.access import community_for
from staffroom.core.errors import NotYours
from staffroom.library.models import LessonPlan, Note
from staffroom.library.queries import resources
from staffroom.library.queries.notes import note_in, travelling
from staffroom.library.queries.plans.reading import plan_in, shared_with
from staffroom.people.models import Person


@dataclass(frozen=True)
class Standing:
    """What a page of the library is now: its version, and the bytes of the file that goes with it."""

    version: str
    size: int = 0


def standing(person: Person, path: str) -> Standing | None:
    """The thing under this address; None if it is gone, or not this person's to read."""
    try:
        found = resolve(path)
        look = LOOKS.get(found.view_name or "")
        return look(person, **found.kwargs) if look else None
    except (Resolver404, NotYours):
        return None


def _resource(person: Person, resource: uuid.UUID) -> Standing:
    found = resources.one(person, resource)
    edition = resources.current(found)
    return Standing(str(found.version), edition.size if edition else 0)


def _note_here(person: Person, community: uuid.UUID, note: uuid.UUID) -> Standing | None:
    return _note(note_in(community_for(person, community), note))


def _travelling(person: Person, travels: uuid.UUID) -> Standing | None:
    return _note(travelling(person).filter(pk=travels).first())


def _note(note: Note | None) -> Standing | None:
    return Standing(str(note.version)) if note else None


def _plan_here(person: Person, community: uuid.UUID, plan: uuid.UUID) -> Standing | None:
    return _plan(plan_in(community_for(person, community), plan))


def _shared_plan(person: Person, plan: uuid.UUID) -> Standing | None:
    return _plan(shared_with(person).filter(pk=plan).first())


def _plan(plan: LessonPlan | None) -> Standing | None:
    if plan is None or plan.removed_at is not None:
        return None
    return Standing(plan.changed_at.isoformat())


#: The pages that can be kept, by the names of their addresses.
LOOKS: dict[str, Callable[..., Standing | None]] = {
    "resource": _resource,
    "practice_note": _note_here,
    "travelling_note": _travelling,
    "plan": _plan_here,
    "shared_plan": _shared_plan,
}
