from django.db import models

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Post(Row):
    """One contribution. Its id is made on the phone, so that sending twice makes one post."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        ANSWER = "answer"
        MESSAGE = "message"
        PROMPT = "prompt"
        CELEBRATION = "celebration"

    class Room(models.TextChoices):
        LESSONS = "lessons"
        TEA = "tea"

    community = models.ForeignKey(Community, models.CASCADE, related_name="posts")
    room = models.CharField(max_length=8, choices=Room.choices, default=Room.LESSONS)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="posts")
    question = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    quotes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    quoted_text = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    topic = models.CharField(max_length=80, blank=True)
    grade = models.SmallIntegerField(null=True)
    about = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    saying = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    written_at = models.DateTimeField(null=True, help_text="By the phone's clock.")
    edited_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True, help_text="By its author.")
    hidden_at = models.DateTimeField(null=True, help_text="By the moderator, with a reason.")
    hidden_why = models.CharField(max_length=300, blank=True)
    answer_count = models.PositiveIntegerField(default=0)
    helped_count = models.PositiveIntegerField(default=0, help_text="Questions: over all answers.")
    thanks_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["community", "room", "created_at", "id"],
                name="post_stream",
                condition=models.Q(question=None),
            ),
            models.Index(fields=["question", "created_at"], name="post_answers"),
            models.Index(fields=["author", "created_at"], name="post_author"),
        ]


class Revision(Row):
    """The text of a post before an edit."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    replaced_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("post", "version")]


class Photo(Row):
    """A picture, shrunk, its metadata stripped. Without a post it waits for one."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="photos")
    file = models.FileField(upload_to="photos/")
    small = models.FileField(upload_to="photos/", blank=True)
    caption = models.CharField(max_length=120, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    uploaded_at = models.DateTimeField(default=now)


class Helped(Row):
    """A member says of an answer: this helped."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="helped")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("post", "person")]


class Thanks(Row):
    """A member thanks, or joins a celebration."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="thanks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("post", "person")]


class Mention(Row):
    """A post names a member."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("post", "person")]


class ReadMark(Row):
    """How far a member has read: in a room, or in the answers of a question."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="read_marks")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    room = models.CharField(max_length=8, choices=Post.Room.choices, blank=True)
    question = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community", "room"],
                condition=models.Q(question=None),
                name="one_mark_a_room",
            ),
            models.UniqueConstraint(
                fields=["person", "question"],
                condition=models.Q(question__isnull=False),
                name="one_mark_a_question",
            ),
        ]


class Draft(Row):
    """What a member was writing and has not sent, by the form it belongs to."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    place = models.CharField(max_length=60, help_text='"lessons", "tea", "ask", "answer:<id>"')
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("person", "community", "place")]


class Report(Row):
    """A member asks the moderator to look at a post."""

    class Decision(models.TextChoices):
        HIDDEN = "hidden"
        KEPT = "kept"
        REMINDED = "reminded"

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)


class Mute(Row):
    """A member does not want to hear a person or a community, for a while or until undone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mutes")
    muted_person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    muted_community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    until = models.DateTimeField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "muted_person"],
                condition=models.Q(muted_person__isnull=False),
                name="one_mute_a_person",
            ),
            models.UniqueConstraint(
                fields=["person", "muted_community"],
                condition=models.Q(muted_community__isnull=False),
                name="one_mute_a_community",
            ),
        ]
