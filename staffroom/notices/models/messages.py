"""What a message that goes by a carrier has: how it went. Its words are kept nowhere."""

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Message(Row):
    class State(models.TextChoices):
        WAITING = "waiting"
        TRYING = "trying"  # given to the carrier; whether it was taken is not known yet
        SENT = "sent"
        FAILED = "failed"
        EMPTY = "empty"  # all of it was gone when it was to be sent

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=12, blank=True, help_text="`sending.WHY`")
    parts = models.PositiveSmallIntegerField(default=0, help_text="Of a text message; they cost.")
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
