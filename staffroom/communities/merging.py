"""Two accounts of one person become one: their memberships too."""

from django.db.models import Q

from staffroom.communities.models import (
    Advisership,
    Approval,
    Ballot,
    EndingAgreement,
    Membership,
    PlacedTeacher,
    PlacingWish,
)
from staffroom.core.clock import now
from staffroom.people.models import Person

LIVING = ("active", "requested", "invited")


def merge_people(keep: Person, drop: Person) -> None:
    """In a community where both live, one membership goes on: the one that is in, else the older."""
    for other in Membership.objects.filter(person=drop, state__in=LIVING):
        mine = Membership.objects.filter(
            person=keep, community=other.community_id, state__in=LIVING
        ).first()
        if mine is not None:
            _end(max(mine, other, key=_worth))
    _no_word_about_oneself(keep, drop)
    _placed_once(keep, drop)
    for advising in Advisership.objects.filter(person=drop, ended_at=None):
        if Advisership.objects.filter(
            person=keep, community=advising.community_id, ended_at=None
        ).exists():
            Advisership.objects.filter(pk=advising.pk).update(ended_at=now())


def _placed_once(keep: Person, drop: Person) -> None:
    """One wish, and one seat in each placing."""
    if PlacingWish.objects.filter(person=keep).exists():
        PlacingWish.objects.filter(person=drop).delete()
    seats = PlacedTeacher.objects.filter(person=keep).values_list("placing", flat=True)
    PlacedTeacher.objects.filter(person=drop, placing__in=list(seats)).delete()


def _worth(membership: Membership) -> tuple[int, object]:
    """The smaller goes on."""
    return LIVING.index(membership.state), membership.pk


def _end(membership: Membership) -> None:
    """Quietly: nobody left, so nobody is told. Its history stays."""
    Membership.objects.filter(pk=membership.pk).update(
        state=Membership.State.LEFT, ended_at=now(), told_at=now(), why_ended="merged"
    )


def _no_word_about_oneself(keep: Person, drop: Person) -> None:
    both = [keep, drop]
    Approval.objects.filter(member__in=both, membership__person__in=both).delete()
    EndingAgreement.objects.filter(member__in=both, ending__membership__person__in=both).delete()
    votes = Ballot.objects.filter(Q(voter=drop), election__ballots__voter=keep)
    Ballot.objects.filter(pk__in=list(votes.values_list("pk", flat=True))).delete()
