"""Joint lesson plans: written section by section, by several people, on phones that are often offline."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.core.clock import now, today
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme


class PlanTemplate(Row):
    """A version of the sections that a programme's plans begin with; the newest holds."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plan_templates")
    version = models.PositiveIntegerField()
    sections = models.JSONField(help_text='[{"key", "title", "hint", "timed"}]')
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("programme", "version")]


class LessonPlan(Row):
    """One lesson that a community plans together."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="lesson_plans")
    title = models.CharField(max_length=120)
    subject = models.CharField(max_length=40, blank=True)
    grade = models.SmallIntegerField(null=True)
    topic = models.CharField(max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, help_text="How long the lesson is.")
    language = models.CharField(max_length=8, blank=True)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    origin = models.ForeignKey("self", models.SET_NULL, null=True, related_name="copies")
    credit = models.JSONField(
        default=list,
        help_text='Where it comes from, the first first: [{"plan", "title", "community"}]. No person.',
    )
    ready_at = models.DateTimeField(null=True, help_text="Said to be ready for teaching.")
    shared_at = models.DateTimeField(null=True, help_text="With the whole programme.")
    shared_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["community", "-changed_at"], name="plans_of_community"),
            models.Index(
                fields=["-shared_at"],
                name="plans_shared",
                condition=models.Q(shared_at__isnull=False, removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanSection(Row):
    """One section as it stands now; its versions tell how it came about."""

    plan = models.ForeignKey(LessonPlan, models.CASCADE, related_name="sections")
    key = models.CharField(
        max_length=30, blank=True, help_text="Of the template; own ones have none."
    )
    title = models.CharField(max_length=80, blank=True, help_text="Empty: the words of its key.")
    hint = models.CharField(max_length=200, blank=True)
    timed = models.BooleanField(default=False, help_text="Its lines are steps with minutes.")
    place = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["place", "id"]


class SectionVersion(Row):
    """A text of a section that stood, from when, by whom."""

    class How(models.TextChoices):
        WRITTEN = "written"
        MERGED = "merged"  # with what another had saved meanwhile
        SETTLED = "settled"  # somebody looked at both and chose
        RESTORED = "restored"
        COPIED = "copied"  # the plan began as a copy

    section = models.ForeignKey(PlanSection, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField(default=0)
    how = models.CharField(max_length=10, choices=How.choices, default=How.WRITTEN)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("section", "version")]


class SectionWriting(Row):
    """What one phone sent for a section. Its id is made there: sent twice, it counts once.

    `text` is kept as it was sent, so that no merge can lose it. An open clash waits for somebody to
    look at both texts.
    """

    section = models.ForeignKey(PlanSection, models.CASCADE, related_name="writings")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    clashes = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(null=True, help_text="What stood once this was in.")

    class Meta:
        indexes = [
            models.Index(
                fields=["section"],
                name="writings_to_settle",
                condition=models.Q(clashes=True, settled_at=None),
            )
        ]


class SectionDraft(Row):
    """What somebody is writing in a section and has not saved: tells the others too that they are."""

    section = models.ForeignKey(PlanSection, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("section", "person")]


class SectionComment(Row):
    """A word in pencil beside a section, until it is done."""

    section = models.ForeignKey(PlanSection, models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=1000)
    at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")


class Taught(Row):
    """I taught it: what happened, and what I would change."""

    plan = models.ForeignKey(LessonPlan, models.CASCADE, related_name="taught")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    grade = models.SmallIntegerField(null=True)
    pupils = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(default=today)
    happened = models.TextField()
    change = models.TextField(blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["plan", "-day"], name="taught_of_plan")]


class SavedPlan(Row):
    """A member keeps a plan on their own shelf."""

    plan = models.ForeignKey(LessonPlan, models.CASCADE, related_name="saved")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("plan", "person")]
