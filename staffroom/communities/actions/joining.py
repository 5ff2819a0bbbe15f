"""Asking to join, the members' word on it, and the moment somebody is in."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities import wall
from staffroom.communities.actions.common import ACTIVE, check_member, finish, lock
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Approval, Community, Membership
from staffroom.communities.queries import active_ids, my_membership
from staffroom.communities.queries.finding import findable_by
from staffroom.communities.state import can_grow
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

acts("size", gettext_lazy("Nobody can join once a community has this many members."))
acts("membership", gettext_lazy("A newcomer waits for the members' approval, or is in at once."))


@transaction.atomic
def ask_to_join(*, person: Person, community_id: uuid.UUID, note: str = "") -> Membership:
    """Ask the members. Asking again returns the request that waits."""
    if not findable_by(person).filter(pk=community_id).exists():
        return _again(person, community_id)
    community = lock(community_id)
    living = my_membership(person, community)
    if living is not None:
        return living
    check_room(community)
    membership = Membership.objects.create(
        community=community, person=person, state=Membership.State.REQUESTED, note=note
    )
    audit.write("membership.asked", actor=person, on=membership)
    if lever(community, "membership") == "open":
        enter(membership, community, actor=person)
    else:
        outbox.put("membership.asked", membership=str(membership.pk))
    return membership


def _again(person: Person, community_id: uuid.UUID) -> Membership:
    """A repeated request finds the community no longer open to the person who asked already."""
    membership = Membership.objects.filter(
        person=person, community=community_id, state__in=["requested", "active"]
    ).first()
    if membership is None:
        raise NotYours
    return membership


@transaction.atomic
def say_yes_or_no(
    *, member: Person, membership_id: uuid.UUID, accepts: bool, reason: str = ""
) -> Membership:
    """A member's word on a request. When enough agree, the person is in; a word can be changed."""
    asked = Membership.objects.filter(pk=membership_id).first()
    if asked is None:
        raise NotYours
    community = lock(asked.community_id)
    check_member(member, community)
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.state == ACTIVE:
        return membership
    if membership.state != Membership.State.REQUESTED:
        raise Refused(_("This request is no longer there."))
    Approval.objects.update_or_create(
        membership=membership,
        member=member,
        defaults={"accepts": accepts, "reason": "" if accepts else reason, "at": now()},
    )
    audit.write("membership.word", actor=member, on=membership, accepts=accepts)
    settle(membership, community, actor=member)
    return membership


def settle(membership: Membership, community: Community, *, actor: Person | None) -> None:
    """Enter or decline a request as soon as the members' words decide it."""
    if not wall.may_join(membership.person, community):
        finish(membership, state=Membership.State.DECLINED, why="posting", actor=None)
        return
    words = dict(membership.approvals.values_list("member_id", "accepts"))
    inside = active_ids(community)
    yes = sum(1 for who, accepts in words.items() if accepts and who in inside)
    no = sum(1 for who, accepts in words.items() if not accepts and who in inside)
    needed = approvals_needed(community, len(inside))
    if yes >= needed:
        enter(membership, community, actor=actor)
    elif no >= needed or len(inside) - no < needed:
        finish(membership, state=Membership.State.DECLINED, why="declined", actor=actor)


def approvals_needed(community: Community, inside: int | None = None) -> int:
    """How many members must agree: the community's rule, never more than there are."""
    count = len(active_ids(community)) if inside is None else inside
    return max(1, min(community.approvals_needed, count))


def enter(membership: Membership, community: Community, *, actor: Person | None) -> None:
    """The person is in, if there is room. The caller holds the community's lock."""
    check_room(community)
    membership.state = ACTIVE
    membership.joined_at = now()
    membership.save(update_fields=["state", "joined_at"])
    audit.write("membership.began", actor=actor, on=membership)
    outbox.put("membership.began", membership=str(membership.pk), community=str(community.pk))


def check_room(community: Community) -> None:
    """Stage and size allow one more."""
    if not can_grow(community):
        raise Refused(_("This community takes no new members now."))
    most = int(lever(community, "size"))
    if len(active_ids(community)) >= most:
        raise Refused(
            _("All %(most)s places are taken. You can ask again when somebody leaves.")
            % {"most": most}
        )


@transaction.atomic
def withdraw_request(*, person: Person, membership_id: uuid.UUID) -> None:
    """The person takes the request back."""
    membership = (
        Membership.objects.select_for_update().filter(pk=membership_id, person=person).first()
    )
    if membership is None:
        raise NotYours
    if membership.state == Membership.State.REQUESTED:
        finish(membership, state=Membership.State.LEFT, why="withdrawn", actor=person)


@transaction.atomic
def break_the_ice(*, person: Person, community: Community) -> None:
    """The newcomer has written a first challenge, or chose to read first."""
    Membership.objects.filter(
        community=community, person=person, state=ACTIVE, introduced_at=None
    ).update(introduced_at=now())
