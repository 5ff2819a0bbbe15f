"""Where a browser is told: one row for each browser in which its person asked for it."""

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import OpenSession, Person


class Subscription(Row):
    """One browser. It goes with the session: whoever signs out on a phone is told nothing there."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session = models.ForeignKey(OpenSession, models.CASCADE, related_name="+")
    endpoint = models.TextField(
        help_text="The address at the browser's maker; whoever has it can knock."
    )
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100, help_text="The browser's public key.")
    auth = models.CharField(max_length=40)
    key = models.CharField(max_length=12, help_text="For which of our keys it was made.")
    at_once = models.BooleanField(default=True, help_text="What concerns the person, as it comes.")
    made_at = models.DateTimeField(default=now)
