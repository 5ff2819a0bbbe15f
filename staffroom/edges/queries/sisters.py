"""Sister communities: those with which a community shares a broker, and no supervision either way."""

import uuid

from django.db.models import Exists, OuterRef, QuerySet

from staffroom.communities import wall
from staffroom.communities.levers import lever
from staffroom.communities.models import Advisership, Community, Membership
from staffroom.communities.state import can_talk
from staffroom.edges.models import Broker, BrokerSide
from staffroom.places.supervision import supervisors_of

#: A question goes to so many at most: more would be calling into the hall.
MOST = 3


def carrying() -> QuerySet[Broker]:
    """Accepted by both, and a member of both still."""
    member = Membership.objects.filter(
        person=OuterRef("broker__person"),
        community=OuterRef("community"),
        state=Membership.State.ACTIVE,
    )
    left = BrokerSide.objects.filter(~Exists(member), broker=OuterRef("pk"))
    return Broker.objects.filter(~Exists(left), accepted_at__isnull=False, ended_at=None)


def brokers_of(community: Community) -> QuerySet[Broker]:
    """Who carries between this community and another."""
    return carrying().filter(sides__community=community)


def sister_ids(community: Community) -> set[uuid.UUID]:
    """The communities with which this one shares a broker, the wall not yet asked."""
    sides = BrokerSide.objects.filter(broker__in=brokers_of(community).values("pk"))
    return set(sides.exclude(community=community).values_list("community", flat=True))


def sisters(community: Community) -> list[Community]:
    """Where a question of this community may go now: those of its subject first, three at most."""
    found = Community.objects.filter(pk__in=sister_ids(community)).select_related("programme")
    listed = sorted(found, key=lambda each: (each.subject != community.subject, each.name))
    return [
        each
        for each in listed
        if can_talk(each)
        and lever(each, "boundary_questions") == "on"
        and no_wall_between(community, each)
    ][:MOST]


def no_wall_between(one: Community, other: Community) -> bool:
    """Nobody who reads one supervises anybody whom the other holds."""
    return not (
        supervisors_of(wall.held_by(one)) & readers(other)
        or supervisors_of(wall.held_by(other)) & readers(one)
    )


def readers(community: Community) -> set[uuid.UUID]:
    """Members and advisers of today."""
    members = Membership.objects.filter(community=community, state=Membership.State.ACTIVE)
    advisers = Advisership.objects.filter(community=community, ended_at=None)
    return set(members.values_list("person", flat=True)) | set(
        advisers.values_list("person", flat=True)
    )
