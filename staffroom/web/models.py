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
