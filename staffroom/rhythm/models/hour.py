"""The hour of the week: each time it comes, who is there while it lasts, who wants no reminder."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Gathering(Row):
    """One coming of a community's hour. What was said in it is the posts of that time."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="gatherings")
    day = models.DateField(help_text="On the community's own calendar.")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)
    skipped_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    skipped_why = models.CharField(max_length=200, blank=True)

    class Meta:
        unique_together = [("community", "day")]
        indexes = [models.Index(fields=["community", "-begins"], name="gathering_latest")]


class Presence(Row):
    """Somebody says "I am here". Deleted when the hour is over: it is nobody's attendance."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("gathering", "person")]


class NoReminders(Row):
    """The person wants no reminder of this community's hour."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("community", "person")]
