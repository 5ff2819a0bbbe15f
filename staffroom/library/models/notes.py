"""Practice notes: what a community learned, who tried it, what was doubted, where it travelled."""

from django.db import models
from django.db.models import Q

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme

#: The parts of a note that are words; a version keeps all of them.
PARTS = ("title", "problem", "worked", "tried_where", "failed")


class Signer(Row):
    """Another installation, known by its key. The office decides once whether it is trusted."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    name = models.CharField(max_length=120, help_text="As it calls itself.")
    trusted = models.BooleanField(null=True, help_text="Empty: not decided.")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "fingerprint"], name="one_signer_a_key")
        ]


class NotePackage(Row):
    """A signed package that arrived: looked at, then taken in or not."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        REFUSED = "refused"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    signer = models.ForeignKey(Signer, models.CASCADE, related_name="packages")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    file = models.FileField(upload_to="packages/", blank=True, help_text="Until it is decided.")
    notes = models.PositiveIntegerField(help_text="How many it holds.")
    made_on = models.DateField(null=True, help_text="By the clock of whoever made it.")
    brought_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    result = models.JSONField(default=dict, help_text="Counts: new, updated, same, left.")

    class Meta:
        indexes = [models.Index(fields=["programme", "at"], name="note_package_at")]


class Note(Row):
    """What a community learned from a question. Its id is the same wherever it travels."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    community = models.ForeignKey(
        Community, models.CASCADE, null=True, related_name="notes",
        help_text="Empty: it came in a package, for the whole programme.",
    )  # fmt: skip
    question_id = models.UUIDField(null=True, help_text="Of the conversation that it came from.")
    answer_id = models.UUIDField(null=True)
    title = models.CharField(max_length=100)
    problem = models.TextField()
    worked = models.TextField()
    tried_where = models.TextField(blank=True)
    failed = models.TextField(blank=True)
    topic = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    grade = models.SmallIntegerField(null=True)
    language = models.CharField(max_length=8, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    shared_at = models.DateTimeField(null=True, help_text="The community lets it travel.")
    shared_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    split_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="cases")
    source = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="copies",
        help_text="The note of another community or installation that this one was made from.",
    )  # fmt: skip
    signer = models.ForeignKey(
        Signer, models.SET_NULL, null=True, related_name="+", help_text="Of the package it came in."
    )
    origin = models.CharField(max_length=160, blank=True, help_text="Where it was first made.")
    far_version = models.PositiveIntegerField(default=0, help_text="Where it was first made.")
    far_worked = models.PositiveIntegerField(default=0, help_text="Classes elsewhere.")
    far_partly = models.PositiveIntegerField(default=0)
    far_not = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question_id"],
                condition=Q(question_id__isnull=False, removed_at=None),
                name="one_note_a_question",
            ),
            models.UniqueConstraint(
                fields=["community", "source"],
                condition=Q(source__isnull=False, removed_at=None),
                name="one_copy_a_community",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "topic", "-changed_at"], name="note_learned"),
            models.Index(
                fields=["programme", "-changed_at"], name="note_shared",
                condition=Q(removed_at=None) & (Q(shared_at__isnull=False) | Q(community=None)),
            ),
        ]  # fmt: skip

    def words(self) -> dict[str, str]:
        return {part: getattr(self, part) for part in PARTS}


class NoteVersion(Row):
    """All words of a note as they stood; or, `aside`, as they came from elsewhere."""

    class Why(models.TextChoices):
        MADE = "made"
        CHANGED = "changed"
        TRIED = "tried"
        DEBATED = "debated"
        CAME = "came"  # with a package
        BROUGHT = "brought"  # from another community's note

    note = models.ForeignKey(Note, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    words = models.JSONField()
    why = models.CharField(max_length=10, choices=Why.choices)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    aside = models.BooleanField(default=False, help_text="Beside ours, until somebody decides.")
    origin = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note", "number"], condition=Q(aside=False), name="one_version_a_number"
            ),
            models.UniqueConstraint(
                fields=["note"], condition=Q(aside=True), name="one_version_beside"
            ),
        ]


class NoteCredit(Row):
    """Whose thinking is in a note. A name stands there only after its owner said yes."""

    class Role(models.TextChoices):
        ASKED = "asked"
        ANSWERED = "answered"
        WROTE = "wrote"
        FAR = "far"  # consented where the note was made

    class Answer(models.TextChoices):
        WAITING = "waiting"
        YES = "yes"
        NO = "no"

    note = models.ForeignKey(Note, models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True, help_text="From elsewhere.")
    role = models.CharField(max_length=10, choices=Role.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note", "person"],
                condition=Q(person__isnull=False),
                name="one_credit_a_person",
            )
        ]
        indexes = [
            models.Index(
                fields=["person"], name="note_credit_waiting", condition=Q(answer="waiting")
            )
        ]


class Trial(Row):
    """A member tried it: in which class, and what happened. It may propose to change the note."""

    class Result(models.TextChoices):
        WORKED = "worked"
        PARTLY = "partly"
        NOT = "not"

    class Proposal(models.TextChoices):
        NONE = ""
        OPEN = "open"
        TAKEN = "taken"
        LEFT = "left"

    note = models.ForeignKey(Note, models.CASCADE, related_name="trials")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    grade = models.SmallIntegerField(null=True)
    pupils = models.PositiveSmallIntegerField(null=True)
    result = models.CharField(max_length=10, choices=Result.choices)
    what = models.TextField(blank=True)
    proposal = models.CharField(
        max_length=10, choices=Proposal.choices, default=Proposal.NONE, blank=True
    )
    new_worked = models.TextField(blank=True)
    new_failed = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["note", "at"], name="trial_of_note")]


class Debate(Row):
    """An assumption behind a note is questioned; what came out is kept with the note for good."""

    class Outcome(models.TextChoices):
        OPEN = ""
        KEPT = "kept"
        CHANGED = "changed"
        SPLIT = "split"

    note = models.ForeignKey(Note, models.CASCADE, related_name="debates")
    post_id = models.UUIDField(
        null=True,
        unique=True,
        help_text="The question under which it is held; none from elsewhere.",
    )
    assumption = models.TextField()
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=now)
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, default=Outcome.OPEN, blank=True
    )
    why = models.TextField(blank=True)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")
