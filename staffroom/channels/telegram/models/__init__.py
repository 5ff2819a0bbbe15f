"""How far we have asked Telegram, where it cannot call us."""

from django.db import models

from staffroom.core.models import Row


class Poll(Row):
    """One bot's line. Of several workers one holds it; Telegram would refuse a second."""

    bot = models.CharField(max_length=20, unique=True)
    next_update = models.BigIntegerField(null=True, help_text="All before it are taken down.")
    held_by = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    at = models.DateTimeField(null=True, help_text="The last answer.")
    fault = models.CharField(max_length=30, blank=True, help_text="Of the last try; a code.")
