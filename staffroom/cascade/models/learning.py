"""What is learned at a session: the forms that are filled in, and who sat which test."""

from django.db import models

from staffroom.cascade.models.training import TrainingSession
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.instruments.models import Instrument, Response
from staffroom.people.models import Person
from staffroom.places.models import Programme


class TrainingForm(Row):
    """An instrument of a programme's training; of each use the newest published one is in use.

    A test is one instrument with the same items for all tiers, before and after: so their figures
    can be compared. It is for the sessions of its subject; without one, for those of every subject
    that has none of its own.
    """

    class Use(models.TextChoices):
        TEST = "test"
        FIDELITY = "fidelity"
        FEEDBACK = "feedback"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="training_forms")
    use = models.CharField(max_length=8, choices=Use.choices)
    subject = models.CharField(max_length=40, blank=True)
    instrument = models.OneToOneField(Instrument, models.CASCADE, related_name="training_form")
    made_at = models.DateTimeField(default=now)


class TestSitting(Row):
    """One person's test at one session: the responses before and after, kept as a pair.

    One row for both, so that the gain can still be told once the person is forgotten.
    """

    __test__ = False  # pytest would take it for a test

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="sittings")
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="test_sittings")
    before = models.OneToOneField(Response, models.SET_NULL, null=True, related_name="+")
    after = models.OneToOneField(Response, models.SET_NULL, null=True, related_name="+")
    before_keyed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    after_keyed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("session", "person")]


class Fidelity(Row):
    """What of the session was done as designed, by one who was there to see it."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="fidelity")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    response = models.OneToOneField(Response, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("session", "person")]
