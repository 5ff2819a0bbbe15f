"""What several acts share: the lock, the standing of a person, the end of a membership."""

import uuid

from django.utils.translation import gettext as _

from staffroom.communities import access
from staffroom.communities.models import Advisership, Community, Ending, Membership, Term
from staffroom.communities.queries import current_term
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

ACTIVE = Membership.State.ACTIVE
PENDING = (Membership.State.INVITED, Membership.State.REQUESTED)


def lock(community_id: uuid.UUID) -> Community:
    """The community, held for this transaction: counts of members cannot race."""
    return (
        Community.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=community_id)
    )


def check_member(person: Person, community: Community) -> None:
    """Active, and not barred by the wall."""
    access.community_for(person, community.pk)
    if not access.is_member(person, community):
        raise NotYours


def can_steer(person: Person, community: Community) -> bool:
    """The moderator in term; while there is none, any member, so that nothing stands still."""
    if not access.is_member(person, community):
        return False
    term = current_term(community)
    return term is None or term.person_id == person.pk


def check_steers(person: Person, community: Community) -> None:
    check_member(person, community)
    if not can_steer(person, community):
        raise NotYours


def check_not_closed(community: Community) -> None:
    if community.stage == Community.Stage.CLOSED:
        raise Refused(_("This community is closed. What it learned can still be read."))


def finish(membership: Membership, *, state: str, why: str, actor: Person | None) -> None:
    """End a living membership and what hangs on it: the term, offers, proposals to end it."""
    was_in = membership.state == ACTIVE
    membership.state = state
    membership.ended_at = now()
    membership.why_ended = why
    membership.save(update_fields=["state", "ended_at", "why_ended"])
    Ending.objects.filter(membership=membership, closed_at=None).update(closed_at=now())
    if was_in:
        end_terms(membership.person_id, membership.community_id)
        outbox.put(
            "membership.ended",
            membership=str(membership.pk),
            community=str(membership.community_id),
        )
    audit.write(f"membership.{why}", actor=actor, on=membership, state=state)


def end_terms(person_id: uuid.UUID, community_id: uuid.UUID) -> None:
    """The person no longer moderates, and what was offered to them is void."""
    mine = Term.objects.filter(community=community_id, person=person_id, ended_at=None)
    mine.filter(starts__isnull=False).update(ended_at=now())
    mine.filter(starts=None, refused_at=None).update(refused_at=now(), ended_at=now())


def finish_advisership(advisership: Advisership, *, why: str, actor: Person | None) -> None:
    advisership.ended_at = now()
    advisership.save(update_fields=["ended_at"])
    audit.write("adviser.ended", actor=actor, on=advisership, why=why)
