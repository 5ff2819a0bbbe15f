from typing import ClassVar

from django.db import models
from django.db.models import Q

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Dated(models.Model):
    """True from `starts` until the day before `ends`; without `ends`, until further notice."""

    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def on_date(day: object, prefix: str = "") -> Q:
    """The filter "true on this day" for a `Dated` table (`prefix` like "school__")."""
    return Q(**{f"{prefix}starts__lte": day}) & (
        Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gt": day})
    )


def saturday_and_sunday() -> list[int]:
    return [5, 6]


class Programme(Row):
    """One education system's effort, with its defaults."""

    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    phone_region = models.CharField(max_length=2)
    timezone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=8, default="en")
    ground_rules = models.JSONField(default=dict, help_text="language code: list of rules")
    weekend = models.JSONField(default=saturday_and_sunday, help_text="Days off; 0 is Monday.")
    number_label = models.CharField(
        max_length=60, blank=True, help_text="What the payroll number is called here."
    )
    number_mask = models.CharField(
        max_length=40, blank=True, help_text="How it looks: TSC999999, 9 a digit, A a letter."
    )
    number_required_since = models.DateTimeField(
        null=True, help_text="Whoever enrols after this must tell it."
    )
    file_limit_kb = models.PositiveIntegerField(default=5000, help_text="Of one paper in a post.")
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name


class Level(Row):
    """One step of the administrative tree, by its name in this country (County, Zone ...)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="levels")
    depth = models.PositiveSmallIntegerField(help_text="1 is the widest.")
    name = models.CharField(max_length=60)

    class Meta:
        unique_together = [("programme", "depth")]
        ordering = ["depth"]


class Area(Row, Dated):
    """A county, a sub-county, a zone. Its place in the tree is dated too (`AreaParent`)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="areas")
    level = models.ForeignKey(Level, models.PROTECT, related_name="areas")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=40, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")

    def __str__(self) -> str:
        return self.name


class AreaParent(Row, Dated):
    """The area belongs to a wider one between two dates."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Area, models.CASCADE, related_name="children")


class School(Row):
    """A school. `code` is the system's own and unique in the programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="schools")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    level = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    opened = models.DateField(null=True)
    closed = models.DateField(null=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")

    class Meta:
        unique_together = [("programme", "code")]
        indexes = [models.Index(fields=["programme", "name"], name="school_by_name")]

    def __str__(self) -> str:
        return self.name


class SchoolArea(Row, Dated):
    """The school lies in an area (the narrowest known) between two dates."""

    school = models.ForeignKey(School, models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, models.CASCADE, related_name="schools")


class Period(Row):
    """Whole days, the last one included: as a school's calendar is written."""

    name = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["first_day", "pk"]


class SchoolTerm(Period):
    """Schools of the programme teach from a day to a day. (A term alone is a moderator's turn.)"""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="school_terms")


class Holiday(Period):
    """No school on these days: in the whole programme, or in one area and what lies in it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="holidays")
    area = models.ForeignKey(Area, models.CASCADE, null=True, related_name="holidays")


class Posting(Row, Dated):
    """A teacher works at a school from a date to a date."""

    class Role(models.TextChoices):
        TEACHER = "teacher"
        DEPUTY = "deputy"
        HEAD = "head"

    person = models.ForeignKey(Person, models.CASCADE, related_name="postings")
    school = models.ForeignKey(School, models.CASCADE, related_name="postings")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.TEACHER)


class Oversight(Row, Dated):
    """An officer (inspector, curriculum officer) supervises every school in an area."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="oversights")
    area = models.ForeignKey(Area, models.CASCADE, related_name="overseers")
    title = models.CharField(max_length=80, blank=True)


class Supervision(Row, Dated):
    """One person supervises another by name (a head of department, a cluster tutor)."""

    supervisor = models.ForeignKey(Person, models.CASCADE, related_name="supervises")
    person = models.ForeignKey(Person, models.CASCADE, related_name="supervised_by")


class Appointment(Row, Dated):
    """What a person does for a programme; without an area, in all of it."""

    class Role(models.TextChoices):
        GARDENER = "gardener"
        ADMINISTRATOR = "administrator"
        EVALUATOR = "evaluator"
        TRAINER = "trainer"
        ADVISER = "adviser"
        SAFEGUARDING = "safeguarding"
        HELP_DESK = "help_desk"

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="appointments")
    area = models.ForeignKey(Area, models.CASCADE, null=True, related_name="appointments")
    role = models.CharField(max_length=16, choices=Role.choices)


class TeacherNumber(Row):
    """The payroll or teacher number by which a system knows a person."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="teacher_numbers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="teacher_numbers")
    number = models.CharField(max_length=40)
    own_word = models.BooleanField(
        default=False, help_text="Its owner wrote it; no list has confirmed it yet."
    )

    class Meta:
        unique_together = [("programme", "number")]


class ImportRun(Row):
    """One import of a list: uploaded, looked at, then done by the worker; what it changed and
    could not take. One that failed is as uploaded again, and says why."""

    class State(models.TextChoices):
        UPLOADED = "uploaded"
        IMPORTING = "importing"
        DONE = "done"

    class Kind(models.TextChoices):
        SCHOOLS = "schools"
        TEACHERS = "teachers"
        CODES = "codes"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DONE)
    file = models.FileField(upload_to="imports/", blank=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    choices = models.JSONField(default=dict, help_text="What the person decided between the steps.")
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True)
    at = models.DateTimeField(default=now)
    began_at = models.DateTimeField(null=True, help_text="When it was given to the worker.")
    failed = models.CharField(
        max_length=500, blank=True, help_text="Why the last try imported nothing."
    )
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(state="importing"),
                name="one_import_at_once",
            )
        ]
