"""Access rules of support visits and return sessions. Neither office nor supervision opens any of them."""

import uuid
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from staffroom.cascade.access import can_attend, check_runs, trains
from staffroom.cascade.models import Brought, Harvest, TrainingSession
from staffroom.cascade.queries import visits
from staffroom.core import access
from staffroom.core.errors import NotYours
from staffroom.people.models import Person
from staffroom.places import supervision


def _visitor(request: HttpRequest, **rest: object) -> None:
    if not visits.is_visitor(request.user):  # type: ignore[arg-type]
        raise NotYours


def _at_visit(request: HttpRequest, visit: uuid.UUID, **rest: object) -> None:
    found = visits.visit_of(request.user, visit)  # type: ignore[arg-type]
    if found is None:
        raise NotYours
    request.visit = found  # type: ignore[attr-defined]
    request.zone = ZoneInfo(found.programme.timezone)  # type: ignore[attr-defined]


def _visits(request: HttpRequest, visit: uuid.UUID, **rest: object) -> None:
    _at_visit(request, visit)
    if request.visit.visitor_id != request.user.pk:  # type: ignore[attr-defined]
        raise NotYours


def _visited(request: HttpRequest, visit: uuid.UUID, **rest: object) -> None:
    _at_visit(request, visit)
    if request.visit.teacher_id != request.user.pk:  # type: ignore[attr-defined]
        raise NotYours


def _return(request: HttpRequest, training: uuid.UUID) -> TrainingSession:
    sessions = TrainingSession.objects.select_related("programme", "venue", "follows")
    found = sessions.filter(pk=training, kind=TrainingSession.Kind.RETURN).first()
    if found is None:
        raise NotYours
    request.training = found  # type: ignore[attr-defined]
    request.zone = ZoneInfo(found.programme.timezone)  # type: ignore[attr-defined]
    return found


def _leads(request: HttpRequest, training: uuid.UUID, **rest: object) -> None:
    check_leads(request.user, _return(request, training))  # type: ignore[arg-type]


def _opens(request: HttpRequest, training: uuid.UUID, **rest: object) -> None:
    check_runs(request.user, _return(request, training))  # type: ignore[arg-type]


def _comes(request: HttpRequest, training: uuid.UUID, **rest: object) -> None:
    if not can_attend(request.user, _return(request, training)):  # type: ignore[arg-type]
        raise NotYours


def check_leads(by: Person, session: TrainingSession) -> None:
    """Whoever leads the day; the office plans it, and reads nothing of what was brought."""
    if session.kind != TrainingSession.Kind.RETURN or not trains(by, session):
        raise NotYours


def check_reads(by: Person, brought: Brought) -> None:
    """What its owner shared with those who lead the day; never with a supervisor."""
    check_leads(by, brought.session)
    if not brought.shared or supervision.supervises(by, brought.person):
        raise NotYours


def _reads(request: HttpRequest, item: uuid.UUID, **rest: object) -> None:
    rows = Brought.objects.select_related("session__programme", "person")
    found = rows.filter(pk=item).first()
    if found is None:
        raise NotYours
    check_reads(request.user, found)  # type: ignore[arg-type]
    request.brought = found  # type: ignore[attr-defined]


def _author(request: HttpRequest, harvest: uuid.UUID, **rest: object) -> None:
    rows = Harvest.objects.select_related("brought__session__programme", "community")
    found = rows.filter(pk=harvest, brought__person=request.user.pk).first()
    if found is None:
        raise NotYours
    request.harvest = found  # type: ignore[attr-defined]


#: Whoever may support somebody.
visitor = access.requires("visitor", _visitor)
#: The visitor and the teacher of this visit; puts `request.visit`.
at_visit = access.requires("at_visit", _at_visit)
#: Its visitor alone; its teacher alone.
visits_here = access.requires("visits_here", _visits)
visited = access.requires("visited", _visited)
#: Those who lead this return session, not the office; puts `request.training`.
leads_return = access.requires("leads_return", _leads)
#: Those who lead it, and the office, which reads nothing of what was brought.
opens_by_return = access.requires("opens_by_return", _opens)
#: Whoever is invited to it.
comes_back = access.requires("comes_back", _comes)
#: Who may read this piece and draft from it; puts `request.brought`.
reads_brought = access.requires("reads_brought", _reads)
#: Whose words a draft was made of; puts `request.harvest`.
harvest_author = access.requires("harvest_author", _author)
