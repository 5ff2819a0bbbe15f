"""What stands on a moderator's desk, the words it sends, and how long a term takes."""

from django.db import models

from staffroom.communities.models import Community, Term
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme


class Act(Row):
    """A suggested act that was begun, done, skipped or put off. What is only suggested is no row."""

    class State(models.TextChoices):
        BEGUN = "begun"  # its page was opened; done once it is suggested no more
        DONE = "done"
        SKIPPED = "skipped"
        LATER = "later"

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    term = models.ForeignKey(Term, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60, help_text="Its kind and what it is about.")
    state = models.CharField(max_length=8, choices=State.choices)
    says = models.CharField(max_length=200, blank=True, help_text="For the list of today.")
    about = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    again_on = models.DateField(null=True, help_text="When it may be suggested again, if ever.")

    class Meta:
        unique_together = [("community", "key")]


class Word(Row):
    """A word for one person alone, on their page of today: from the desk, or counted by the clock."""

    class Kind(models.TextChoices):
        INVITATION = "invitation"  # not heard for a while
        ASKED = "asked"  # may know the answer to a question
        ACTIVE = "active"  # wrote most of the last ten

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="words_from_desks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    act = models.ForeignKey(Act, models.SET_NULL, null=True, related_name="words")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    text = models.CharField(max_length=400, blank=True)
    count = models.PositiveSmallIntegerField(default=0, help_text="How many of the last ten.")
    at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(null=True, help_text="Told to nobody.")

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="word_waits", condition=models.Q(seen_at=None))
        ]


class InviteText(Row):
    """The words by which a community invites whoever was not heard for a while, in one language."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    text = models.CharField(max_length=400)
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("community", "language")]


class Load(models.Model):
    """How long a term took so far: a sum. Of single visits the last moment alone is known, for a day."""

    term = models.OneToOneField(Term, models.CASCADE, primary_key=True, related_name="load")
    seconds = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)


class LoadFigure(Row):
    """What terms of a programme take on average: made once a week, from many communities or not at all."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    minutes = models.PositiveSmallIntegerField(help_text="A day, the mean over communities.")
    communities = models.JSONField(default=list, help_text="Whose terms are in it; never shown.")
