"""People who belong to two communities, accepted by both as the ones who carry questions across."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Broker(Row):
    """An offer to carry between two communities, and what became of it.

    Asked by a moderator, it has one side until the person has named the other.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    offered_at = models.DateTimeField(null=True, help_text="The person's own yes.")
    accepted_at = models.DateTimeField(null=True, help_text="Both communities' yes.")
    ended_at = models.DateTimeField(null=True)
    shown = models.BooleanField(default=True, help_text="Named on both pages, as the person likes.")


class BrokerSide(Row):
    """One of the two communities."""

    broker = models.ForeignKey(Broker, models.CASCADE, related_name="sides")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("broker", "community")]


class BrokerWord(Row):
    """A member's no, or the moderator's yes."""

    side = models.ForeignKey(BrokerSide, models.CASCADE, related_name="words")
    member = models.ForeignKey(Person, models.CASCADE, related_name="+")
    accepts = models.BooleanField()
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("side", "member")]
