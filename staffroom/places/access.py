"""Access rules of the offices: who looks after a programme, and who tends its communities."""

import uuid
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest

from staffroom.core import access
from staffroom.core.clock import today
from staffroom.core.errors import NotYours
from staffroom.people.models import Person
from staffroom.places.models import Appointment, Area, Programme, on_date


def programmes_of(person: Person, role: str) -> QuerySet[Programme]:
    """The programmes for which the person holds this appointment today."""
    appointed = Appointment.objects.filter(on_date(today()), person=person, role=role)
    return Programme.objects.filter(pk__in=appointed.values("programme")).order_by("name", "pk")


def can_administer(person: Person | None, programme: Programme) -> bool:
    return (
        person is not None
        and programmes_of(person, Appointment.Role.ADMINISTRATOR).filter(pk=programme.pk).exists()
    )


def check_administers(person: Person | None, programme: Programme) -> None:
    """`None` is whoever works at the machine itself (the command line)."""
    if person is not None and not can_administer(person, programme):
        raise NotYours


#: Who plans: clusters here, training in the cascade.
PLANNERS = (Appointment.Role.ADMINISTRATOR, Appointment.Role.GARDENER)


def areas_planned(person: Person, programme: Programme) -> set[uuid.UUID] | None:
    """The areas for which the person may plan, not what lies in them; None for the whole programme."""
    found = Appointment.objects.filter(
        on_date(today()), person=person, programme=programme, role__in=PLANNERS
    ).values_list("role", "area_id")
    areas = set()
    for role, area in found:
        if area is None or role == Appointment.Role.ADMINISTRATOR:
            return None
        areas.add(area)
    return areas


def can_draw(person: Person | None, programme: Programme, area: Area | None) -> bool:
    """Administrators draw clusters anywhere, gardeners where they are gardeners."""
    if person is None:
        return False
    own = areas_planned(person, programme)
    return own is None or (area is not None and bool(own & _with_all_above(area)))


def check_draws(person: Person | None, programme: Programme, area: Area | None) -> None:
    """`None` is whoever works at the machine itself."""
    if person is not None and not can_draw(person, programme, area):
        raise NotYours


def _with_all_above(area: Area) -> set[uuid.UUID]:
    from staffroom.places.queries import area_paths

    return set(area_paths({area.pk}, today())[area.pk])


def _planner(request: HttpRequest, **rest: object) -> None:
    mine = sorted(
        {each for role in PLANNERS for each in programmes_of(request.user, role)},  # type: ignore[arg-type]
        key=lambda each: (each.name, each.pk),
    )
    if not mine:
        raise NotYours
    chosen = request.session.get("programme", "")
    request.programmes = mine  # type: ignore[attr-defined]
    request.programme = next((p for p in mine if str(p.pk) == chosen), mine[0])  # type: ignore[attr-defined]
    request.zone = ZoneInfo(request.programme.timezone)  # type: ignore[attr-defined]


def _rule(role: str) -> "access.Callable[..., None]":
    def check(request: HttpRequest, **rest: object) -> None:
        """Put the programmes on the request, and the one that was chosen last."""
        mine = list(programmes_of(request.user, role))  # type: ignore[arg-type]
        if not mine:
            raise NotYours
        chosen = request.session.get("programme", "")
        request.programmes = mine  # type: ignore[attr-defined]
        request.programme = next((p for p in mine if str(p.pk) == chosen), mine[0])  # type: ignore[attr-defined]
        request.zone = ZoneInfo(request.programme.timezone)  # type: ignore[attr-defined]

    return check


#: Puts `request.programme` and `request.programmes`.
administrator = access.requires("administrator", _rule(Appointment.Role.ADMINISTRATOR))
#: The same for gardeners.
gardener = access.requires("gardener", _rule(Appointment.Role.GARDENER))
#: The same for those who read what is written about danger.
safeguarding = access.requires("safeguarding", _rule(Appointment.Role.SAFEGUARDING))
#: The same for the help desk.
help_desk = access.requires("help_desk", _rule(Appointment.Role.HELP_DESK))
#: The same for whoever plans: administrators and gardeners.
planner = access.requires("planner", _planner)
