from django.db import models

from staffroom.core.clock import now, today
from staffroom.core.models import Row
from staffroom.people.models import Person


class Instrument(Row):
    """Something to answer: a quiz, a poll, a test. Who may answer is decided by its host.

    The host is a thing of another room, told by its kind and id (`hosts`), so that this room knows
    none of them.
    """

    class Kind(models.TextChoices):
        QUIZ = "quiz"
        PUZZLE = "puzzle"
        POLL = "poll"
        SURVEY = "survey"
        TEST = "test"
        OBSERVATION = "observation"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    host = models.CharField(max_length=20)
    host_id = models.UUIDField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="instruments")
    secret = models.BooleanField(
        default=False, help_text="Who answered what is kept from everybody; one may change it."
    )
    once = models.BooleanField(default=True, help_text="One response a person and version.")
    zone = models.CharField(max_length=64, default="UTC", help_text="In which the last day ends.")
    created_at = models.DateTimeField(default=now)
    ends_on = models.DateField(null=True, help_text="The last day on which answers are taken.")
    closed_at = models.DateTimeField(null=True)
    item_count = models.PositiveSmallIntegerField(default=0, help_text="Of the newest version.")
    tried_count = models.PositiveIntegerField(default=0, help_text="Of the newest version.")

    class Meta:
        indexes = [models.Index(fields=["host", "host_id", "created_at"], name="instrument_host")]

    @property
    def closed(self) -> bool:
        """No answers are taken any more."""
        ended = self.ends_on is not None and self.ends_on < today(self.zone)
        return ended or self.closed_at is not None


class Version(Row):
    """The words and items at one time. Published ones never change; a draft is the next of them."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=8, blank=True)
    changed_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("instrument", "number")]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument"],
                condition=models.Q(published_at=None),
                name="one_draft_an_instrument",
            )
        ]


class Item(Row):
    """One thing to answer. Its key stays the same from version to version."""

    class Kind(models.TextChoices):
        ONE = "one"
        MANY = "many"
        PICTURE = "picture"
        NUMBER = "number"
        SHORT = "short"
        SCALE = "scale"
        PHOTO = "photo"

    version = models.ForeignKey(Version, models.CASCADE, related_name="items")
    key = models.CharField(max_length=8)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=600)
    explanation = models.CharField(max_length=1000, blank=True)
    required = models.BooleanField(default=True)
    choices = models.JSONField(
        default=list, help_text='[{"key": "a", "text": "…", "right": true, "picture": id}]'
    )
    right = models.DecimalField(max_digits=24, decimal_places=9, null=True)
    tolerance = models.DecimalField(max_digits=24, decimal_places=9, default=0)
    unit = models.CharField(max_length=20, blank=True)
    accepted = models.JSONField(default=list, help_text="Short answers that are right.")
    steps = models.PositiveSmallIntegerField(default=0, help_text="Of a scale, from 1.")
    low = models.CharField(max_length=60, blank=True)
    high = models.CharField(max_length=60, blank=True)
    translations = models.JSONField(
        default=dict, help_text='{"sw": {"text": "…", "explanation": "…", "choices": {"a": "…"}}}'
    )

    class Meta:
        unique_together = [("version", "key")]
        ordering = ["position"]


class Response(Row):
    """One person's answers to one version. Its id is made on the phone.

    Of a secret instrument there is no person: `voter` is made of person and version under a key
    that is not in the database, so that one may change one's answer and nobody can read whose it is.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="responses")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="responses")
    voter = models.CharField(max_length=64, blank=True)
    once = models.BooleanField(default=True)
    started_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                condition=models.Q(once=True, person__isnull=False),
                name="one_response_a_person",
            ),
            models.UniqueConstraint(
                fields=["version", "voter"],
                condition=~models.Q(voter=""),
                name="one_response_a_voter",
            ),
        ]
        indexes = [models.Index(fields=["started_at"], name="response_age")]


class Answer(Row):
    """What was answered to one item, and how much of it is right (0 to 1; none where nothing can be)."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, models.CASCADE, related_name="answers")
    value = models.JSONField(null=True, help_text="None: left out.")
    share = models.FloatField(null=True)

    class Meta:
        unique_together = [("response", "item")]


class Picture(Row):
    """A picture of a choice, or one that was sent as an answer: small, its metadata stripped."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="pictures")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    response = models.ForeignKey(Response, models.CASCADE, null=True, related_name="pictures")
    file = models.FileField(upload_to="instruments/")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    uploaded_at = models.DateTimeField(default=now)
