from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Practice(Row):
    """What one person tried in the practice corner and where they are in the course.

    Theirs alone: shown to nobody else, counted nowhere, gone with the person.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    corner = models.JSONField(default=dict, help_text="At most 4 KB (web.practice.state).")
    course = models.JSONField(default=list, help_text="Which screens have been answered.")
    changed_at = models.DateTimeField(default=now)


class DataUsed(Row):
    """What went to and from one person's phones on a day, by kind. Theirs alone: in no figure.

    Sending is counted on the first of the month alone: no day tells that somebody wrote.
    """

    class Kind(models.TextChoices):
        READING = "reading"
        MEDIA = "media"
        SENDING = "sending"
        LIVE = "live"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "kind"], name="one_count_a_day")
        ]


class OwnPrice(Row):
    """What a MB costs this member, where it is not what the programme says."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    per_mb = models.DecimalField(max_digits=12, decimal_places=4)
