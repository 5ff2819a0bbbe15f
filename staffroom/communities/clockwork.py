"""What the clock does for communities once a day, and what the worker brings back after a delay."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from staffroom.communities.actions import design, elections, firewall, placing_jobs, terms
from staffroom.communities.actions.common import lock
from staffroom.communities.models import Community, DesignChange, Election, Term


def nightly(now: dt.datetime) -> None:
    """Postings that begin today; votes, terms and announced changes that are due."""
    firewall.mend_all()
    placing_jobs.give_back_lost(now)
    for election in Election.objects.filter(counted_at=None, closes_at__lte=now):
        elections.count(election.pk)
    for change in DesignChange.objects.filter(waits_until__lte=now, withdrawn_at=None):
        design.apply_change(change.pk)
    for pk in Community.objects.filter(stage=Community.Stage.OPEN).values_list("pk", flat=True):
        tend(pk)


@transaction.atomic
def tend(community_id: uuid.UUID) -> None:
    """See to one community's terms."""
    terms.tend(lock(community_id))


def election_due(payload: dict[str, Any]) -> None:
    elections.count(uuid.UUID(payload["election"]))


def change_due(payload: dict[str, Any]) -> None:
    design.apply_change(uuid.UUID(payload["change"]))


def term_ended(payload: dict[str, Any]) -> None:
    """A vacancy is not left until the small hours."""
    term = Term.objects.filter(pk=payload["term"]).first()
    if term is not None:
        tend(term.community_id)


def membership_ended(payload: dict[str, Any]) -> None:
    """The moderator may have gone: the next is asked."""
    tend(uuid.UUID(payload["community"]))
