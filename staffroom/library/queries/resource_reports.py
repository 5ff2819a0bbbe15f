"""What waits for a look."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from staffroom.communities import offices
from staffroom.communities.models import Advisership, Term
from staffroom.library import reach
from staffroom.library.models import Resource, ResourceReport
from staffroom.people.models import Person
from staffroom.places.models import Appointment


def waiting_for(person: Person) -> QuerySet[Resource]:
    """Resources that were reported and that this person decides about, oldest first."""
    return (
        Resource.objects.filter(reach.judged_by(person))
        .annotate(waiting=Count("reports", filter=Q(reports__decided_at=None)))
        .filter(waiting__gt=0, removed_at=None)
        .select_related("community")
        .order_by("pk")
    )


OFFICE = (Appointment.Role.ADMINISTRATOR, Appointment.Role.GARDENER)


def decides_anything(person: Person) -> bool:
    terms = Term.objects.filter(person=person, starts__isnull=False, ended_at=None)
    advises = Advisership.objects.filter(person=person, ended_at=None)
    return (
        terms.exists()
        or advises.exists()
        or offices.appointments(person, *OFFICE).filter(area=None).exists()
    )


def hidden_for(person: Person) -> QuerySet[Resource]:
    """What was hidden, for whoever may take that back."""
    rows = Resource.objects.filter(reach.judged_by(person), removed_at=None)
    return rows.exclude(hidden_at=None).select_related("community").order_by("-hidden_at", "pk")


def said_of(resource: Resource) -> Iterable[ResourceReport]:
    """The reasons that wait, without whose they are."""
    return resource.reports.filter(decided_at=None).order_by("at").only("reason", "note", "at")
