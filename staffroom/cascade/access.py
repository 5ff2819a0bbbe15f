"""Who may open what of a cascade: the office that plans, the trainers of a session, who is invited."""

import uuid
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from staffroom.cascade.models import Invitation, SessionTrainer, TrainingSession
from staffroom.core import access
from staffroom.core.errors import NotYours
from staffroom.people.models import Person
from staffroom.places.access import PLANNERS, planner, programmes_of
from staffroom.places.models import Programme


def can_plan(person: Person | None, programme: Programme) -> bool:
    """Gardeners and administrators plan the training of their programme."""
    return person is not None and any(
        programmes_of(person, role).filter(pk=programme.pk).exists() for role in PLANNERS
    )


def check_plans(person: Person | None, programme: Programme) -> None:
    """`None` is whoever works at the machine itself."""
    if person is not None and not can_plan(person, programme):
        raise NotYours


def trains(person: Person, session: TrainingSession) -> bool:
    return SessionTrainer.objects.filter(session=session, trainer__person=person).exists()


def can_run(person: Person, session: TrainingSession) -> bool:
    """Its trainers, and the office that planned it."""
    return trains(person, session) or can_plan(person, session.programme)


def check_runs(person: Person | None, session: TrainingSession) -> None:
    if person is not None and not can_run(person, session):
        raise NotYours


def can_attend(person: Person, session: TrainingSession) -> bool:
    """Whoever is invited and has not been taken off the list."""
    asked = Invitation.objects.filter(session=session, person=person)
    return asked.exclude(state=Invitation.State.WITHDRAWN).exists()


def _session(request: HttpRequest, training: uuid.UUID) -> TrainingSession:
    found = TrainingSession.objects.select_related("programme", "venue").filter(pk=training).first()
    if found is None:
        raise NotYours
    request.training = found  # type: ignore[attr-defined]
    request.programme = found.programme  # type: ignore[attr-defined]
    request.zone = ZoneInfo(found.programme.timezone)  # type: ignore[attr-defined]
    return found


def _runs(request: HttpRequest, training: uuid.UUID, **rest: object) -> None:
    check_runs(request.user, _session(request, training))  # type: ignore[arg-type]


def _at_session(request: HttpRequest, training: uuid.UUID, **rest: object) -> None:
    person: Person = request.user  # type: ignore[assignment]
    session = _session(request, training)
    if not (can_attend(person, session) or can_run(person, session)):
        raise NotYours


#: Puts `request.training`: the session's trainers, and its planners. The address says `training`.
runs_session = access.requires("runs_session", _runs)
#: The same for whoever is invited to it, too.
at_session = access.requires("at_session", _at_session)

__all__ = [
    "at_session",
    "can_attend",
    "can_plan",
    "can_run",
    "check_plans",
    "check_runs",
    "planner",
    "runs_session",
    "trains",
]
