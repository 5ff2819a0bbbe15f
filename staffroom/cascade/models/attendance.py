"""Who came: what each of several people wrote down, and the one thing that follows from it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from staffroom.cascade.models.training import SessionDay, TrainingSession
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme, School


class Guest(Row):
    """Somebody who came and has no account that we know: a name, until it is matched."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="guests")
    name = models.CharField(max_length=80)
    school = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    school_words = models.CharField(max_length=80, blank=True, help_text="As it was written down.")
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name


class Said(models.TextChoices):
    """What is said of a person and a day; empty is nothing, or taken back."""

    PRESENT = "present"
    ABSENT = "absent"


class How(models.TextChoices):
    CODE = "code", "the person entered the code of the day"
    CARD = "card", "the trainer scanned the person's code"
    LIST = "list", "ticked on the list"
    PAPER = "paper", "keyed in from paper"
    FILE = "file", "from a spreadsheet"


class Attendance(Row):
    """One person on one day, however many people wrote it down.

    `state` follows from the marks; where they differ it is `unclear` until a trainer decides.
    """

    UNCLEAR = "unclear"

    day = models.ForeignKey(SessionDay, models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="attendance")
    guest = models.ForeignKey(Guest, models.CASCADE, null=True, related_name="attendance")
    state = models.CharField(max_length=8, blank=True)
    how = models.CharField(max_length=8, blank=True, help_text="Of the latest mark that holds.")
    reason = models.CharField(max_length=200, blank=True, help_text="Why somebody was not there.")
    decided = models.CharField(max_length=8, choices=Said.choices, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "person"], condition=~Q(person=None), name="one_attendance_a_day"
            ),
            models.UniqueConstraint(
                fields=["day", "guest"], condition=~Q(guest=None), name="one_guest_a_day"
            ),
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(guest=None), name="a_person_or_a_guest"
            ),
        ]


class AttendanceMark(Row):
    """What one person wrote down about it; their later word stands for the earlier one."""

    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="marks")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    said = models.CharField(max_length=8, choices=Said.choices, blank=True)
    how = models.CharField(max_length=8, choices=How.choices)
    written_at = models.DateTimeField(help_text="On the phone, which may be before it arrived.")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together: ClassVar = [("attendance", "by")]
        ordering: ClassVar = ["written_at", "pk"]


class Certificate(Row):
    """That a person took part: what it says stays true when the session's own rows are gone."""

    class Shown(models.TextChoices):
        NAME = "name"
        INITIALS = "initials"
        NOTHING = "nothing"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="certificates")
    session = models.ForeignKey(
        TrainingSession, models.SET_NULL, null=True, related_name="certificates"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="certificates")
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    shown = models.CharField(
        max_length=8,
        choices=Shown.choices,
        default=Shown.NAME,
        help_text="What strangers with the code see of the name.",
    )
    title = models.CharField(max_length=120)
    subject = models.CharField(max_length=40, blank=True)
    days = models.PositiveSmallIntegerField()
    of_days = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    issued_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(default=now)
    renamed_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        unique_together: ClassVar = [("session", "person")]

    def __str__(self) -> str:
        return self.title

    @property
    def code_shown(self) -> str:
        """In groups of four, as people read it out."""
        return "-".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))
