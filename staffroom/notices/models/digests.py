"""Digests: that there was one, from when until when, and how it went. Their words are kept nowhere."""

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme


class Digest(Row):
    """One digest of one person. What it says is found anew each time, by what they may read then."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TRYING = "trying"  # given to the carrier; whether it was taken is not known yet
        SENT = "sent"
        FAILED = "failed"
        EMPTY = "empty"  # all of it was gone when it was to be sent

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    period = models.CharField(max_length=10, help_text="The day in the person's zone.")
    window = models.JSONField(default=dict, help_text="Community: since when; '': the rest.")
    until = models.DateTimeField()
    by = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=12, blank=True, help_text="`sending.WHY`")
    parts = models.PositiveSmallIntegerField(default=0, help_text="Of a text message; they cost.")
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("person", "period")]
        indexes = [
            models.Index(fields=["person"], name="digest_unseen", condition=models.Q(seen_at=None)),
            models.Index(fields=["person", "-made_at"], name="digest_of_person"),
        ]


class Allowance(Row):
    """Whether a programme pays for digests by text message, and for how many parts a month."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="+")
    sms = models.BooleanField(default=False)
    parts_a_month = models.PositiveSmallIntegerField(default=20, help_text="For one person.")
