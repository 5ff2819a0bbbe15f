"""One question to whoever has fallen silent. The answer stands apart from the person who gave it."""

import uuid

from django.db import models

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme


class SilenceWeeks(Row):
    """After how many weeks without a sign a programme asks; 0 asks nobody."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="+")
    weeks = models.PositiveSmallIntegerField()
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)


class SilenceWish(Row):
    """Whether a person wants to be asked, and by SMS."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    ask = models.BooleanField(default=True)
    by_sms = models.BooleanField(default=False)


class Asking(Row):
    """A person is asked, once for each silence. Neither what they answer nor whether, nor when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    since = models.DateField(help_text="The last sign.")
    asked_on = models.DateField()
    is_open = models.BooleanField(
        default=True, help_text="Closed alike by an answer, by “not now” and by time."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "since"], name="asked_once_a_silence")
        ]
        indexes = [
            models.Index(fields=["person"], name="asking_open", condition=models.Q(is_open=True))
        ]


class SilenceAnswer(models.Model):
    """What one of many answered, in which quarter. It has no way back to a person."""

    class Reason(models.TextChoices):
        TIME = "time"
        SIGNAL = "signal"
        PHONE = "phone"
        NOT_USEFUL = "not useful"
        COMFORT = "comfort"
        READING = "reading"
        OTHER = "other"

    # Not by the time, as other rows' ids are.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    quarter = models.DateField(help_text="Its first day.")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    words = models.CharField(
        max_length=300, blank=True, help_text="Shown to nobody; counted word by word over many."
    )

    class Meta:
        indexes = [models.Index(fields=["community", "quarter"], name="silence_by_quarter")]
