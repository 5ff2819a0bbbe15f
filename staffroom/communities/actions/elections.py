"""A vote for the next moderator. The ballot is secret; a tie is decided by lot."""

import datetime as dt
import random
import secrets
import uuid
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.actions.common import check_member, check_not_closed, lock
from staffroom.communities.actions.terms import HOW, offer, void_offers
from staffroom.communities.levers import lever
from staffroom.communities.models import Ballot, Community, Election
from staffroom.communities.queries import active_ids
from staffroom.communities.queries.terms import open_election, open_offer
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

OPEN_FOR = dt.timedelta(days=3)


@transaction.atomic
def open_vote(*, by: Person, community_id: uuid.UUID) -> Election:
    """Any member opens a vote; it closes by itself."""
    community = lock(community_id)
    check_member(by, community)
    check_not_closed(community)
    if lever(community, "moderation") == "none":
        raise Refused(_("This community has chosen to have no moderator."))
    running = open_election(community)
    if running is not None:
        return running
    waiting = open_offer(community)
    if waiting is not None and waiting.accepted_at is not None:
        raise Refused(_("%(name)s has said yes to the next turn.") % {"name": waiting.person})
    if len(active_ids(community)) < 3:
        raise Refused(_("With so few of you, agree among yourselves and volunteer."))
    void_offers(community)
    election = Election.objects.create(
        community=community, opened_by=by, closes_at=now() + OPEN_FOR
    )
    audit.write("election.opened", actor=by, on=election)
    outbox.put("election.close", delay=OPEN_FOR, election=str(election.pk))
    return election


@transaction.atomic
def vote(*, voter: Person, election_id: uuid.UUID, candidate_id: uuid.UUID) -> None:
    """One vote each, which can be changed until the close. The audit says only that one voted."""
    election = Election.objects.filter(pk=election_id).first()
    if election is None:
        raise NotYours
    community = lock(election.community_id)
    check_member(voter, community)
    if election.counted_at is not None or election.closes_at <= now():
        raise Refused(_("The vote is closed."))
    if candidate_id not in active_ids(community):
        raise Refused(_("Choose one of the members."), "candidate")
    Ballot.objects.update_or_create(
        election=election, voter=voter, defaults={"candidate_id": candidate_id}
    )
    audit.write("election.voted", actor=voter, on=election)


@transaction.atomic
def count(election_id: uuid.UUID, rng: random.Random | None = None) -> None:
    """After the close: the winner is offered the term. Counted once, ballots then destroyed."""
    election = Election.objects.filter(pk=election_id).first()
    if election is None:
        return
    community = lock(election.community_id)
    election = Election.objects.select_for_update().get(pk=election_id)
    if election.counted_at is not None or election.closes_at > now():
        return
    winner = _winner(election, community, rng or secrets.SystemRandom())
    Ballot.objects.filter(election=election).delete()
    election.counted_at = now()
    election.save(update_fields=["counted_at"])
    audit.write("election.counted", actor=None, on=election)
    if winner is not None and community.stage == Community.Stage.OPEN:
        offer(community, winner, HOW.VOTE)


def _winner(election: Election, community: Community, rng: random.Random) -> uuid.UUID | None:
    """Most votes among those still in, by those still in; a tie by lot."""
    inside = active_ids(community)
    ballots = Ballot.objects.filter(
        election=election, voter__in=inside, candidate__in=inside
    ).values_list("candidate_id", flat=True)
    votes = Counter(ballots)
    if not votes:
        return None
    most = max(votes.values())
    return rng.choice(sorted(who for who, got in votes.items() if got == most))
