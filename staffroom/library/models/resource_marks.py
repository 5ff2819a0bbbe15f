"""What people do with a resource: it helped, it is on a shelf, somebody asks for a look at it."""

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.library.models.resources import Resource
from staffroom.people.models import Person


class ResourceHelped(Row):
    """It helped this person. Told as a number of people, of the resource alone."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="helped")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("resource", "person")]


class ShelfItem(Row):
    """A person's own shelf; nobody else sees it."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("resource", "person")]


class ResourceReport(Row):
    """Somebody asks for a look. Whoever decides does not see who it was."""

    class Reason(models.TextChoices):
        WRONG = "wrong"
        RIGHTS = "rights"
        PUPIL = "pupil"
        UNKIND = "unkind"
        OTHER = "other"

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "reporter"],
                condition=models.Q(decided_at=None),
                name="one_open_resource_report",
            )
        ]
