"""Leaving, and ending somebody's membership by agreement of the members."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.actions.common import (
    ACTIVE,
    check_member,
    check_steers,
    finish,
    lock,
)
from staffroom.communities.models import Community, Ending, EndingAgreement, Membership
from staffroom.communities.queries import active_ids
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person


@transaction.atomic
def leave(*, person: Person, community_id: uuid.UUID) -> None:
    """Leave. What was written stays; leaving twice is harmless."""
    membership = (
        Membership.objects.select_for_update()
        .filter(community=community_id, person=person, state=ACTIVE)
        .first()
    )
    if membership is not None:
        finish(membership, state=Membership.State.LEFT, why="left", actor=person)


@transaction.atomic
def propose_ending(*, by: Person, membership_id: uuid.UUID, reason: str) -> Ending:
    """The moderator asks the others. Nobody can be put out by one person."""
    membership = _in(membership_id)
    community = lock(membership.community_id)
    check_steers(by, community)
    if membership.person_id == by.pk:
        raise Refused(_("To go yourself, leave the community."))
    if len(active_ids(community)) < 3:
        raise Refused(_("With so few members this is a matter to talk about."))
    ending, made = Ending.objects.get_or_create(
        membership=membership,
        closed_at=None,
        defaults={"proposed_by": by, "reason": reason},
    )
    if made:
        audit.write("ending.proposed", actor=by, on=membership)
    return ending


@transaction.atomic
def agree_to_end(*, member: Person, ending_id: uuid.UUID) -> Ending:
    """Another member agrees; when enough do, the membership ends."""
    ending = Ending.objects.select_related("membership").filter(pk=ending_id).first()
    if ending is None:
        raise NotYours
    community = lock(ending.membership.community_id)
    check_member(member, community)
    if member.pk in {ending.membership.person_id, ending.proposed_by_id}:
        raise NotYours
    ending.refresh_from_db()
    if ending.closed_at is not None:
        return ending
    EndingAgreement.objects.get_or_create(ending=ending, member=member)
    audit.write("ending.agreed", actor=member, on=ending.membership)
    others = active_ids(community) - {ending.membership.person_id, ending.proposed_by_id}
    agreed = ending.agreements.filter(member__in=others).count()
    if agreed >= endings_needed(community, len(others)):
        finish(ending.membership, state=Membership.State.ENDED, why="members", actor=member)
        ending.refresh_from_db()
    return ending


def endings_needed(community: Community, others: int) -> int:
    """How many besides the moderator must agree."""
    return max(1, min(community.approvals_needed, others))


@transaction.atomic
def withdraw_ending(*, by: Person, ending_id: uuid.UUID) -> None:
    """Whoever proposed it, or the moderator, lets it drop."""
    ending = Ending.objects.select_related("membership__community").filter(pk=ending_id).first()
    if ending is None:
        raise NotYours
    community = ending.membership.community
    check_member(by, community)
    if ending.proposed_by_id != by.pk:
        check_steers(by, community)
    Ending.objects.filter(pk=ending_id, closed_at=None).update(closed_at=now())
    audit.write("ending.withdrawn", actor=by, on=ending.membership)


@transaction.atomic
def told(*, person: Person, membership_id: uuid.UUID) -> None:
    """The person has read why a membership ended."""
    Membership.objects.filter(pk=membership_id, person=person, told_at=None).update(told_at=now())


def _in(membership_id: uuid.UUID) -> Membership:
    membership = Membership.objects.filter(pk=membership_id, state=ACTIVE).first()
    if membership is None:
        raise NotYours
    return membership
