"""Letters to those who work for a programme: that there was one, never its words."""

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme


class Week(Row):
    """The figures of one programme's week, counted once and never again: all readers get the same."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    monday = models.DateField()
    figures = models.JSONField(default=dict, help_text="Those that tell of nobody.")
    counted_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("programme", "monday")]


class StaffLetter(Row):
    """One person's letter about one week."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TRYING = "trying"  # given to the server; whether it was taken is not known yet
        SENT = "sent"
        FAILED = "failed"
        EMPTY = "empty"  # there was nothing to say

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    week = models.ForeignKey(Week, models.CASCADE, related_name="letters")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=20, blank=True, help_text="A code.")
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("person", "week")]


class Box(Row):
    """What is known of a person's e-mail address, and whether they want the letter."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    letters = models.BooleanField(default=True, help_text="They want the weekly letter.")
    bounced_at = models.DateTimeField(null=True, help_text="The address was refused.")
    bounced = models.CharField(max_length=10, blank=True, help_text="The server's code.")
    address = models.CharField(
        max_length=64, blank=True, help_text="A digest of the address that was refused."
    )
