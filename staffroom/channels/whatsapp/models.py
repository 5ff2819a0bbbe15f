"""The one row of this channel: what went wrong with it, a day and a kind at a time."""

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row


class Trouble(Row):
    """How often something of ours was wrong on a day. No person, no number, no word of anybody."""

    day = models.DateField(db_index=True)
    what = models.CharField(max_length=12)
    code = models.CharField(max_length=80, blank=True, help_text="Meta's, or a template's name.")
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=now, help_text="The last time.")

    class Meta:
        unique_together = [("day", "what", "code")]
