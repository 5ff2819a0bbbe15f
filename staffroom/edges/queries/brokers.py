"""Who carries between communities: for the page of each, and for the person."""

import uuid
from dataclasses import dataclass, field

from staffroom.communities.models import Community, Membership
from staffroom.communities.queries.people import my_memberships
from staffroom.edges.models import Broker, BrokerSide, BrokerWord
from staffroom.edges.queries.sisters import carrying
from staffroom.edges.queries.waiting import WEEK
from staffroom.people.models import Person


@dataclass
class Shown:
    """A broker as this community sees it."""

    broker: Broker
    other: Community | None
    accepted_here: bool
    mine: bool
    word: bool | None = None
    choices: list[Community] = field(default_factory=list)

    @property
    def until(self) -> object:
        return self.broker.offered_at + WEEK if self.broker.offered_at else None


def brokers_here(community: Community, person: Person) -> list[Shown]:
    """Those who carry, by consent, and those who wait for a word; a fixed number of queries."""
    found = list(
        Broker.objects.filter(ended_at=None, sides__community=community)
        .select_related("person")
        .order_by("person__name", "id")
    )
    working = set(
        carrying().filter(pk__in=[each.pk for each in found]).values_list("pk", flat=True)
    )
    sides = BrokerSide.objects.filter(broker__in=found).select_related("community")
    by_broker: dict[uuid.UUID, list[BrokerSide]] = {}
    for side in sides:
        by_broker.setdefault(side.broker_id, []).append(side)
    said = dict(
        BrokerWord.objects.filter(
            member=person, side__broker__in=found, side__community=community
        ).values_list("side__broker", "accepts")
    )
    shown = []
    for broker in found:
        mine = broker.person_id == person.pk
        if broker.accepted_at is not None and broker.pk not in working:
            continue
        if broker.accepted_at is not None and not (broker.shown or mine):
            continue
        if broker.offered_at is None and not mine:
            continue  # whom a moderator asked is that person's own affair
        here = next(each for each in by_broker[broker.pk] if each.community_id == community.pk)
        other = next((each.community for each in by_broker[broker.pk] if each.pk != here.pk), None)
        shown.append(Shown(broker, other, here.accepted_at is not None, mine, said.get(broker.pk)))
    return shown


def others_of(person: Person, community: Community) -> list[Community]:
    """My other open communities, those left out to which I carry or offer to."""
    mine = Broker.objects.filter(person=person, ended_at=None, sides__community=community)
    known = set(BrokerSide.objects.filter(broker__in=mine).values_list("community", flat=True))
    return [
        membership.community
        for membership in my_memberships(person)
        if membership.community_id not in known | {community.pk}
        and membership.community.stage == Community.Stage.OPEN
    ]


def askable(community: Community, person: Person) -> list[Person]:
    """Members whom the moderator may ask: all the others."""
    members = Membership.objects.filter(community=community, state=Membership.State.ACTIVE)
    return [
        each.person
        for each in members.exclude(person=person).select_related("person").order_by("person__name")
    ]
