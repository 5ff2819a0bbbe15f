"""Communities that divide or join: what is proposed, each member's word, what came of it."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Reshape(Row):
    """One community becomes two, or two become one."""

    class Kind(models.TextChoices):
        DIVIDE = "divide"
        JOIN = "join"

    kind = models.CharField(max_length=6, choices=Kind.choices)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField(
        null=True, help_text="Until then members speak; null while the other moderator is asked."
    )
    dropped_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)


class ReshapePart(Row):
    """A community as it was (`number` null), or a circle that is to be one."""

    reshape = models.ForeignKey(Reshape, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField(null=True)
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    asks = models.BooleanField(default=False, help_text="From here it was proposed.")
    name = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number", "id"]

    @property
    def circle(self) -> int:
        """The number of a circle that is to be."""
        return self.number or 0


class ReshapePlace(Row):
    """A member: in which circle, and what they say. Their own word is shown to themselves alone."""

    class Word(models.TextChoices):
        NONE = ""
        YES = "yes"
        NO = "no"

    reshape = models.ForeignKey(Reshape, models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="Of the circle.")
    word = models.CharField(max_length=3, choices=Word.choices, blank=True, default="")

    class Meta:
        unique_together = [("reshape", "person")]
