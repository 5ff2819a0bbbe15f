"""Certificates: whose, of which training, and what a stranger with the code may know. Read only."""

from dataclasses import dataclass

from django.db.models import QuerySet

from staffroom.cascade import attendance_codes as codes
from staffroom.cascade.access import can_plan, can_run
from staffroom.cascade.models import Certificate, TrainingSession
from staffroom.cascade.queries import attendance as asking
from staffroom.core.clock import today
from staffroom.people.models import Person


def of_person(person: Person) -> QuerySet[Certificate]:
    return Certificate.objects.filter(person=person).order_by("-last_day", "pk")


def by_code(code: str) -> Certificate | None:
    """However it was typed."""
    given = codes.plain(code)
    if len(given) != codes.CERTIFICATE:
        return None
    found = Certificate.objects.filter(code=given, person__erased_at=None)
    return found.select_related("programme", "person").first()


def name_shown(certificate: Certificate) -> str:
    """As much of the name as its owner lets strangers see."""
    if certificate.shown == Certificate.Shown.NAME:
        return certificate.name
    if certificate.shown == Certificate.Shown.INITIALS:
        return " ".join(f"{part[0]}." for part in certificate.name.split() if part)
    return ""


def may_see(person: Person, certificate: Certificate) -> bool:
    return certificate.person_id == person.pk or may_withdraw(person, certificate)


def may_withdraw(person: Person, certificate: Certificate) -> bool:
    if certificate.session is not None:
        return can_run(person, certificate.session)
    return can_plan(person, certificate.programme)


@dataclass(frozen=True)
class Overview:
    """What stands with a session's certificates."""

    given: list[Certificate]
    waiting: int
    days: int
    needed: int
    is_over: bool


def overview(session: TrainingSession) -> Overview:
    days = [row.day for row in session.days.all()]
    enough = asking.needed(session, len(days))
    given = list(
        Certificate.objects.filter(session=session).select_related("person").order_by("name", "pk")
    )
    has = {each.person_id for each in given}
    came = asking.days_present(session)
    waiting = sum(1 for person, n in came.items() if n >= enough and person not in has)
    over = bool(days) and days[-1] <= today(session.programme.timezone)
    return Overview(given, waiting, len(days), enough, over)
