"""Who tends which communities from outside: gardeners, trainers, administrators, by area and wall."""

import uuid

from django.db.models import Q, QuerySet

from staffroom.communities.models import Community
from staffroom.communities.wall import barred_from
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places.models import Appointment, Posting, Programme, on_date
from staffroom.places.supervision import descendants

GARDENER = Appointment.Role.GARDENER
TRAINER = Appointment.Role.TRAINER
ADMINISTRATOR = Appointment.Role.ADMINISTRATOR
ADVISER = Appointment.Role.ADVISER
#: Who may place a programme's teachers, where the office is for all of it.
PLACING = (GARDENER, ADMINISTRATOR)


def appointments(person: Person, *roles: str) -> QuerySet[Appointment]:
    """What the person is appointed to today, in one of these roles."""
    return Appointment.objects.filter(on_date(today()), person=person, role__in=roles)


def tended_by(person: Person, *roles: str) -> QuerySet[Community]:
    """The communities of the person's programmes and areas, without those the wall bars."""
    reach = Q(pk__in=[])
    for appointment in appointments(person, *(roles or (GARDENER,))):
        part = Q(programme=appointment.programme_id)
        if appointment.area_id is not None:
            part &= Q(area__in=descendants({appointment.area_id}, today()))
        reach |= part
    return Community.objects.filter(reach).exclude(pk__in=barred_from(person).values("pk"))


def tends(person: Person, community: Community, *roles: str) -> bool:
    return tended_by(person, *roles).filter(pk=community.pk).exists()


def can_place(person: Person, programme: Programme) -> bool:
    """Gardeners and administrators of a whole programme place its teachers."""
    mine = appointments(person, *PLACING).filter(programme=programme, area=None)
    return mine.exists()


def programmes_of(person: Person) -> QuerySet[Programme]:
    """The programmes a person works in: by posting or appointment, else the only one there is."""
    day = today()
    postings = Posting.objects.filter(on_date(day), person=person).values("school__programme")
    offices = Appointment.objects.filter(on_date(day), person=person).values("programme")
    found = Programme.objects.filter(Q(pk__in=postings) | Q(pk__in=offices))
    if found.exists() or Programme.objects.count() != 1:
        return found
    return Programme.objects.all()


def programme_of(person: Person) -> Programme | None:
    return programmes_of(person).order_by("created_at").first()


def works_in(person_id: uuid.UUID, programme: Programme) -> bool:
    """Whether somebody may be found by name in the programme: posted there, or appointed."""
    day = today()
    return (
        Posting.objects.filter(on_date(day), person=person_id, school__programme=programme).exists()
        or Appointment.objects.filter(on_date(day), person=person_id, programme=programme).exists()
    )
