"""Who is reached where: addresses seen by their owner alone, and the chats of communities."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person


class Link(Row):
    """One person's address in one channel."""

    class Relay(models.TextChoices):
        DIGEST = "digest"
        CONCERNS = "concerns"
        EVERYTHING = "everything"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=12)
    address = models.CharField(max_length=160, help_text="Seen by its owner alone.")
    relay = models.CharField(max_length=10, choices=Relay.choices, default=Relay.CONCERNS)
    community = models.ForeignKey(
        Community,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="To which one writes now.",
    )
    linked_at = models.DateTimeField(default=now)
    heard_at = models.DateTimeField(
        null=True, help_text="Their last word that had a name; opens the provider's window."
    )
    stopped_at = models.DateTimeField(null=True, help_text="STOP: nothing goes out.")

    class Meta:
        unique_together = [("channel", "address"), ("person", "channel")]


class GroupLink(Row):
    """A chat of a channel that a community calls its own. Whoever is in the chat reads it."""

    class Relay(models.TextChoices):
        NOTHING = "nothing"
        QUESTIONS = "questions"
        EVERYTHING = "everything"

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=12)
    chat = models.CharField(max_length=160)
    topic = models.CharField(max_length=60, blank=True)
    relay = models.CharField(max_length=10, choices=Relay.choices, default=Relay.QUESTIONS)
    linked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    linked_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("channel", "chat"), ("community", "channel")]


class LinkCode(Row):
    """A code by which an address proves whose it is; for a chat, with its community. Kept as a hash."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    channel = models.CharField(max_length=12)
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()


class Mark(Row):
    """Which post a message of a channel became, so that replies and changes find it."""

    channel = models.CharField(max_length=12)
    link = models.ForeignKey(Link, models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(GroupLink, models.CASCADE, null=True, related_name="+")
    message = models.CharField(max_length=200, help_text="The provider's id.")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now, help_text="Of the newest change.")

    class Meta:
        indexes = [models.Index(fields=["channel", "message"], name="channel_mark")]


class Numbered(Row):
    """The number by which a post was told to somebody who has no buttons."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="numbers")
    number = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("link", "number"), ("link", "post")]


class Pending(Row):
    """What we asked somebody by message, with their words until they say what is meant; a day at most."""

    link = models.OneToOneField(Link, models.CASCADE, related_name="pending")
    want = models.CharField(max_length=12)
    options = models.JSONField(default=list, help_text="What the numbers of an answer stand for.")
    kept = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)
