"""Support in school after training: what was agreed, seen, offered, and answered."""

from django.db import models
from django.db.models import Q

from staffroom.cascade.models.training import TrainingSession
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme, School

#: What a visitor writes, in the order of the page.
PARTS = ("seen", "offered", "next_step")


class SupportVisit(Row):
    """One visit: help, not appraisal. Read by its visitor and its teacher, and by nobody else.

    Only the files named `visits` and `visit_…` read these tables (tests/cascade/test_visits.py).
    There is no column for a score, and none may come.
    """

    class State(models.TextChoices):
        ASKED = "asked"  # waits for the teacher's yes to the focus
        AGREED = "agreed"
        HELD = "held"
        DECLINED = "declined"  # by the teacher, who says no more than that
        OFF = "off"  # called off by the visitor

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    visitor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    teacher = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    training = models.ForeignKey(
        TrainingSession, models.SET_NULL, null=True, related_name="+", help_text="That it follows."
    )
    day = models.DateField()
    at = models.TimeField(null=True)
    focus = models.CharField(max_length=300, blank=True, help_text="Empty: the teacher chooses.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    agreed_at = models.DateTimeField(null=True)
    seen = models.TextField(blank=True)
    offered = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    next_day = models.DateField(null=True)
    next_said = models.TextField(blank=True, help_text="By the teacher: what came of it.")
    next_done_at = models.DateTimeField(null=True)
    version = models.PositiveSmallIntegerField(
        default=0, help_text="Of what was written; 0: nothing."
    )
    read_version = models.PositiveSmallIntegerField(
        default=0, help_text="That the teacher has read."
    )
    written_at = models.DateTimeField(null=True, help_text="First.")
    answered_at = models.DateTimeField(null=True, help_text="By the teacher, last.")
    answer_read_at = models.DateTimeField(null=True, help_text="By the visitor.")
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "declined", "off"]) | ~Q(focus=""),
                name="no_visit_without_focus",
            )
        ]
        indexes = [
            models.Index(fields=["teacher", "-day"], name="visit_of_teacher"),
            models.Index(fields=["visitor", "-day"], name="visit_of_visitor"),
        ]

    def words(self) -> dict[str, str]:
        return {part: getattr(self, part) for part in PARTS}


class VisitVersion(Row):
    """What the visitor had written before it was revised."""

    visit = models.ForeignKey(SupportVisit, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    words = models.JSONField()
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("visit", "number")]


class VisitAnswer(Row):
    """The teacher's own words beside one part of what was written."""

    visit = models.ForeignKey(SupportVisit, models.CASCADE, related_name="answers")
    part = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    disagrees = models.BooleanField(default=False)
    take_out = models.TextField(blank=True, help_text="The sentence that the teacher wants gone.")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("visit", "part")]


class VisitPause(Row):
    """A teacher wants no support visit before this day."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    until = models.DateField()
    at = models.DateTimeField(default=now)
