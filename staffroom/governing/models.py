from typing import Any, ClassVar

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme


class Contacts(Row):
    """Whom to call and whom to ask, in the programme's own words; shown to everybody."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="contacts")
    emergency = models.TextField(blank=True, help_text="One a line: Child helpline 116")
    data_office = models.TextField(blank=True, help_text="Whom members ask about their data.")
    authority = models.TextField(blank=True, help_text="To whom they may complain.")
    operator = models.TextField(blank=True, help_text="Who runs the server, and where it stands.")


class Disclosure(Row):
    """What somebody told about danger. Sealed; names nobody who wrote it (`governing.vault`)."""

    class State(models.TextChoices):
        NEW = "new"
        TAKEN = "taken"
        CLOSED = "closed"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="disclosures")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    sealed = models.BinaryField()
    receipt = models.CharField(max_length=64, unique=True, help_text="Keyed hash of the code.")
    made_at = models.DateTimeField(default=now)
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]


class DisclosureEntry(Row):
    """What was added by the writer, answered to them, or noted among the readers. Sealed too."""

    class Kind(models.TextChoices):
        ADDED = "added"
        ANSWER = "answer"
        NOTE = "note"

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sealed = models.BinaryField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]


class WrittenOnce(Row):
    """A row that is never changed: what was written stands, and is mended by a further entry."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is written once and never changed")
        super().save(*args, **options)


class Breach(WrittenOnce):
    """Data came to be lost, changed or seen by the wrong people: what was known when it was noticed."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="breaches")
    number = models.PositiveIntegerField()
    what = models.TextField()
    happened = models.CharField(max_length=120, blank=True, help_text="When, as far as known.")
    noticed_at = models.DateTimeField()
    whose = models.CharField(max_length=300)
    how_many = models.PositiveIntegerField(null=True)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("programme", "number")]
        ordering: ClassVar = ["-number"]


class BreachEntry(WrittenOnce):
    """What was done about it, whom one told, what was learned later."""

    class Kind(models.TextChoices):
        MEASURE = "measure"
        AUTHORITY = "authority"  # told
        NO_AUTHORITY = "no authority"  # need not be told, and why
        PEOPLE = "people"  # told
        FOUND = "found"  # known since
        CLOSED = "closed"

    breach = models.ForeignKey(Breach, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField()
    done_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]


class Assessment(Row):
    """A version of a programme's data-protection impact assessment: a draft, then signed and fixed."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="assessments")
    version = models.PositiveIntegerField()
    own = models.JSONField(default=dict, help_text="Section: words in place of the product's own.")
    signed_text = models.JSONField(default=dict, help_text="Section: words, as they were signed.")
    begun_at = models.DateTimeField(default=now)
    saved_at = models.DateTimeField(default=now)
    signed_on = models.DateField(null=True)
    signed_name = models.CharField(max_length=120, blank=True)
    signed_office = models.CharField(max_length=120, blank=True)
    signed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-version"]
        unique_together = [("programme", "version")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(signed_on=None),
                name="one_assessment_in_work",
            )
        ]
