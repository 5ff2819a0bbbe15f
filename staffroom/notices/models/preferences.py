"""What a person wants to hear, how often and on which way; and how far they have been told."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.core.models import Row
from staffroom.people.models import Person


class Preference(Row):
    """One person's choices. Nothing chosen: the communities' lever says how often."""

    class Often(models.TextChoices):
        OURS = ""  # as the communities have it
        NONE = "none"
        DAILY = "daily"
        WEEKLY = "weekly"

    #: The way that always exists: the page *My digests* and a line on Today.
    PAGE = "page"

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    often = models.CharField(max_length=8, choices=Often.choices, blank=True)
    hour = models.PositiveSmallIntegerField(default=17, help_text="In the person's zone.")
    weekday = models.PositiveSmallIntegerField(default=4, help_text="Weekly; 0 is Monday.")
    rest_days = models.JSONField(
        null=True, help_text="Days without a digest; null: the programme's weekend."
    )
    by = models.CharField(max_length=12, default=PAGE, help_text="PAGE or a carrier's key.")
    words = models.BooleanField(
        default=False, help_text="A message may carry words of posts, not only that there are some."
    )
    hour_too = models.BooleanField(
        default=False, help_text="Also a message before the hour of each community."
    )
    next_at = models.DateTimeField(null=True, help_text="When to see whether a digest is due.")
    began_at = models.DateTimeField(null=True, help_text="Since when digests come.")
    told_until = models.DateTimeField(null=True, help_text="Of what belongs to no community.")
    looked_until = models.DateTimeField(null=True, help_text="*What is new*: all marked as read.")
    looked_nameless = models.JSONField(
        default=list, help_text="Nameless posts that stood there then: of those no minute is known."
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"],
                name="digest_next",
                condition=models.Q(next_at__isnull=False),
            )
        ]


class Reach(Row):
    """What of one community reaches one person. The fourth level, nothing, is a mute."""

    class Level(models.TextChoices):
        EVERYTHING = "everything"
        CONCERNS = "concerns"
        DIGEST = "digest"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.EVERYTHING)
    told_until = models.DateTimeField(null=True, help_text="By a digest.")

    class Meta:
        unique_together = [("person", "community")]
