"""The firewall's first rule: no supervisor of a member reads, joins or measures the community.

A community *holds* whoever is in it, has asked to be, or once was and left words behind, and its
advisers. The rule is by person and place and is asked of the database each time, because a posting
may begin at midnight without anyone pressing a button.
"""

import datetime as dt
import uuid

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from staffroom.communities.models import Advisership, Community, Membership
from staffroom.core.clock import today
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person
from staffroom.places import supervision

#: Memberships that never let the person in leave nothing behind to protect.
NEVER_IN = Q(joined_at=None) & ~Q(state__in=["invited", "requested", "active"])


def held_by(community: Community) -> set[uuid.UUID]:
    """Everyone whom the community holds."""
    members = (
        Membership.objects.filter(community=community)
        .exclude(NEVER_IN)
        .values_list("person_id", flat=True)
    )
    advisers = Advisership.objects.filter(community=community).values_list("person_id", flat=True)
    return set(members) | set(advisers)


def barred_from(person: Person) -> QuerySet[Community]:
    """The communities that hold somebody whom this person supervises."""
    below = supervision.supervised_by(person)
    if not below:
        return Community.objects.none()
    return Community.objects.filter(holding(below))


def is_barred(person: Person, community: Community) -> bool:
    return barred_from(person).filter(pk=community.pk).exists()


def readable_by(person: Person) -> QuerySet[Community]:
    """The communities whose words this person may read: as member or adviser, and not barred."""
    inside = inside_of(person.pk)
    if not supervision.has_supervising_place(person):
        return inside
    return inside.exclude(pk__in=barred_from(person).values("pk"))


def all_readable_by(person: Person) -> list[Community]:
    """The same as a list, with their programmes."""
    if supervision.has_supervising_place(person):
        return list(readable_by(person).select_related("programme"))
    return _ALL_INSIDE.rows(person.pk)


def inside_of(person: uuid.UUID) -> QuerySet[Community]:
    """Where the person is a member or an adviser: what the wall leaves to whoever supervises nobody."""
    members = Membership.objects.filter(person=person, state=Membership.State.ACTIVE)
    advisers = Advisership.objects.filter(person=person, ended_at=None)
    return Community.objects.filter(
        Q(pk__in=members.values("community")) | Q(pk__in=advisers.values("community"))
    )


_ALL_INSIDE = Prepared(lambda person: inside_of(person).select_related("programme"), uuid.UUID)
_ONE_INSIDE = Prepared(
    lambda person, community, day: (
        inside_of(person)
        .filter(pk=community)
        .select_related("programme")
        .annotate(
            supervises=ExpressionWrapper(supervision.supervising_place(person, day), BooleanField())
        )
    ),
    uuid.UUID,
    uuid.UUID,
    dt.date,
)


def one_readable_by(person: Person, community: uuid.UUID) -> Community | None:
    """The community if `readable_by` has it: what every page inside asks."""
    found: Community | None = _ONE_INSIDE.first(person.pk, community, today())
    if found is not None and found.supervises and is_barred(person, found):  # type: ignore[attr-defined]
        return None
    return found


def holding(people: set[uuid.UUID]) -> Q:
    """The filter "holds one of these people"."""
    members = Membership.objects.filter(person__in=people).exclude(NEVER_IN).values("community")
    advisers = Advisership.objects.filter(person__in=people).values("community")
    return Q(pk__in=members) | Q(pk__in=advisers)


def open_to(person: Person) -> QuerySet[Community]:
    """All communities that `may_join` allows, in one query."""
    communities = Community.objects.exclude(pk__in=barred_from(person).values("pk"))
    above = supervision.supervisors_of([person.pk])
    return communities.exclude(holding(above)) if above else communities


def may_join(person: Person, community: Community) -> bool:
    """Neither side may supervise the other: a member above would silence, one below would be exposed."""
    if is_barred(person, community):
        return False
    return not (supervision.supervisors_of([person.pk]) & held_by(community))
