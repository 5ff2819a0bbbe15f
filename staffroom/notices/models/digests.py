"""Digests: that there was one, from when until when, and how it went. Their words are kept nowhere."""

from django.db import models

from staffroom.core.models import Row
from staffroom.notices.models.messages import Message
from staffroom.places.models import Programme
from staffroom.rhythm.models import Gathering


class Digest(Message):
    """One digest of one person. What it says is found anew each time, by what they may read then."""

    period = models.CharField(max_length=10, help_text="The day in the person's zone.")
    window = models.JSONField(default=dict, help_text="Community: since when; '': the rest.")
    until = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("person", "period")]
        indexes = [
            models.Index(fields=["person"], name="digest_unseen", condition=models.Q(seen_at=None)),
            models.Index(fields=["person", "-made_at"], name="digest_of_person"),
        ]


class Reminder(Message):
    """That one person hears of one coming of a community's hour."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="+")

    class Meta:
        unique_together = [("person", "gathering")]


class Allowance(Row):
    """Whether a programme pays for digests by text message, and for how many parts a month."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="+")
    sms = models.BooleanField(default=False)
    parts_a_month = models.PositiveSmallIntegerField(default=20, help_text="For one person.")
