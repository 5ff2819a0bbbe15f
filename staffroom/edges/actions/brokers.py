"""Brokers: members of two communities whom both accept as the ones between them.

A member of both offers, or is asked by a moderator. In each community the moderator's yes counts at
once; otherwise the members have a week to say no, and as many noes as a newcomer needs approvals end
it. It ends when the broker leaves either.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from staffroom.communities import access
from staffroom.communities.actions.common import check_member, lock
from staffroom.communities.actions.joining import approvals_needed
from staffroom.communities.models import Community, Membership
from staffroom.communities.state import can_talk
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.edges.actions.stirring import stir
from staffroom.edges.models import Broker, BrokerSide, BrokerWord
from staffroom.edges.queries.sisters import no_wall_between
from staffroom.edges.queries.waiting import WEEK
from staffroom.people.models import Person


@transaction.atomic
def offer(*, by: Person, community_id: uuid.UUID, other_id: uuid.UUID) -> Broker:
    """A member of both offers to carry between them. Offering again is the same offer."""
    one, other = _both(by, community_id, other_id)
    if (known := _between(by, one, other)) is not None:
        return known
    broker = Broker.objects.create(person=by, offered_at=now())
    for each in (one, other):
        BrokerSide.objects.create(broker=broker, community=each)
    _offered(broker, by)
    return broker


@transaction.atomic
def ask(*, by: Person, community_id: uuid.UUID, person_id: uuid.UUID) -> Broker:
    """The moderator asks a member, not knowing where else that member is."""
    community = lock(community_id)
    check_member(by, community)
    if not access.is_moderator(by, community):
        raise NotYours
    person = Person.objects.filter(
        pk=person_id, memberships__community=community, memberships__state="active"
    ).first()
    if person is None:
        raise Refused(_("Choose one of the members."), "person")
    waiting = Broker.objects.filter(
        person=person, offered_at=None, ended_at=None, sides__community=community
    ).first()
    if waiting is not None:
        return waiting
    broker = Broker.objects.create(person=person, asked_by=by)
    BrokerSide.objects.create(broker=broker, community=community)
    stir([community.pk])
    audit.write("broker.asked", actor=by, on=broker)
    outbox.put("broker.asked", broker=str(broker.pk))
    return broker


@transaction.atomic
def answer(*, by: Person, broker: Broker, other_id: uuid.UUID | None) -> Broker:
    """Who was asked names the other community, or says no."""
    held = _held(broker)
    if held.person_id != by.pk:
        raise NotYours
    if held.offered_at is not None:
        return held
    if other_id is None:
        _end(held, by, "refused")
        return held
    side = held.sides.get()
    one, other = _both(by, side.community_id, other_id)
    if (known := _between(by, one, other)) is not None:
        _end(held, by, "known")
        return known
    BrokerSide.objects.create(broker=held, community=other)
    held.offered_at = now()
    held.save(update_fields=["offered_at"])
    _offered(held, by)
    return held


@transaction.atomic
def say(*, by: Person, broker: Broker, community: Community, accepts: bool) -> Broker:
    """A member's word; the moderator's yes decides for the community. A word can be changed."""
    check_member(by, lock(community.pk))
    held = _held(broker)
    side = held.sides.filter(community=community).first()
    if side is None or held.person_id == by.pk or held.offered_at is None:
        raise NotYours
    if held.ended_at is not None or side.accepted_at is not None:
        return held
    BrokerWord.objects.update_or_create(
        side=side, member=by, defaults={"accepts": accepts, "at": now()}
    )
    audit.write("broker.word", actor=by, on=held, accepts=accepts)
    if accepts and access.is_moderator(by, community):
        _accept(side)
    elif side.words.filter(accepts=False, member__in=_inside(community)).count() >= (
        approvals_needed(community)
    ):
        _end(held, None, "declined")
    settle(held)
    return held


@transaction.atomic
def end(*, by: Person, broker: Broker) -> None:
    """The broker stops, or a moderator of either community ends it."""
    held = _held(broker)
    moderates = any(
        access.is_moderator(by, side.community)
        for side in held.sides.select_related("community")
        if access.is_member(by, side.community)
    )
    if held.person_id != by.pk and not moderates:
        raise NotYours
    _end(held, by, "ended")


@transaction.atomic
def show(*, by: Person, broker: Broker, shown: bool) -> None:
    """Whether both communities' pages name the broker."""
    held = _held(broker)
    if held.person_id != by.pk:
        raise NotYours
    Broker.objects.filter(pk=held.pk).update(shown=shown)
    audit.write("broker.shown", actor=by, on=held, shown=shown)


def settle(broker: Broker) -> None:
    """Accepted by both: the broker carries from now on."""
    if broker.ended_at is not None or broker.offered_at is None or broker.accepted_at is not None:
        return
    if broker.offered_at + WEEK <= now():
        for side in broker.sides.filter(accepted_at=None):
            _accept(side)
    if not broker.sides.filter(accepted_at=None).exists():
        broker.accepted_at = now()
        broker.save(update_fields=["accepted_at"])
        audit.write("broker.accepted", actor=None, on=broker)
        outbox.put("broker.accepted", broker=str(broker.pk))


def nightly(now: dt.datetime) -> None:
    """Weeks that are over; brokers who left; between whose communities the wall stands."""
    for broker in Broker.objects.filter(ended_at=None).prefetch_related("sides__community"):
        sides = list(broker.sides.all())
        if any(not _member(broker.person_id, side.community_id) for side in sides):
            _end(broker, None, "left")
        elif len(sides) == 2 and not no_wall_between(sides[0].community, sides[1].community):
            _end(broker, None, "posting")
        else:
            settle(broker)


def membership_ended(payload: dict[str, Any]) -> None:
    """Whoever leaves one of the two is between them no more."""
    gone = Membership.objects.filter(pk=payload["membership"]).first()
    if gone is None or _member(gone.person_id, gone.community_id):
        return
    for broker in Broker.objects.filter(
        person=gone.person_id, sides__community=gone.community_id, ended_at=None
    ):
        _end(broker, None, "left")


def _both(by: Person, one: uuid.UUID, other: uuid.UUID) -> tuple[Community, Community]:
    if one == other:
        raise Refused(_("Choose another community of yours."), "other")
    found = [lock(each) for each in sorted((one, other))]
    for community in found:
        check_member(by, community)
        if not can_talk(community):
            raise Refused(_("One of the two rests or is closed."), "other")
    if not no_wall_between(*found):
        raise Refused(_("Between these two nobody can carry: not all of them may hear each other."))
    return found[0], found[1]


def _between(person: Person, one: Community, other: Community) -> Broker | None:
    living = Broker.objects.filter(person=person, ended_at=None)
    return living.filter(sides__community=one).filter(sides__community=other).first()


def _offered(broker: Broker, by: Person) -> None:
    stir(broker.sides.values_list("community", flat=True))
    audit.write("broker.offered", actor=by, on=broker)
    outbox.put("broker.offered", broker=str(broker.pk))


def _held(broker: Broker) -> Broker:
    return Broker.objects.select_for_update().get(pk=broker.pk)


def _accept(side: BrokerSide) -> None:
    BrokerSide.objects.filter(pk=side.pk).update(accepted_at=now())


def _end(broker: Broker, by: Person | None, why: str) -> None:
    if broker.ended_at is None:
        broker.ended_at = now()
        broker.save(update_fields=["ended_at"])
        audit.write("broker.ended", actor=by, on=broker, why=why)


def _member(person: uuid.UUID, community: uuid.UUID) -> bool:
    return Membership.objects.filter(
        person=person, community=community, state=Membership.State.ACTIVE
    ).exists()


def _inside(community: Community) -> Any:
    return Membership.objects.filter(Q(community=community), state=Membership.State.ACTIVE).values(
        "person"
    )
