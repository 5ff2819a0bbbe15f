"""When postings change, what the wall no longer allows ends at once: the supervisor's side of it."""

import uuid

from django.db import transaction
from django.db.models import Q

from staffroom.communities import wall
from staffroom.communities.actions.common import PENDING, finish, finish_advisership, lock
from staffroom.communities.models import Advisership, Membership
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places.models import Oversight, Posting, Supervision, on_date
from staffroom.places.supervision import BELOW, below, supervisors_of

LIVING = ("invited", "requested", "active")
Ids = set[uuid.UUID]


@transaction.atomic
def mend(person_ids: Ids) -> int:
    """End every tie that a change of these people's postings makes a breach; how many ended."""
    people = set(person_ids)
    above = supervisors_of(people) if people else set()
    # A change in the middle of a chain reaches those below it, who may have asked to join.
    reached = people | above | below(people)
    # A country's teachers may be named at once; those whom it can concern are few.
    return _end_pending(reached & _asking()) + _end_supervisors((people | above) & _supervising())


@transaction.atomic
def mend_all() -> int:
    """The same for everybody: postings also begin by date, without anyone pressing a button."""
    return _end_pending(_asking()) + _end_supervisors(_supervising())


def _asking() -> Ids:
    """Everyone who has asked to join somewhere or is invited."""
    pending = Membership.objects.filter(state__in=PENDING)
    return set(pending.values_list("person_id", flat=True))


def _supervising() -> Ids:
    """Everyone who may supervise somebody today and is tied to some community."""
    day = on_date(today())
    posts = Posting.objects.filter(day, role__in=BELOW).values("person")
    areas = Oversight.objects.filter(day).values("person")
    named = Supervision.objects.filter(day).values("supervisor")
    found = Person.objects.filter(Q(pk__in=posts) | Q(pk__in=areas) | Q(pk__in=named))
    tied = Membership.objects.filter(state__in=LIVING).values("person")
    advising = Advisership.objects.filter(ended_at=None).values("person")
    found = found.filter(Q(pk__in=tied) | Q(pk__in=advising))
    return set(found.values_list("pk", flat=True))


def _end_pending(people: Ids) -> int:
    """Requests and invitations that could not be made today. They go quietly, and first, so that a
    teacher's request does not cost a supervisor who is in already the membership."""
    ended = 0
    pending = (
        Membership.objects.filter(person__in=people, state__in=PENDING)
        .select_related("person", "community")
        .order_by("asked_at")
    )
    for membership in pending:
        if not wall.may_join(membership.person, membership.community):
            finish(membership, state=Membership.State.DECLINED, why="posting", actor=None)
            ended += 1
    return ended


def _end_supervisors(people: Ids) -> int:
    ended = 0
    for person in Person.objects.filter(pk__in=people).order_by("pk"):
        barred = wall.barred_from(person).values("pk")
        for membership in Membership.objects.filter(
            person=person, state__in=LIVING, community__in=barred
        ):
            lock(membership.community_id)
            finish(membership, state=Membership.State.ENDED, why="posting", actor=None)
            ended += 1
        for advisership in Advisership.objects.filter(
            person=person, ended_at=None, community__in=barred
        ):
            finish_advisership(advisership, why="posting", actor=None)
            ended += 1
    return ended
