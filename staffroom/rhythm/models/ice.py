"""The round in which each shares one thing that is hard."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class IceBreaker(Row):
    """One member's teaching challenge, in their own words. Only those who shared have a row."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="icebreakers")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=600)
    at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(null=True)
    question = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True, help_text="By the moderator, with a reason.")
    hidden_why = models.CharField(max_length=200, blank=True)

    class Meta:
        unique_together = [("community", "person")]
        indexes = [models.Index(fields=["community", "at"], name="icebreaker_round")]
