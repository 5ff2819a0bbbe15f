"""What teachers bring back to a return session, and what grows from it."""

from django.db import models

from staffroom.cascade.models.training import TrainingSession
from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Brought(Row):
    """What one participant tried, what happened, what question it left. Its owner's until shared."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="brought")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    tried = models.TextField(blank=True)
    happened = models.TextField(blank=True)
    question = models.TextField(blank=True)
    shared = models.BooleanField(default=False, help_text="Those who lead the day may read it.")
    keyed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", help_text="For one without a phone."
    )
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("session", "person")]


class Harvest(Row):
    """A draft made of what was brought: it waits for its author, who alone says yes."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        NOTE = "note"

    class State(models.TextChoices):
        WAITING = "waiting"
        YES = "yes"
        NO = "no"

    brought = models.ForeignKey(Brought, models.CASCADE, related_name="harvest")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=100, blank=True)
    words = models.JSONField(default=dict, help_text="text; or problem and worked.")
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    community = models.ForeignKey(Community, models.SET_NULL, null=True, related_name="+")
    made_id = models.UUIDField(null=True)

    class Meta:
        unique_together = [("brought", "kind")]


class Opened(Row):
    """A return session was the kick-off workshop of this community."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="opened")
    community = models.OneToOneField(Community, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
