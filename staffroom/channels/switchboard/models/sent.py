"""What goes out: that it does, how it went, what it cost. Words of posts are kept nowhere."""

from django.db import models

from staffroom.channels.switchboard.models.links import GroupLink, Link
from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.places.models import Programme


class Sent(Row):
    """One message of ours. What it says of a post is found when it goes, by what one may read then."""

    class Kind(models.TextChoices):
        REPLY = "reply"
        POST = "post"  # a post that was asked for
        RELAY = "relay"
        DIGEST = "digest"
        TEST = "test"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        DELIVERED = "delivered"
        READ = "read"
        FAILED = "failed"
        DEAD = "dead"

    channel = models.CharField(max_length=12)
    link = models.ForeignKey(Link, models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(GroupLink, models.CASCADE, null=True, related_name="+")
    programme = models.ForeignKey(Programme, models.SET_NULL, null=True, related_name="+")
    community = models.ForeignKey(Community, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    ref = models.UUIDField(null=True, help_text="The post it is about.")
    words = models.JSONField(default=dict, help_text="Our own words and buttons; gone once sent.")
    reply_to = models.CharField(max_length=200, blank=True)
    key = models.CharField(
        max_length=120, null=True, unique=True, help_text="So that it goes once."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    provider_id = models.CharField(max_length=200, blank=True)
    parts = models.PositiveSmallIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=5, null=True)
    currency = models.CharField(max_length=3, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "provider_id"], name="sent_by_provider"),
            models.Index(fields=["made_at"], name="sent_made"),
        ]


class Meter(Row):
    """Messages and cost of one month: counts, nobody in them."""

    channel = models.CharField(max_length=12)
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="+")
    community = models.ForeignKey(Community, models.SET_NULL, null=True, related_name="+")
    month = models.CharField(max_length=7)
    currency = models.CharField(max_length=3, blank=True)
    messages = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=5, default=0)

    class Meta:
        indexes = [models.Index(fields=["month", "channel"], name="meter_month")]


class Budget(Row):
    """What a programme allows its channels, and what it pays for a part of a message."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="+")
    full_relay = models.BooleanField(
        default=False, help_text="Everything as it comes, where chosen."
    )
    most_a_month = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    parts_a_person = models.PositiveSmallIntegerField(default=100, help_text="A month, unasked.")
    currency = models.CharField(max_length=3, blank=True)
    prices = models.JSONField(default=dict, help_text="Channel: price of a part, as text.")


class Pace(models.Model):
    """When a provider takes the next message: shared by all workers."""

    channel = models.CharField(max_length=12, primary_key=True)
    next_at = models.FloatField(default=0, help_text="Seconds since 1970.")
