"""What is given out at a training session."""

from django.db import models

from staffroom.cascade.models.training import TrainingSession
from staffroom.core.models import Row
from staffroom.library.models import Resource


class SessionMaterial(Row):
    """A resource of the whole programme's library that belongs to the session."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="materials")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+")

    class Meta:
        unique_together = [("session", "resource")]
