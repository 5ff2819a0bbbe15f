"""What came in: the raw words of a provider for a short time, and each event once."""

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row


class Payload(Row):
    """One call of a provider, as it came, to be played again after a fault; gone after some days."""

    channel = models.CharField(max_length=12)
    raw = models.TextField()
    at = models.DateTimeField(default=now, db_index=True)
    veiled = models.BooleanField(
        default=False,
        help_text="Something without a name is in it: gone as soon as all is dealt with.",
    )


class Received(Row):
    """One event of a payload. The provider's id makes that it counts once."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        REFUSED = "refused"  # told to whoever sent it, in a sentence
        DEAD = "dead"  # given up: a person looks at it

    channel = models.CharField(max_length=12)
    event_id = models.CharField(max_length=200, help_text="The provider's, or a digest of it.")
    payload = models.ForeignKey(Payload, models.SET_NULL, null=True, related_name="events")
    number = models.PositiveSmallIntegerField(default=0, help_text="Which event of the payload.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("channel", "event_id")]
