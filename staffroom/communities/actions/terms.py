"""Moderators' terms: offered by turn or lot, accepted or refused, extended once, handed over."""

import datetime as dt
import random
import secrets
import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.actions.common import check_member, check_not_closed, lock
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community, Term
from staffroom.communities.queries import active_ids, current_term, school
from staffroom.communities.queries.terms import by_turn, open_election, open_offer, refused_lately
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

acts(
    "moderation",
    gettext_lazy(
        "Terms of four weeks go round among the members, one moderator stays, or there is none."
    ),
)
FOUR_WEEKS = dt.timedelta(weeks=4)
AHEAD = dt.timedelta(days=5)  # the next is asked this long before a term ends
PATIENCE = dt.timedelta(days=3)  # an offer that nobody answers lapses
HOW = Term.How


@transaction.atomic
def volunteer(*, person: Person, community_id: uuid.UUID) -> Term:
    """Take a vacant term at once."""
    community = lock(community_id)
    check_member(person, community)
    check_not_closed(community)
    _check_moderated(community)
    running = current_term(community)
    if running is not None:
        if running.person_id == person.pk:
            return running
        raise Refused(_("%(name)s has the turn now.") % {"name": running.person.first_name})
    void_offers(community)
    term = Term.objects.create(
        community=community, person=person, how=HOW.VOLUNTEER, accepted_at=now()
    )
    _begin(term, community)
    return term


@transaction.atomic
def answer_offer(*, person: Person, term_id: uuid.UUID, accepts: bool) -> Term:
    """A turn, a vote or a lot may be refused, without a reason."""
    term = Term.objects.filter(pk=term_id, person=person).first()
    if term is None:
        raise NotYours
    community = lock(term.community_id)
    check_member(person, community)
    term = Term.objects.select_for_update().get(pk=term_id)
    if term.accepted_at is not None or term.refused_at is not None:
        return term
    if not accepts:
        _refuse(term)
        audit.write("term.refused", actor=person, on=term)
        tend(community)
        return term
    term.accepted_at = now()
    term.save(update_fields=["accepted_at"])
    audit.write("term.accepted", actor=person, on=term)
    if current_term(community) is None:
        _begin(term, community)
    return term


@transaction.atomic
def extend(*, person: Person, community_id: uuid.UUID) -> Term:
    """Once, by four weeks, while nobody else has said yes to the next turn."""
    community = lock(community_id)
    term = _own_term(person, community)
    if term.extended_at is not None:
        return term
    if term.planned_end is None:
        raise Refused(_("This term has no end to move."))
    if Term.objects.filter(
        community=community, starts=None, accepted_at__isnull=False, ended_at=None
    ).exists():
        raise Refused(_("Somebody has already said yes to the next turn."))
    void_offers(community)
    term.planned_end += FOUR_WEEKS
    term.extended_at = now()
    term.save(update_fields=["planned_end", "extended_at"])
    audit.write("term.extended", actor=person, on=term)
    return term


@transaction.atomic
def hand_over(*, person: Person, community_id: uuid.UUID, words: str, ends: bool) -> Term:
    """A few lines for the next moderator; with `ends`, the term ends now."""
    community = lock(community_id)
    term = _own_term(person, community)
    term.handover = words
    term.save(update_fields=["handover"])
    audit.write("term.handover", actor=person, on=term)
    if ends:
        _end(term, actor=person)
        tend(community)
    return term


def tend(community: Community, rng: random.Random | None = None) -> None:
    """Do what is due: end what is over, start what was accepted, ask the next. Harmless again.

    The caller holds the community's lock.
    """
    mode = lever(community, "moderation")
    running = current_term(community)
    if running is not None and running.planned_end is not None and running.planned_end <= now():
        _end(running, actor=None)
        running = None
    if mode == "none" or community.stage != Community.Stage.OPEN:
        void_offers(community)
        return
    _lapse(community)
    if running is None:
        accepted = Term.objects.filter(
            community=community, starts=None, accepted_at__isnull=False, ended_at=None
        ).first()
        if accepted is not None:
            _begin(accepted, community)
            return
    if _should_ask(community, running, mode):
        _ask_next(community, running, rng or secrets.SystemRandom())


def _should_ask(community: Community, running: Term | None, mode: str) -> bool:
    if open_offer(community) is not None or open_election(community) is not None:
        return False
    if school.on_break(community):
        return False  # a vacancy of the holidays can wait; whoever likes may still volunteer
    if running is None:
        return True
    soon = running.planned_end is not None and running.planned_end - now() <= AHEAD
    return mode == "rotating" and soon


def _ask_next(community: Community, running: Term | None, rng: random.Random) -> None:
    """By turn first; when that one refuses, by lot among those who were not asked yet."""
    refused = refused_lately(community)
    waiting = [
        who
        for who in by_turn(community)
        if who not in refused and (running is None or who != running.person_id)
    ]
    if not waiting:
        return  # nobody is left to ask: the vacancy is shown, an adviser is on call
    if refused:
        offer(community, rng.choice(waiting), HOW.LOT)
    else:
        offer(community, waiting[0], HOW.TURN)


def offer(community: Community, person_id: uuid.UUID, how: str) -> Term:
    term = Term.objects.create(community=community, person_id=person_id, how=how)
    audit.write("term.offered", actor=None, on=term, how=how)
    outbox.put("term.offered", term=str(term.pk))
    return term


def _begin(term: Term, community: Community) -> None:
    term.starts = now()
    rotating = lever(community, "moderation") == "rotating"
    term.planned_end = now() + FOUR_WEEKS if rotating else None
    term.save(update_fields=["starts", "planned_end"])
    audit.write("term.began", actor=None, on=term, how=term.how)
    outbox.put("term.began", term=str(term.pk))


def _end(term: Term, *, actor: Person | None) -> None:
    term.ended_at = now()
    term.save(update_fields=["ended_at"])
    audit.write("term.ended", actor=actor, on=term)
    outbox.put("term.ended", term=str(term.pk))


def _refuse(term: Term) -> None:
    term.refused_at = term.ended_at = now()
    term.save(update_fields=["refused_at", "ended_at"])


def _lapse(community: Community) -> None:
    late = open_offer(community)
    if late is not None and late.accepted_at is None and _kept_waiting(community, late):
        _refuse(late)
    gone = Term.objects.filter(community=community, starts=None, ended_at=None).exclude(
        person__in=active_ids(community)
    )
    gone.update(refused_at=now(), ended_at=now())


def _kept_waiting(community: Community, offered: Term) -> bool:
    """Days of a school holiday do not count: nobody need look here then."""
    if offered.offered_at >= now() - PATIENCE:
        return False
    days = PATIENCE.days
    return school.days_open(community, offered.offered_at, days) >= days


def void_offers(community: Community) -> None:
    Term.objects.filter(community=community, starts=None, accepted_at=None, ended_at=None).update(
        refused_at=now(), ended_at=now()
    )


def _own_term(person: Person, community: Community) -> Term:
    term = current_term(community)
    if term is None or term.person_id != person.pk:
        raise NotYours
    check_member(person, community)
    return term


def _check_moderated(community: Community) -> None:
    if lever(community, "moderation") == "none":
        raise Refused(_("This community has chosen to have no moderator."))
