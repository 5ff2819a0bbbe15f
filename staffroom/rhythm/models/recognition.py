"""What a colleague's idea changed in a class, said by whoever tried it."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Recognition(Row):
    """The colleague hears first, and decides whether the community sees it."""

    class Change(models.TextChoices):
        EXPLAIN = "explain"
        PUPILS_DO = "pupils do"
        MATERIAL = "material"
        CHECK = "check"
        TALK = "talk"
        TOGETHER = "together"
        OTHER = "other"

    class State(models.TextChoices):
        WAITING = "waiting"
        SHARED = "shared"
        OWN = "own"  # for the colleague alone

    class Came(models.TextChoices):
        """Where the idea stands."""

        POST = "post"
        PLAN = "plan"
        NOTE = "note"

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    about = models.ForeignKey(Person, models.CASCADE, related_name="+")
    change = models.CharField(max_length=10, choices=Change.choices)
    happened = models.CharField(max_length=600)
    saying = models.CharField(max_length=120, blank=True)
    came = models.CharField(max_length=4, choices=Came.choices, blank=True)
    thing = models.UUIDField(null=True, help_text="The post, plan or note it came from.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    post = models.OneToOneField(
        Post,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The celebration, once shared.",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["about"],
                name="recognition_waits",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["community", "by", "-at"], name="recognition_by"),
        ]
