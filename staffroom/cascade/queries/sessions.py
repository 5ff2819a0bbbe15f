"""Training sessions: of a programme, of a trainer, of a teacher; whose turn it is."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.cascade.models import (
    Invitation,
    SessionDay,
    SessionSchool,
    SessionTrainer,
    Tier,
    TrainingSession,
)
from staffroom.cascade.queries.came import came
from staffroom.core.clock import today
from staffroom.methods.cascade.turns import Turn, Waiting, turns
from staffroom.people.models import Person
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places.models import Posting, Programme, School, on_date

State = TrainingSession.State
ASKED = (Invitation.State.SENT, Invitation.State.ACCEPTED)
#: Whom a tier trains, by what they are at their school.
ROLES = {
    Tier.MANAGERS: [Posting.Role.HEAD, Posting.Role.DEPUTY],
    Tier.TEACHERS: [Posting.Role.TEACHER, Posting.Role.DEPUTY, Posting.Role.HEAD],
}


def dated(sessions: QuerySet[TrainingSession]) -> QuerySet[Any]:
    """With `first` and `last` day."""
    found: QuerySet[Any] = sessions
    return found.annotate(first=Min("days__day"), last=Max("days__day"))


def of_programme(programme: Programme, when: str, words: str = "") -> QuerySet[Any]:
    """`when`: coming, past or cancelled."""
    day = today(programme.timezone)
    found = dated(TrainingSession.objects.filter(programme=programme)).select_related("venue")
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(venue__name__icontains=words) | Q(venue__code=words)
        )
    if when == "cancelled":
        return found.filter(state=State.CANCELLED).order_by("-first", "pk")
    found = found.exclude(state=State.CANCELLED)
    if when == "past":
        return found.filter(last__lt=day).order_by("-last", "pk")
    return found.filter(Q(last__gte=day) | Q(last=None)).order_by("first", "pk")


def of_trainer(person: Person) -> QuerySet[Any]:
    mine = SessionTrainer.objects.filter(trainer__person=person).values("session")
    return dated(TrainingSession.objects.filter(pk__in=mine).exclude(state=State.CANCELLED))


def untold(person: Person, day: dt.date) -> QuerySet[Any]:
    """The person's sessions that are over and of which nobody has said how they went."""
    return of_trainer(person).filter(state=State.PLANNED, last__lt=day).order_by("last")


def invitations_of(person: Person) -> QuerySet[Any]:
    found: QuerySet[Any] = Invitation.objects.filter(person=person).exclude(
        state=Invitation.State.WITHDRAWN
    )
    return found.select_related("session__programme", "session__venue", "school").annotate(
        first=Min("session__days__day"), last=Max("session__days__day")
    )


def coming(person: Person) -> QuerySet[Any]:
    """Also what was cancelled, until its last day is past."""
    return invitations_of(person).filter(last__gte=today()).order_by("first")


# whose turn it is


def propose(session: TrainingSession) -> list[dict[str, Any]]:
    """For each school with places: {"school", "free", "turns": [(person, why)], "left"}."""
    schools = list(
        SessionSchool.objects.filter(session=session)
        .select_related("school")
        .order_by("school__name", "pk")
    )
    asked = _asked(session)
    free_ones = _able(session, [each.school_id for each in schools])
    out = []
    for each in schools:
        free = max(each.places - asked[each.school_id], 0)
        chosen = turns(
            (Waiting(str(p.pk), p.times, p.last) for p in free_ones[each.school_id].values()),
            free, str(session.pk),
        )  # fmt: skip
        people = free_ones[each.school_id]
        out.append(
            {
                "school": each.school,
                "free": free,
                "turns": [
                    (people[uuid.UUID(turn.id)], why_code(turn, each.places)) for turn in chosen
                ],
                "left": free - len(chosen),
            }
        )
    return out


def able(session: TrainingSession, schools: Iterable[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Who of these schools could be asked, with `times` and `last`."""
    return {
        pk: person for people in _able(session, schools).values() for pk, person in people.items()
    }


def _asked(session: TrainingSession) -> dict[Any, int]:
    count: dict[Any, int] = defaultdict(int)
    rows = Invitation.objects.filter(session=session, state__in=ASKED)
    for school in rows.values_list("school_id", flat=True):
        count[school] += 1
    return count


def _able(
    session: TrainingSession, schools: Iterable[uuid.UUID]
) -> dict[Any, dict[uuid.UUID, Any]]:
    """By school, who works there, may be meant, was not asked yet and is free on these days."""
    days = list(session.days.values_list("day", flat=True))
    first = min(days, default=today())
    roles = ROLES.get(Tier(session.tier), ROLES[Tier.TEACHERS])
    busy = Invitation.objects.filter(
        Q(session=session) | Q(state__in=ASKED, session__days__day__in=days),
        person=OuterRef("person"),
    ).exclude(~Q(session=session), session__state=State.CANCELLED)
    trains = SessionTrainer.objects.filter(
        session__days__day__in=days, trainer__person=OuterRef("person")
    ).exclude(session__state=State.CANCELLED)
    found = (
        Posting.objects.filter(on_date(first), school__in=list(schools), role__in=roles)
        .exclude(Exists(busy))
        .exclude(Exists(trains))
        .select_related("person")
        .order_by("pk")
    )
    out: dict[Any, dict[uuid.UUID, Any]] = defaultdict(dict)
    for posting in found:
        person = posting.person
        if person.erased_at or not _teaches(person, session.subject):
            continue
        out[posting.school_id][person.pk] = person
    _count(session, [person for people in out.values() for person in people.values()])
    return out


def _teaches(person: Person, subject: str) -> bool:
    """Whoever has told no subjects may be meant."""
    return not subject or not person.subjects or subject in person.subjects


def _count(session: TrainingSession, people: list[Any]) -> None:
    """Write `times` and `last`: what each has had, or is asked to, in this subject.

    What is over counts for whoever came (`came`); an invitation alone is no training.
    """
    ahead = SessionDay.objects.filter(
        session=OuterRef("session"), day__gte=today(session.programme.timezone)
    )
    trained = came(TrainingSession.objects.filter(programme=session.programme_id))
    day = SessionDay.objects.filter(session=OuterRef("session")).order_by("-day").values("day")[:1]
    rows = (
        Invitation.objects.filter(
            Q(Exists(ahead), state__in=ASKED) | Q(pk__in=trained.values("pk")),
            person__in=[person.pk for person in people],
            session__programme=session.programme_id, session__subject=session.subject,
            session__kind=TrainingSession.Kind.TRAINING,
        )
        .exclude(session__state=State.CANCELLED)
        .exclude(session=session)
        .annotate(day=day)
    )  # fmt: skip
    had: dict[Any, list[dt.date]] = defaultdict(list)
    for person, last in rows.values_list("person_id", "day"):
        had[person].append(last or dt.date.min)
    for person in people:
        person.times, person.last = len(had[person.pk]), max(had[person.pk], default=None)


def why_code(turn: Turn, places: int) -> str:
    """What is kept on the invitation: read by `why_words` in anybody's language."""
    last = turn.last.isoformat() if turn.last and turn.last > dt.date.min else ""
    return f"turn|{places}|{turn.times}|{last}|{'lot' if turn.by_lot else ''}"


def why_words(invitation: Invitation) -> str:
    """One sentence: why this teacher."""
    kind, *rest = invitation.why.split("|")
    if kind != "turn" or len(rest) != 4:
        return invitation.why
    places, times, last, by_lot = int(rest[0]), int(rest[1]), rest[2], rest[3]
    subject = str(SUBJECTS.get(invitation.session.subject, "")) or _("this")
    parts = [
        ngettext("Your school has one place.", "Your school has %(n)s places.", places)
        % {"n": places}
    ]
    if not times:
        parts.append(_("You have had no training in %(subject)s yet.") % {"subject": subject})
    else:
        when = date_format(dt.date.fromisoformat(last), "F Y") if last else "–"
        parts.append(
            _("Nobody at your school who is free has waited longer: your last was in %(month)s.")
            % {"month": when}
        )
    if by_lot:
        parts.append(_("Among colleagues who waited as long, a lot decided."))
    return " ".join(parts)


def clashes(besides: Iterable[Any], days: Iterable[dt.date], people: Iterable[Any]) -> list[str]:
    """Who of these people trains on these days in sessions other than `besides`, in words."""
    found = (
        SessionTrainer.objects.filter(
            trainer__person__in=list(people), session__days__day__in=list(days)
        )
        .exclude(session__in=list(besides))
        .exclude(session__state=State.CANCELLED)
        .select_related("trainer__person", "session")
        .distinct()
    )
    return sorted({f"{each.trainer.person}: {each.session.title}" for each in found})


def room_taken(
    session: TrainingSession, days: Iterable[dt.date], venue: School, room: str
) -> list[str]:
    """What else is held in this room (by its words) of the school on these days."""
    found = TrainingSession.objects.filter(
        venue=venue, venue_words__iexact=room, days__day__in=list(days)
    )
    found = found.exclude(pk=session.pk).exclude(state=State.CANCELLED).distinct()
    return [each.title for each in found[:3]]
