"""Who gets a weekly letter, and who may read a programme's figures in it."""

from django.db.models import QuerySet

from staffroom.channels.email.boxes import is_refused
from staffroom.channels.email.models import Box
from staffroom.communities.models import Community
from staffroom.communities.wall import barred_from
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places.models import Appointment, Programme, on_date

ROLES = (
    Appointment.Role.GARDENER,
    Appointment.Role.ADMINISTRATOR,
    Appointment.Role.EVALUATOR,
)


def offices(person: Person) -> QuerySet[Appointment]:
    return Appointment.objects.filter(on_date(today()), person=person, role__in=ROLES)


def roles_in(person: Person, programme: Programme) -> set[str]:
    return set(offices(person).filter(programme=programme).values_list("role", flat=True))


def refused_for(person: Person) -> list[Programme]:
    """The programmes in which the person's address is known to be refused."""
    held = Programme.objects.filter(pk__in=offices(person).values("programme"))
    return [each for each in held if person.pk in {box.person_id for box in refused_in(each)}]


def is_reader(person: Person) -> bool:
    return bool(person.email) and offices(person).exists()


def readers_of(programme: Programme) -> QuerySet[Person]:
    """Those with an e-mail address who want it. Whether the address takes it is seen when it goes."""
    held = Appointment.objects.filter(on_date(today()), programme=programme, role__in=ROLES)
    return (
        Person.objects.filter(pk__in=held.values("person"), is_active=True, email__isnull=False)
        .exclude(pk__in=Box.objects.filter(letters=False).values("person"))
        .order_by("pk")
    )


def refused_in(programme: Programme) -> list[Box]:
    """The boxes of the programme's offices that refuse letters now."""
    held = Appointment.objects.filter(on_date(today()), programme=programme, role__in=ROLES)
    rows = Box.objects.filter(
        person__in=held.values("person"), person__is_active=True, bounced_at__isnull=False
    )
    return [
        box
        for box in rows.select_related("person").order_by("bounced_at", "pk")
        if is_refused(box.person, box)
    ]


def may_have_figures(person: Person, programme: Programme) -> bool:
    """For the whole programme, and not where the wall keeps one of its communities from this person:
    what is left would tell of that one."""
    if not offices(person).filter(programme=programme, area=None).exists():
        return False
    walled = barred_from(person).filter(programme=programme, stage=Community.Stage.OPEN)
    return not walled.exists()
