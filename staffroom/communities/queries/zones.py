"""What time it is for a person."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.people.models import Person
from staffroom.places.models import Appointment, on_date


def zone_of(person: Person, communities: Sequence[Community] = ()) -> ZoneInfo:
    """The clock on the person's wall: of a community, else of the programme, else ours."""
    if communities:
        return ZoneInfo(communities[0].timezone)
    appointment = (
        Appointment.objects.filter(on_date(now().date()), person=person)
        .select_related("programme")
        .first()
    )
    if appointment:
        return ZoneInfo(appointment.programme.timezone)
    posting = person.postings.select_related("school__programme").first()
    return ZoneInfo(posting.school.programme.timezone if posting else settings.TIME_ZONE)
