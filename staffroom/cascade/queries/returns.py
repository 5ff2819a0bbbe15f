"""Return sessions: when one might be, what was brought, which communities could begin with it."""

import datetime as dt
import uuid

from django.db.models import Count, Max, Q, QuerySet

from staffroom.cascade.models import (
    Brought,
    Harvest,
    Invitation,
    Opened,
    TrainingSession,
)
from staffroom.cascade.queries.came import came
from staffroom.communities import wall
from staffroom.communities.levers import lever
from staffroom.communities.models import Community, Kickoff, Membership
from staffroom.core.clock import today
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person
from staffroom.places import calendar, supervision

#: After the last day of a training, when something has been tried and is still fresh.
EARLIEST, LATEST = dt.timedelta(weeks=6), dt.timedelta(weeks=8)
#: So many of those who came must belong to a community for the day to be its kick-off.
FEWEST = 2
#: What was brought calls on Today from so long before the day.
BEFORE = dt.timedelta(days=7)
HarvestState = Harvest.State


def last_day(session: TrainingSession) -> dt.date | None:
    found: dt.date | None = session.days.aggregate(last=Max("day"))["last"]
    return found


def propose_day(training: TrainingSession) -> dt.date:
    """Six to eight weeks after the training, on a school day: its own weekday first."""
    ended = last_day(training) or today(training.programme.timezone)
    begin = max(ended + EARLIEST, today(training.programme.timezone) + dt.timedelta(days=1))
    days = [begin + dt.timedelta(days=n) for n in range((LATEST - EARLIEST).days + 1)]
    days.sort(key=lambda day: (day.weekday() != ended.weekday(), day))
    for day in days:
        if calendar.is_school_day(training.programme, day):
            return day
    later = (days[0] + dt.timedelta(days=n) for n in range(120))
    return next((day for day in later if calendar.is_school_day(training.programme, day)), days[0])


def return_of(training: TrainingSession) -> TrainingSession | None:
    """Its return session, unless that was cancelled."""
    returns = training.returns.filter(kind=TrainingSession.Kind.RETURN)
    return returns.exclude(state=TrainingSession.State.CANCELLED).order_by("made_at").first()


def brought_by(person: Person, session: TrainingSession) -> Brought | None:
    return Brought.objects.filter(session=session, person=person).first()


def shared_in(session: TrainingSession, reader: Person) -> QuerySet[Brought]:
    """What participants chose to share with whoever leads the day; never of those the reader supervises."""
    rows = Brought.objects.filter(session=session, shared=True).select_related("person")
    return rows.exclude(person__in=supervision.supervised_by(reader)).order_by("at", "pk")


def to_key_in(session: TrainingSession, reader: Person) -> list[Person]:
    """The invited who brought nothing yet: their words may be keyed in for them."""
    said = Brought.objects.filter(session=session).values("person")
    invited = Invitation.objects.filter(session=session).exclude(
        state__in=[Invitation.State.WITHDRAWN, Invitation.State.DECLINED]
    )
    found = Person.objects.filter(pk__in=invited.values("person"), is_active=True)
    below = supervision.supervised_by(reader)
    return list(found.exclude(pk__in=said).exclude(pk__in=below).order_by("name", "pk"))


def present(session: TrainingSession) -> list[Person]:
    """Those who came to the return session: whom `begin_placing` may be asked to place."""
    rows = came(TrainingSession.objects.filter(pk=session.pk))
    people = Person.objects.filter(pk__in=rows.values("person"), is_active=True)
    return list(people.order_by("name", "pk"))


def may_begin(session: TrainingSession, reader: Person) -> list[Community]:
    """The communities whose kick-off workshop this day may have been: forming, waiting for one, and
    with some of those who came among their members; none that the wall bars from the reader."""
    here = [person.pk for person in present(session)]
    living = Q(
        memberships__person__in=here,
        memberships__state__in=[Membership.State.INVITED, Membership.State.ACTIVE],
    )
    found = (
        Community.objects.filter(programme=session.programme_id, stage=Community.Stage.FORMING)
        .exclude(pk__in=Kickoff.objects.values("community"))
        .exclude(pk__in=wall.barred_from(reader).values("pk"))
        .annotate(here=Count("memberships", filter=living, distinct=True))
        .filter(here__gte=FEWEST)
        .order_by("name", "pk")
    )
    if session.subject:
        found = found.filter(subject__in=[session.subject, ""])
    return [each for each in found if lever(each, "kickoff") == "workshop"]


def opened_by(session: TrainingSession) -> list[Community]:
    rows = Opened.objects.filter(session=session).values("community")
    return list(Community.objects.filter(pk__in=rows).order_by("name", "pk"))


def came_of(session: TrainingSession, community: Community) -> int:
    """How many of those who came belong to the community."""
    here = [person.pk for person in present(session)]
    members = Membership.objects.filter(community=community, person__in=here)
    return members.filter(state__in=["invited", "active"]).count()


def drafts_of(person: Person) -> QuerySet[Harvest]:
    """Drafts made of this person's words, waiting for a yes."""
    mine = Harvest.objects.filter(brought__person=person, state=HarvestState.WAITING)
    return mine.select_related("brought__session").order_by("at", "pk")


def to_bring(person: Person) -> list[TrainingSession]:
    """Return sessions of the next week to which the person has brought nothing yet."""
    day = today()
    sessions = TrainingSession.objects.filter(
        kind=TrainingSession.Kind.RETURN,
        state=TrainingSession.State.PLANNED,
        days__day__range=(day, day + BEFORE),
        invitations__person=person,
        invitations__state__in=[Invitation.State.SENT, Invitation.State.ACCEPTED],
    ).exclude(pk__in=Brought.objects.filter(person=person).values("session"))
    return list(sessions.distinct().order_by("made_at")[:2])


def calls(person: Person) -> bool:
    """One query for the many for whom nothing waits."""
    day = today()
    return bool(_CALLS.rows(person.pk, day, day + BEFORE))


_CALLS = Prepared(
    lambda person, day, until: Person.objects.filter(
        Q(pk__in=Harvest.objects.filter(brought__person=person, state="waiting").values(
            "brought__person"
        ))
        | Q(pk__in=Invitation.objects.filter(
            person=person, session__kind="return", session__days__day__range=(day, until)
        ).values("person")),
        pk=person,
    ).values_list("pk")[:1],
    uuid.UUID,
    dt.date,
    dt.date,
)  # fmt: skip
