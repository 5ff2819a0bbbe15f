"""Who is in a community, who moderates it, which communities a person has."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from staffroom.communities.models import Advisership, Community, Membership, Term
from staffroom.communities.wall import readable_by
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person


def memberships(community: Community) -> QuerySet[Membership]:
    """The living memberships of those who are in, by name."""
    return (
        Membership.objects.filter(community=community, state=Membership.State.ACTIVE)
        .select_related("person")
        .order_by("person__name", "id")
    )


def members(community: Community) -> QuerySet[Person]:
    """Everyone who is in, by name."""
    return Person.objects.filter(
        memberships__community=community, memberships__state=Membership.State.ACTIVE
    ).order_by("name", "id")


def active_ids(community: Community) -> set[uuid.UUID]:
    """The identifiers of everyone who is in."""
    return set(
        Membership.objects.filter(community=community, state=Membership.State.ACTIVE).values_list(
            "person_id", flat=True
        )
    )


def current_term(community: Community) -> Term | None:
    """The moderator's term that runs now; None is a vacancy."""
    found: Term | None = _TERM.first(community.pk)
    return found


_TERM = Prepared(
    lambda community: Term.objects.filter(
        community=community, starts__isnull=False, ended_at=None
    ).select_related("person")[:1],
    uuid.UUID,
)


def advisers(community: Community) -> QuerySet[Advisership]:
    """The advisers of today, by name."""
    return (
        Advisership.objects.filter(community=community, ended_at=None)
        .select_related("person")
        .order_by("person__name")
    )


def my_memberships(person: Person) -> QuerySet[Membership]:
    """The person's memberships in communities that they may read now, by name."""
    return (
        Membership.objects.filter(
            person=person,
            state=Membership.State.ACTIVE,
            community__in=readable_by(person).values("pk"),
        )
        .select_related("community")
        .order_by("community__name")
    )


def my_membership(person: Person, community: Community) -> Membership | None:
    """The person's living membership, request or invitation."""
    return Membership.objects.filter(
        person=person, community=community, state__in=["invited", "requested", "active"]
    ).first()


def moderators(communities: Iterable[Community]) -> dict[uuid.UUID, Person]:
    """Who moderates each of these now."""
    terms = Term.objects.filter(
        community__in=[each.pk for each in communities], starts__isnull=False, ended_at=None
    ).select_related("person")
    return {term.community_id: term.person for term in terms}
