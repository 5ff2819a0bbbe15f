"""The cascade from the core team to the last teacher: what was planned, and who trains."""

from typing import ClassVar

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import ClusterPlan, Programme, School


class Tier(models.TextChoices):
    """Who is trained. The order is that of the cascade."""

    MASTERS = "masters"
    CIRCLE_TRAINERS = "circle_trainers"
    MANAGERS = "managers"
    TEACHERS = "teachers"


class CascadePlan(Row):
    """A plan of training sessions on a published plan of clusters.

    Made by the worker; a draft is looked at, changed and made again; published, its sessions are
    those that people are invited to. `settings` are those of `methods.cascade.settings`, and prices.
    """

    class State(models.TextChoices):
        PLANNING = "planning"
        DRAFT = "draft"
        PUBLISHED = "published"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cascade_plans")
    clusters = models.ForeignKey(ClusterPlan, models.PROTECT, related_name="cascade_plans")
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    settings = models.JSONField(default=dict)
    figures = models.JSONField(default=dict, help_text="People, groups, days and cost by line.")
    failed = models.JSONField(default=dict, help_text="Where no plan exists, and what to relax.")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    began_at = models.DateTimeField(null=True, help_text="When it was given to the worker.")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class Trainer(Row):
    """A trainer's place: planned before anybody is found for it, then held by a person."""

    class Kind(models.TextChoices):
        CORE = "core"
        MASTER = "master"
        CIRCLE = "circle"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="trainers")
    plan = models.ForeignKey(CascadePlan, models.CASCADE, null=True, related_name="trainers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    subject = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(default=1, help_text="Within the plan.")
    home = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="trains")
