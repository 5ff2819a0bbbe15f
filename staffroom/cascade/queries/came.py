"""Who came to a training session: the one place that says it for visits and return sessions."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from staffroom.cascade.models import Attendance, Invitation, Said, SessionDay, TrainingSession
from staffroom.core.clock import today


def came(sessions: QuerySet[TrainingSession]) -> QuerySet[Invitation]:
    """Whoever was invited to one of these sessions and came: as it was written down; where nothing was,
    whoever said yes, once it was delivered or a return session's day is there."""
    taken = Attendance.objects.filter(day__session=OuterRef("session")).exclude(state="")
    there = taken.filter(person=OuterRef("person"), state=Said.PRESENT)
    begun = SessionDay.objects.filter(session=OuterRef("session"), day__lte=today())
    held = Q(session__state=TrainingSession.State.DELIVERED) | (
        Q(session__state=TrainingSession.State.PLANNED, session__kind=TrainingSession.Kind.RETURN)
        & Exists(begun)
    )
    agreed = Q(held, ~Exists(taken), state=Invitation.State.ACCEPTED)
    return Invitation.objects.filter(
        agreed | Exists(there), session__in=sessions.values("pk")
    ).exclude(state=Invitation.State.WITHDRAWN)
