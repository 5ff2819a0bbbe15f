"""Questions to think about: a programme's own beside ours, and where one was put before a community."""

from django.db import models

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme


class Prompt(Row):
    """A programme's own prompt, or its own version of one of ours (by the same key)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="prompts")
    key = models.CharField(max_length=60)
    subject = models.CharField(max_length=20)
    texts = models.JSONField(default=dict, help_text="Language -> words.")
    off = models.BooleanField(default=False)
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("programme", "key")]


class PromptUse(Row):
    """A prompt was put before a community: marked there, and not suggested again soon."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="prompt_uses")
    key = models.CharField(max_length=60)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["community", "key"], name="prompt_used_here")]
