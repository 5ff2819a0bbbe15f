"""Who could advise a community."""

from staffroom.communities import wall
from staffroom.communities.models import Advisership, Community
from staffroom.communities.offices import ADVISER
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places.models import Appointment, on_date


def assignable(community: Community) -> list[Person]:
    """Appointed advisers of the programme who do not advise here yet and whom the wall lets in."""
    appointed = Appointment.objects.filter(
        on_date(today()), programme=community.programme_id, role=ADVISER
    ).values("person")
    here = Advisership.objects.filter(community=community, ended_at=None).values("person")
    people = Person.objects.filter(pk__in=appointed, erased_at=None, is_active=True).exclude(
        pk__in=here
    )
    return [person for person in people.order_by("name") if wall.may_join(person, community)]
