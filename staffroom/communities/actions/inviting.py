"""Invitations: of a known person, and by a link that can be printed as a QR code."""

import base64
import datetime as dt
import hashlib
import uuid

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from staffroom.communities import access, offices, wall
from staffroom.communities.actions.common import ACTIVE, check_member, finish, lock
from staffroom.communities.actions.joining import (
    check_room,
    enter,
    settle,
)
from staffroom.communities.levers import lever
from staffroom.communities.models import (
    Approval,
    Community,
    Invitation,
    Membership,
    PlacedTeacher,
)
from staffroom.communities.queries import my_membership
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people import phones
from staffroom.people.actions import make_account
from staffroom.people.models import Person
from staffroom.places import supervision

LINK_DAYS = 30
LINK_USES = 15


def can_invite(by: Person, community: Community) -> bool:
    """Members invite; so does the gardener who tends the community."""
    if access.is_member(by, community):
        return not wall.is_barred(by, community)
    return offices.tends(by, community)


def check_invites(by: Person, community: Community) -> None:
    if not can_invite(by, community):
        raise NotYours


@transaction.atomic
def invite(*, by: Person, community_id: uuid.UUID, person: Person) -> Membership:
    """Invite somebody. Whom the wall keeps out is answered as somebody who cannot be found."""
    community = lock(community_id)
    check_invites(by, community)
    check_room(community)
    living = my_membership(person, community)
    if living is not None:
        return living
    if not wall.may_join(person, community) or supervision.supervises(by, person):
        raise Refused(not_invitable(), "person")
    membership = Membership.objects.create(
        community=community, person=person, state=Membership.State.INVITED, invited_by=by
    )
    audit.write("membership.invited", actor=by, on=membership)
    outbox.put("membership.invited", membership=str(membership.pk))
    return membership


@transaction.atomic
def invite_quietly(*, by: Person, community_id: uuid.UUID, person: Person) -> None:
    """Invite, and let the answer be the same when it cannot be."""
    try:
        invite(by=by, community_id=community_id, person=person)
    except Refused as error:
        if error.message != not_invitable():
            raise


@transaction.atomic
def invite_by_phone(*, by: Person, community_id: uuid.UUID, name: str, phone: str) -> None:
    """Invite whoever has this number; an account is made for a colleague who has none yet."""
    community = Community.objects.select_related("programme").get(pk=community_id)
    check_invites(by, community)
    number = phones.parse(phone, community.programme.phone_region)
    person = Person.objects.filter(phone=number).first()
    if person is None:
        person = make_account(name=name, phone=number, by=by, language=community.language)
    invite_quietly(by=by, community_id=community_id, person=person)


def not_invitable() -> str:
    """One sentence for every reason, so that it tells nothing about anybody's work or account."""
    return _("This person cannot be invited here. You can give them a link instead.")


@transaction.atomic
def answer_invitation(*, person: Person, membership_id: uuid.UUID, accepts: bool) -> Membership:
    """Accept or decline. Accepted, the members' approval may still be needed."""
    membership = Membership.objects.filter(pk=membership_id, person=person).first()
    if membership is None:
        raise NotYours
    community = lock(membership.community_id)
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.state != Membership.State.INVITED:
        return membership
    if not accepts:
        finish(membership, state=Membership.State.DECLINED, why="refused", actor=person)
        return membership
    if not wall.may_join(person, community):
        # Not by finish in this transaction: the refusal would roll it back. The clock ends it.
        raise Refused(_("This invitation no longer stands."))
    check_room(community)
    _take_up(membership, community, inviter=membership.invited_by)
    return membership


def _take_up(membership: Membership, community: Community, inviter: Person | None) -> None:
    """In at once where the community begins or is open; else a request with the inviter's yes."""
    membership.state = Membership.State.REQUESTED
    membership.save(update_fields=["state"])
    if _at_once(community, inviter) or _placed(community, membership.person_id):
        enter(membership, community, actor=membership.person)
        return
    if inviter is not None and access.is_member(inviter, community):
        Approval.objects.get_or_create(
            membership=membership, member=inviter, defaults={"accepts": True}
        )
    outbox.put("membership.asked", membership=str(membership.pk))
    settle(membership, community, actor=membership.person)


def _at_once(community: Community, inviter: Person | None) -> bool:
    if lever(community, "membership") == "open":
        return True
    if not Membership.objects.filter(community=community, state=ACTIVE).exists():
        return True  # the first ones have nobody to ask
    founding = community.stage == Community.Stage.FORMING
    return (
        founding
        and inviter is not None
        and (inviter.pk == community.created_by_id or offices.tends(inviter, community))
    )


def _placed(community: Community, person: uuid.UUID) -> bool:
    """Who was placed into it is one of its first members, also where it opened without a kick-off."""
    return PlacedTeacher.objects.filter(group__community=community, person=person).exists()


# -- links


def token_of(invitation: Invitation) -> str:
    """The link's secret, made again from the key outside the database; the row keeps its hash."""
    digest = salted_hmac("staffroom.invitation", invitation.pk.hex, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:18]).decode()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(*, by: Person, community_id: uuid.UUID, id: uuid.UUID | None = None) -> Invitation:
    """A link for at most 15 people and 30 days. The same id makes it once."""
    community = lock(community_id)
    check_invites(by, community)
    if id is not None and (made := Invitation.objects.filter(pk=id, made_by=by).first()):
        return made
    check_room(community)
    invitation = Invitation(
        community=community,
        made_by=by,
        expires_at=now() + dt.timedelta(days=LINK_DAYS),
        uses_left=LINK_USES,
    )
    if id is not None and not Invitation.objects.filter(pk=id).exists():
        invitation.pk = id
    invitation.token_hash = hash_of(token_of(invitation))
    invitation.save(force_insert=True)
    audit.write("invitation.made", actor=by, on=invitation)
    return invitation


@transaction.atomic
def withdraw_link(*, by: Person, invitation_id: uuid.UUID) -> None:
    """Who made it, or the moderator, makes the link useless."""
    invitation = Invitation.objects.select_related("community").filter(pk=invitation_id).first()
    if invitation is None:
        raise NotYours
    if invitation.made_by_id != by.pk:
        check_member(by, invitation.community)
        if not access.is_moderator(by, invitation.community):
            raise NotYours
    Invitation.objects.filter(pk=invitation.pk, withdrawn_at=None).update(withdrawn_at=now())
    audit.write("invitation.withdrawn", actor=by, on=invitation)


def living_link(token: str) -> Invitation | None:
    """The invitation behind a link, if it still stands. Says nothing about who may use it."""
    return (
        Invitation.objects.filter(
            token_hash=hash_of(token), withdrawn_at=None, expires_at__gt=now(), uses_left__gt=0
        )
        .select_related("community__programme", "made_by")
        .first()
    )


def link_for(person: Person, token: str) -> Invitation | None:
    """The invitation, if this person may use it. A barred person's answer is that of a dead link."""
    invitation = living_link(token)
    if invitation is None or not wall.may_join(person, invitation.community):
        return None
    return invitation


@transaction.atomic
def join_by_link(*, person: Person, token: str) -> Membership:
    """Join, or ask to join with the word of whoever made the link."""
    invitation = link_for(person, token)
    if invitation is None:
        raise NotYours
    community = lock(invitation.community_id)
    membership = my_membership(person, community)
    if membership is not None and membership.state != Membership.State.INVITED:
        return membership
    check_room(community)
    if membership is None:
        used = Invitation.objects.filter(pk=invitation.pk, uses_left__gt=0).update(
            uses_left=F("uses_left") - 1
        )
        if not used:
            raise NotYours
        membership = Membership.objects.create(
            community=community,
            person=person,
            state=Membership.State.INVITED,
            invited_by=invitation.made_by,
        )
    audit.write("membership.by_link", actor=person, on=membership)
    _take_up(membership, community, inviter=invitation.made_by)
    return membership
