"""What teachers share: a book, a past paper, a video, with the file's versions and where it is seen."""

from django.db import models
from django.db.models import Q

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.library.models.codes import CodesField
from staffroom.people.models import Person
from staffroom.places.models import Programme


class Resource(Row):
    """One thing of the library. It lives in a community, or is the whole programme's.

    What its current file is stands here too, so that a list costs one query.
    """

    class Kind(models.TextChoices):
        BOOK = "book"
        PAST_PAPER = "past-paper"
        SYLLABUS = "syllabus"
        LESSON_PLAN = "lesson-plan"
        VIDEO = "video"
        AID = "aid"
        WORKBOOK = "workbook"
        GUIDE = "guide"
        MANUAL = "manual"
        STORY = "story"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="resources")
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="resources")
    for_all = models.BooleanField(default=False, help_text="Everybody of the programme sees it.")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    subjects = CodesField()
    grades = CodesField(numbers=True)
    topic = models.CharField(max_length=120, blank=True, help_text="Where in the curriculum.")
    language = models.CharField(max_length=8, blank=True)
    licence = models.CharField(max_length=12, default="unknown")
    credit = models.CharField(max_length=300, blank=True, help_text="Who made it; its source.")
    year = models.PositiveSmallIntegerField(null=True)
    link = models.CharField(max_length=500, blank=True, help_text="Where it is on the web.")
    key = models.CharField(
        max_length=80, blank=True, help_text="Its name in the spreadsheet it came from."
    )
    edition = models.PositiveSmallIntegerField(default=0, help_text="The file shown; 0 for none.")
    file_kind = models.CharField(max_length=8, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="Bytes.")
    pages = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    helped_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, help_text="One more with every change.")
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True, help_text="After a report, with a reason.")
    hidden_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "key"],
                condition=Q(community__isnull=False) & ~Q(key=""),
                name="one_resource_a_key_here",
            ),
            models.UniqueConstraint(
                fields=["programme", "key"],
                condition=Q(community=None) & ~Q(key=""),
                name="one_resource_a_key_for_all",
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "-added_at", "id"],
                name="resource_here",
                condition=Q(removed_at=None, hidden_at=None),
            ),
            models.Index(
                fields=["programme", "-added_at", "id"],
                name="resource_for_all",
                condition=Q(for_all=True, removed_at=None, hidden_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Edition(Row):
    """A file of a resource. A better file is a new one; the earlier can still be fetched."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="library/")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256.")
    pages = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    picture = models.FileField(upload_to="library/", blank=True)
    picture_size = models.PositiveIntegerField(default=0, help_text="Bytes.")
    words = models.TextField(blank=True, help_text="The beginning of what it says.")
    looked_at = models.DateTimeField(null=True, help_text="The worker drew it and read it.")
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("resource", "number")]


class Share(Row):
    """The resource is seen in another community too. Its credit stays; who put it there at home is not told."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="shares")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("resource", "community")]
