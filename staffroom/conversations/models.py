from typing import Any

from django.db import models
from django.utils.functional import cached_property

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.instruments.models import Instrument
from staffroom.people.models import Person


class Post(Row):
    """One contribution. Its id is made on the phone, so that sending twice makes one post."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        ANSWER = "answer"
        MESSAGE = "message"
        PROMPT = "prompt"
        CELEBRATION = "celebration"
        QUIZ = "quiz"
        POLL = "poll"

    class Room(models.TextChoices):
        LESSONS = "lessons"
        TEA = "tea"

    class Travel(models.TextChoices):
        OUT = "out"  # a question that also stands in sister communities
        IN = "in"  # a question or an answer that came from a sister community

    community = models.ForeignKey(Community, models.CASCADE, related_name="posts")
    room = models.CharField(max_length=8, choices=Room.choices, default=Room.LESSONS)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="posts")
    anonymous = models.BooleanField(
        default=False, help_text="Without a name from the beginning; who wrote it is sealed."
    )
    question = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    quotes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    quoted_text = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    topic = models.CharField(max_length=80, blank=True)
    grade = models.SmallIntegerField(null=True)
    about = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    saying = models.CharField(max_length=120, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.SET_NULL, null=True, related_name="posts", help_text="Quizzes and polls."
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    written_at = models.DateTimeField(null=True, help_text="By the phone's clock.")
    edited_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True, help_text="By its author.")
    hidden_at = models.DateTimeField(null=True, help_text="By the moderator, with a reason.")
    hidden_why = models.CharField(max_length=300, blank=True)
    moved_at = models.DateTimeField(null=True, help_text="To the room where it stands now.")
    answer_count = models.PositiveIntegerField(default=0)
    helped_count = models.PositiveIntegerField(default=0, help_text="Questions: over all answers.")
    thanks_count = models.PositiveIntegerField(default=0)
    attached_count = models.PositiveSmallIntegerField(
        default=0, help_text="Voice notes and papers: so that posts without any cost no query."
    )
    travel = models.CharField(max_length=3, choices=Travel.choices, blank=True, default="")
    credit = models.CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="Of an answer that came from a sister community: whom its author let it name.",
    )
    trust = models.CharField(max_length=10, blank=True, help_text="`library.models.Trust.State`.")
    trust_version = models.PositiveIntegerField(
        default=0, help_text="Counts what was said about its being right."
    )

    #: What stands beside the words about their being right (`library.queries.trust.with_marks`).
    mark: Any = None

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

    @cached_property
    def pictures(self) -> list["Photo"]:
        """Its photos in order; queries for pages fill this in."""
        return list(self.photos.order_by("uploaded_at", "id"))


class SealedAuthor(models.Model):
    """Who wrote an anonymous post, closed with a key that is not in the database.

    `conversations.sealed` alone reads and writes this table. It has no relation to any other, so
    that nothing can be joined to it by mistake.
    """

    post_id = models.UUIDField(primary_key=True)
    box = models.BinaryField()


class Unsealing(Row):
    """Two people of the programme may learn who wrote an anonymous post: for abuse alone."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="unsealings")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=300)
    first_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(null=True, help_text="The author has read that it was opened.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=models.Q(opened_at=None, refused_at=None),
                name="one_unsealing_waits",
            )
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
    """A picture, shrunk, its metadata stripped. Without a post it waits for one, a day at most."""

    class Shows(models.TextChoices):
        NOBODY = "nobody"
        AGREED = "agreed"
        MASKED = "masked"

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="photos")
    file = models.FileField(upload_to="photos/")
    small = models.FileField(upload_to="photos/")
    #: The same two in other formats, where there are any (`conversations.photo_files`).
    avif = models.FileField(upload_to="photos/", blank=True)
    avif_small = models.FileField(upload_to="photos/", blank=True)
    jpeg = models.FileField(upload_to="photos/", blank=True)
    jpeg_small = models.FileField(upload_to="photos/", blank=True)
    caption = models.CharField(max_length=120, blank=True)
    hint = models.CharField(
        max_length=36, blank=True, help_text="Twelve colours for the page (`core.picture_forms`)."
    )
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    small_size = models.PositiveIntegerField(default=0, help_text="Bytes.")
    avif_size = models.PositiveIntegerField(default=0, help_text="Bytes; 0: there is none.")
    avif_small_size = models.PositiveIntegerField(default=0)
    jpeg_size = models.PositiveIntegerField(default=0)
    jpeg_small_size = models.PositiveIntegerField(default=0)
    digest = models.CharField(
        max_length=64,
        blank=True,
        default="",
        help_text="SHA-256 of the file: sent twice, kept once.",
    )
    shows = models.CharField(
        max_length=8,
        choices=Shows.choices,
        blank=True,
        help_text="Whether a pupil can be known, as its sender said.",
    )
    covered_at = models.DateTimeField(
        null=True, help_text="Somebody saw a pupil: seen by nobody until it is decided."
    )
    cleared_at = models.DateTimeField(null=True, help_text="Looked at, and it may be seen.")
    uploaded_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "digest"],
                condition=models.Q(post__isnull=False) & ~models.Q(digest=""),
                name="one_photo_once_a_post",
            ),
            models.UniqueConstraint(
                fields=["owner", "community", "digest"],
                condition=models.Q(post=None) & ~models.Q(digest=""),
                name="one_photo_once_waiting",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uploaded_at"], name="photo_waiting", condition=models.Q(post=None)
            )
        ]


class Attached(Row):
    """A file beside the words. Without a post it waits for one, a day at most, as photos do."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="%(class)ss")
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256: sent twice, kept once.")
    uploaded_at = models.DateTimeField(default=now)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["post", "digest"],
                condition=models.Q(post__isnull=False),
                name="one_%(class)s_once_a_post",
            ),
            models.UniqueConstraint(
                fields=["owner", "community", "digest"],
                condition=models.Q(post=None),
                name="one_%(class)s_once_waiting",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uploaded_at"], name="%(class)s_waiting", condition=models.Q(post=None)
            )
        ]


class Recording(Attached):
    """A voice note: small Opus, and what it says in words where its author wrote that down."""

    file = models.FileField(upload_to="voice/")
    seconds = models.PositiveSmallIntegerField()
    transcript = models.TextField(blank=True)


class Document(Attached):
    """A paper, cleaned, under its own name; its first page as a small picture once that is drawn."""

    file = models.FileField(upload_to="papers/")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    pages = models.PositiveSmallIntegerField(null=True)
    first_page = models.FileField(upload_to="papers/", blank=True)
    first_page_size = models.PositiveIntegerField(default=0, help_text="Bytes.")


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


class Decision(Row):
    """What was decided about a post, and why. Members see it; nobody sees who reported."""

    class Choice(models.TextChoices):
        HIDDEN = "hidden"
        KEPT = "kept"
        REMINDED = "reminded"
        RETURNED = "returned"
        MOVED = "moved"
        COVERED = "covered"
        PASSED = "passed"

    #: By which whoever passed it on comes back; known in the moment of deciding alone.
    code = ""

    #: These three take the post out of sight; the others leave it where people see it.
    OUT_OF_SIGHT = ("hidden", "returned", "passed")

    post = models.ForeignKey(Post, models.CASCADE, related_name="decisions")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    why = models.CharField(max_length=300, blank=True)
    rule = models.CharField(max_length=300, blank=True, help_text="Of our rules, as it stood then.")
    room = models.CharField(max_length=8, blank=True, help_text="Where it was moved to.")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    office = models.BooleanField(default=False, help_text="By the programme, on an appeal.")
    at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True)
    mended_at = models.DateTimeField(null=True, help_text="The author changed what was returned.")
    seen_at = models.DateTimeField(null=True, help_text="By the post's author.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=models.Q(
                    choice__in=("hidden", "returned", "passed"), undone_at=None, mended_at=None
                ),
                name="hidden_once_at_a_time",
            )
        ]


class Report(Row):
    """A member asks for a look at a post; an author for a second look at what was hidden."""

    class Reason(models.TextChoices):
        UNKIND = "unkind"
        OFF_TOPIC = "off topic"
        WRONG = "wrong"
        FORWARDED = "forwarded"
        PUPIL = "pupil"
        OTHER = "other"
        APPEAL = "appeal"
        MENDED = "mended"

    class To(models.TextChoices):
        INSIDE = "inside"
        OFFICE = "office"

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.CharField(max_length=300, blank=True)
    to = models.CharField(
        max_length=8,
        choices=To.choices,
        default=To.INSIDE,
        help_text="Of an appeal to the office its author agreed that the office reads the post.",
    )
    at = models.DateTimeField(default=now)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, related_name="reports")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"],
                condition=models.Q(decision=None),
                name="one_open_report_each",
            )
        ]


class TextPrint(Row):
    """Part of the print of a long post, by which the same text is known again for some weeks."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="prints")
    value = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="textprint_at")]


class Doubt(models.Model):
    """What made a post look like a chain message or an insult. The moderator is told; no more."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="doubt")
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, help_text="The moderator: it is fine.")


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
