"""A friendly challenge about learning together. It knows communities alone, never a person's share."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Challenge(Row):
    """A goal for some weeks: of one community, or of several that agreed."""

    class Goal(models.TextChoices):
        ANSWERED = "answered"
        SOLVED = "solved"
        TRIED = "tried"
        VERIFIED = "verified"

    class State(models.TextChoices):
        ANNOUNCED = "announced"
        RUNNING = "running"
        ENDED = "ended"
        OFF = "off"

    goal = models.CharField(max_length=10, choices=Goal.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    with_others = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ANNOUNCED)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)


class ChallengePart(Row):
    """A community's part in it, with the figure of the whole community."""

    class State(models.TextChoices):
        INVITED = "invited"
        ANNOUNCED = "announced"  # the members have a week to object
        IN = "in"
        LEFT = "left"

    class Why(models.TextChoices):
        """Why a part ended early. Who objected is kept nowhere."""

        DECLINED = "declined"
        OBJECTED = "objected"
        WITHDRAWN = "withdrawn"
        LATE = "late"
        ALONE = "alone"  # too few were left
        STOPPED = "stopped"  # the community rests or closed, or its design changed

    class Direction(models.TextChoices):
        MORE = "more"
        SAME = "same"
        LESS = "less"

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="parts")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    waits_until = models.DateTimeField(null=True, help_text="Until then members may object.")
    left_at = models.DateTimeField(null=True)
    why_left = models.CharField(max_length=10, choices=Why.choices, blank=True)
    done = models.PositiveIntegerField(null=True, help_text="Empty: too few for a figure.")
    asked = models.PositiveIntegerField(null=True, help_text="Of how many, where that is known.")
    done_before = models.PositiveIntegerField(null=True)
    asked_before = models.PositiveIntegerField(null=True)
    direction = models.CharField(
        max_length=5, choices=Direction.choices, blank=True,
        help_text="Against its own record; all that other communities see.",
    )  # fmt: skip
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["challenge", "community"], name="one_part_a_community"),
            models.UniqueConstraint(
                fields=["community"],
                condition=models.Q(state="announced"),
                name="one_challenge_announced",
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="challenge_of_community")]
