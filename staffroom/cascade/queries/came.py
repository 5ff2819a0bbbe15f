"""Who came to a training session: the one place that says it for visits and return sessions."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from staffroom.cascade.models import Invitation, SessionDay, TrainingSession
from staffroom.core.clock import today


def came(sessions: QuerySet[TrainingSession]) -> QuerySet[Invitation]:
    """Whoever said yes to one of these sessions: once it was delivered, or a return session's day is there."""
    begun = SessionDay.objects.filter(session=OuterRef("session"), day__lte=today())
    held = Q(session__state=TrainingSession.State.DELIVERED) | (
        Q(session__state=TrainingSession.State.PLANNED, session__kind=TrainingSession.Kind.RETURN)
        & Exists(begun)
    )
    return Invitation.objects.filter(
        held, session__in=sessions.values("pk"), state=Invitation.State.ACCEPTED
    )
