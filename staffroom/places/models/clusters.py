"""Plans of blocks, circles and clusters: made of coordinates, published with dates."""

import datetime as dt
from typing import ClassVar

from django.db import models

from staffroom.core.clock import now, today
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models.places import Area, Programme, School


class ClusterPlan(Row):
    """Blocks > circles > clusters > schools, drawn for a programme or one area of it.

    A draft is formed by the worker (`forming`), moved about, copied and compared. Once published it
    holds from `starts` until the day before `ends`, and its memberships never change: what changes
    is a new plan, made from it.
    """

    class State(models.TextChoices):
        FORMING = "forming"
        DRAFT = "draft"
        PUBLISHED = "published"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cluster_plans")
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="cluster_plans")
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    settings = models.JSONField(
        default=dict, help_text="min, max, clusters, within, apart, circle, blocks, seed, seconds"
    )
    made_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="later")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    began_at = models.DateTimeField(null=True, help_text="When it was given to the worker.")
    failed = models.CharField(max_length=500, blank=True, help_text="Why nothing was formed.")
    bound = models.PositiveBigIntegerField(
        null=True,
        help_text="Metres that no plan of these schools and numbers can be under.",
    )
    version = models.PositiveIntegerField(default=0, help_text="How often it was changed by hand.")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    published_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    ended = models.JSONField(
        default=dict, help_text="Plans that this one ends: their identifier and the end they had."
    )

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> dt.date | None:
        """The last one on which it holds."""
        return self.ends - dt.timedelta(days=1) if self.ends else None

    @property
    def to_come(self) -> bool:
        """Published, and not in force yet: it can be taken back."""
        return self.starts is not None and self.starts > today(self.programme.timezone)


class Block(Row):
    plan = models.ForeignKey(ClusterPlan, models.CASCADE, related_name="blocks")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        unique_together = [("plan", "number")]
        ordering: ClassVar = ["number"]


class Circle(Row):
    plan = models.ForeignKey(ClusterPlan, models.CASCADE, related_name="circles")
    block = models.ForeignKey(Block, models.CASCADE, null=True, related_name="circles")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        unique_together = [("plan", "number")]
        ordering: ClassVar = ["number"]


class Cluster(Row):
    """Schools around a central one, where their teachers meet. Numbered through the whole plan."""

    plan = models.ForeignKey(ClusterPlan, models.CASCADE, related_name="clusters")
    circle = models.ForeignKey(Circle, models.CASCADE, null=True, related_name="clusters")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, blank=True, help_text="Else its central school's.")
    centre = models.ForeignKey(School, models.PROTECT, related_name="+")

    class Meta:
        unique_together = [("plan", "number")]
        ordering: ClassVar = ["number"]


class ClusterSchool(Row):
    """A school in a plan; without a cluster where it could not be placed, and why."""

    plan = models.ForeignKey(ClusterPlan, models.CASCADE, related_name="schools")
    cluster = models.ForeignKey(Cluster, models.CASCADE, null=True, related_name="schools")
    school = models.ForeignKey(School, models.CASCADE, related_name="in_plans")
    metres = models.PositiveIntegerField(default=0, help_text="To the central school, as counted.")
    note = models.CharField(
        max_length=200, blank=True, help_text="Why unplaced; or how its place was found."
    )

    class Meta:
        unique_together = [("plan", "school")]

    @property
    def km(self) -> float:
        return self.metres / 1000


class ClusterMove(Row):
    """One change of a draft by hand: `thing` had the value `was` and has the value `became`.

    Values are identifiers (of a cluster, a school, a circle, a block; empty: none) or a name.
    """

    class Kind(models.TextChoices):
        SCHOOL = "school"  # a school: its cluster
        CENTRE = "centre"  # a cluster: its central school
        CIRCLE = "circle"  # a cluster: its circle
        BLOCK = "block"  # a circle: its block
        NAME = "name"  # a cluster, a circle or a block: its name

    plan = models.ForeignKey(ClusterPlan, models.CASCADE, related_name="moves")
    version = models.PositiveIntegerField(help_text="Of the plan, after it.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    thing = models.UUIDField()
    was = models.CharField(max_length=80, blank=True)
    became = models.CharField(max_length=80, blank=True)
    metres = models.IntegerField(default=0, help_text="More to go in all; less where negative.")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-version"]
