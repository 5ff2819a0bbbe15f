"""Time for one's own learning, written down by the member for the member."""

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class OwnTime(Row):
    """One entry. It is tied to no community, school or programme: no figure can be made of it.

    Only the files named `own_time` read this table (tests/rhythm/test_own_time_wall.py).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True, help_text="In words, a community's too.")
    written_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-day"], name="own_time_of_person")]
