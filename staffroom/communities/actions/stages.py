"""The life of a community: kick-off, rest, waking, closing well."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities import access, offices, wall
from staffroom.communities.actions.common import can_steer, check_member, check_steers, lock
from staffroom.communities.models import Community, Kickoff
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

Stage = Community.Stage
UNDO = dt.timedelta(days=14)


def can_record_kickoff(by: Person, community: Community) -> bool:
    """The gardener or a trainer of the place, or whoever steers the community."""
    if wall.is_barred(by, community):
        return False
    tending = offices.tends(by, community, offices.GARDENER, offices.TRAINER)
    return tending or can_steer(by, community)


@transaction.atomic
def record_kickoff(
    *,
    by: Person,
    community_id: uuid.UUID,
    held_on: dt.date,
    place: str = "",
    present: int | None = None,
) -> Kickoff:
    """The workshop took place: the community opens. Recorded once."""
    community = lock(community_id)
    if not can_record_kickoff(by, community):
        raise NotYours
    return write_kickoff(by, community, held_on=held_on, place=place, present=present)


def write_kickoff(
    by: Person, community: Community, *, held_on: dt.date, place: str, present: int | None
) -> Kickoff:
    """Write the workshop down and open. The caller has checked who may, and holds the lock."""
    existing = Kickoff.objects.filter(community=community).first()
    if existing is not None:
        return existing
    if held_on > today(community.timezone):
        raise Refused(_("That day is still to come. Record it once you have met."), "held_on")
    if present is not None and present < 2:
        raise Refused(_("A workshop needs two people at least."), "present")
    kickoff = Kickoff.objects.create(
        community=community, held_on=held_on, place=place, present=present, recorded_by=by
    )
    audit.write("kickoff.recorded", actor=by, on=community)
    if community.stage == Stage.FORMING:
        to(community, Stage.OPEN, by)
    return kickoff


@transaction.atomic
def rest(*, by: Person, community_id: uuid.UUID) -> None:
    """Nobody is asked for anything until it wakes; everything can be read."""
    community = lock(community_id)
    check_steers(by, community)
    if community.stage == Stage.OPEN:
        to(community, Stage.RESTING, by)


@transaction.atomic
def wake(*, by: Person, community_id: uuid.UUID) -> None:
    """Any member wakes a resting community, or takes back a closing within two weeks."""
    community = lock(community_id)
    check_member(by, community)
    if community.went_over:
        raise Refused(
            _("Its members went on in another community. What was learned here can be read.")
        )
    if not can_wake(by, community):
        raise Refused(_("It was closed some time ago. Found a new one with your colleagues."))
    if community.stage != Stage.OPEN:
        to(community, Stage.OPEN, by)


def can_wake(by: Person, community: Community) -> bool:
    if not access.is_member(by, community) or community.went_over:
        return False
    recent = community.closed_at is not None and now() - community.closed_at < UNDO
    return community.stage in {Stage.RESTING, Stage.OPEN} or (
        community.stage == Stage.CLOSED and recent
    )


@transaction.atomic
def close(*, by: Person, community_id: uuid.UUID, words: str) -> None:
    """Close well: words of thanks to the members; the knowledge stays readable to them."""
    community = lock(community_id)
    check_steers(by, community)
    if community.stage == Stage.CLOSED:
        return
    if not words:
        raise Refused(_("Thank the members in a line or two."), "words")
    community.closing_words = words
    community.save(update_fields=["closing_words"])
    to(community, Stage.CLOSED, by)


def to(community: Community, stage: str, by: Person | None) -> None:
    """Write the new stage. The caller has checked and holds the lock; nobody where all decided."""
    old, community.stage = community.stage, stage
    if stage == Stage.OPEN and community.opened_at is None:
        community.opened_at = now()
    community.closed_at = now() if stage == Stage.CLOSED else None
    community.save(update_fields=["stage", "opened_at", "closed_at"])
    audit.write("community.stage", actor=by, on=community, old=old, new=stage)
    outbox.put("community.stage", community=str(community.pk), stage=stage)
