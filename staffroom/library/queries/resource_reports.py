"""What waits for a look."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from staffroom.communities import offices
from staffroom.communities.models import Term
from staffroom.library import reach
from staffroom.library.models import Resource, ResourceReport
from staffroom.people.models import Person
from staffroom.places.models import Appointment


def waiting_for(person: Person) -> QuerySet[Resource]:
    """Resources that were reported and that this person decides about, oldest first."""
    return (
        Resource.objects.filter(decided_by(person))
        .exclude(added_by=person)
        .annotate(waiting=Count("reports", filter=Q(reports__decided_at=None)))
        .filter(waiting__gt=0, removed_at=None)
        .select_related("community")
        .order_by("pk")
    )


def decided_by(person: Person) -> Q:
    """The filter "this person decides about it": `reach.decides` for many."""
    terms = Term.objects.filter(person=person, starts__isnull=False, ended_at=None)
    here = reach.readable_by(person).filter(pk__in=terms.values("community"))
    offices_ = offices.appointments(person, *OFFICE).filter(area=None)
    return Q(community__in=here.values("pk")) | Q(
        for_all=True, programme__in=offices_.values("programme")
    )


OFFICE = (Appointment.Role.ADMINISTRATOR, Appointment.Role.GARDENER)


def decides_anything(person: Person) -> bool:
    terms = Term.objects.filter(person=person, starts__isnull=False, ended_at=None)
    return terms.exists() or offices.appointments(person, *OFFICE).filter(area=None).exists()


def hidden_for(person: Person) -> QuerySet[Resource]:
    """What was hidden, for whoever may take that back."""
    rows = Resource.objects.filter(decided_by(person), removed_at=None)
    return rows.exclude(hidden_at=None).select_related("community").order_by("-hidden_at", "pk")


def said_of(resource: Resource) -> Iterable[ResourceReport]:
    """The reasons that wait, without whose they are."""
    return resource.reports.filter(decided_at=None).order_by("at").only("reason", "note", "at")
