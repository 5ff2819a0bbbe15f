"""Teachers placed into new communities: what was asked for, the groups that were formed, who sits where."""

from typing import ClassVar

from django.db import models

from staffroom.communities.models.communities import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Area, Circle, Cluster, Programme, School


class Placing(Row):
    """Formed by the worker (`forming`), looked at and changed (`draft`), founded by it (`founding`)."""

    class State(models.TextChoices):
        FORMING = "forming"
        DRAFT = "draft"
        FOUNDING = "founding"
        FOUNDED = "founded"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="placings")
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")
    circle = models.ForeignKey(Circle, models.SET_NULL, null=True, related_name="+")
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=80)
    listed = models.BooleanField(
        default=False, help_text="The people were given; else they are found where it says."
    )
    settings = models.JSONField(default=dict, help_text="`placing.settings.Wanted`")
    state = models.CharField(max_length=10, choices=State.choices, default=State.FORMING)
    notes = models.JSONField(default=list, help_text="Strata that were joined: code and facts.")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    began_at = models.DateTimeField(null=True, help_text="When it was given to the worker.")
    failed = models.CharField(max_length=500, blank=True, help_text="Why nothing was formed.")

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class PlacedGroup(Row):
    """A community to be; once founded it knows the community."""

    placing = models.ForeignKey(Placing, models.CASCADE, related_name="groups")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    women = models.BooleanField(default=False, help_text="Each asked for it; shown to no office.")
    venue = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    community = models.OneToOneField(
        Community, models.SET_NULL, null=True, related_name="placed_as"
    )
    failed = models.CharField(max_length=300, blank=True, help_text="Why it was not founded.")

    class Meta:
        unique_together = [("placing", "number")]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.name


class PlacedTeacher(Row):
    """A teacher in a placing; without a group where no place was found, and why."""

    class Why(models.TextChoices):
        PLACED = ""
        WAITING = "waiting"
        NO_SCHOOL = "no_school"
        NO_SUBJECT = "no_subject"
        NO_LANGUAGE = "no_language"
        HAS_ONE = "has_one"
        YOURS = "yours"
        FEW = "few"
        UNEVEN = "uneven"
        RULES = "rules"
        FAR = "far"
        TAKEN_OUT = "taken_out"

    placing = models.ForeignKey(Placing, models.CASCADE, related_name="teachers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="placed")
    school = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    group = models.ForeignKey(PlacedGroup, models.SET_NULL, null=True, related_name="teachers")
    subject = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8, blank=True)
    women = models.BooleanField(default=False, help_text="A woman who asked for women alone.")
    metres = models.PositiveIntegerField(null=True, help_text="From the school to the venue.")
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)

    class Meta:
        unique_together = [("placing", "person")]


class PlacingWish(Row):
    """What a teacher says for being placed. Read by the forming alone, shown to the teacher alone."""

    class Education(models.TextChoices):
        CERTIFICATE = "certificate"
        DIPLOMA = "diploma"
        DEGREE = "degree"
        MORE = "more"

    person = models.OneToOneField(Person, models.CASCADE, related_name="placing_wish")
    women_only = models.BooleanField(default=False)
    education = models.CharField(max_length=12, choices=Education.choices, blank=True)
    at = models.DateTimeField(default=now)
