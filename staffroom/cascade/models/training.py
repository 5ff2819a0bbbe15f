"""Training sessions: when, where, by whom, for whom."""

from typing import ClassVar

from django.db import models

from staffroom.cascade.models.plans import CascadePlan, Tier, Trainer
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Block, Circle, Cluster, Programme, School


class TrainingSession(Row):
    """One training of one group, over one or more days; or the day on which it returns to share.

    `cluster`, `circle` or `block` say whose it is; of the whole programme where all are empty.
    """

    class Kind(models.TextChoices):
        TRAINING = "training"
        RETURN = "return"

    class State(models.TextChoices):
        PLANNED = "planned"
        DELIVERED = "delivered"
        CANCELLED = "cancelled"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="training_sessions")
    plan = models.ForeignKey(CascadePlan, models.CASCADE, null=True, related_name="sessions")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TRAINING)
    tier = models.CharField(max_length=16, choices=Tier.choices, default=Tier.TEACHERS)
    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="returns")
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=600, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8, blank=True)
    block = models.ForeignKey(Block, models.SET_NULL, null=True, related_name="+")
    circle = models.ForeignKey(Circle, models.SET_NULL, null=True, related_name="+")
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, related_name="+")
    venue = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    venue_words = models.CharField(
        max_length=120, blank=True, help_text="The room; how to find it."
    )
    seats = models.PositiveSmallIntegerField(default=30)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    changed = models.CharField(
        max_length=600, blank=True, help_text="What was done otherwise than planned, and why."
    )
    delivered_at = models.DateTimeField(null=True)
    certificate_days = models.PositiveSmallIntegerField(
        null=True, help_text="Days for a certificate; empty is all but one."
    )
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.title


class SessionDay(Row):
    """One day of a training session, in the programme's time zone."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="days")
    day = models.DateField()
    begins = models.TimeField(null=True)
    ends = models.TimeField(null=True)

    class Meta:
        unique_together = [("session", "day")]
        ordering: ClassVar = ["day"]


class SessionTrainer(Row):
    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="session_trainers")
    trainer = models.ForeignKey(Trainer, models.CASCADE, related_name="session_trainers")

    class Meta:
        unique_together = [("session", "trainer")]


class SessionLearner(Row):
    """A trainer's place that is trained in this session: whoever holds it is invited."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="learners")
    trainer = models.ForeignKey(Trainer, models.CASCADE, related_name="learns_in")

    class Meta:
        unique_together = [("session", "trainer")]


class SessionSchool(Row):
    """So many places in the session are this school's."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="session_schools")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    places = models.PositiveSmallIntegerField(default=1)

    class Meta:
        unique_together = [("session", "school")]


class Invitation(Row):
    """A person is asked to a session: whose turn it is, by the school's places or by name."""

    class State(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="training_invitations")
    school = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    why = models.CharField(max_length=200, blank=True, help_text="Why this person's turn it is.")
    note = models.CharField(max_length=200, blank=True, help_text="The person's own word.")
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("session", "person")]
