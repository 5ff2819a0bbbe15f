"""A question that nobody answered, and where its words went. No row here names its asker."""

import uuid

from django.db import models

from staffroom.conversations.models import Post
from staffroom.core.models import Row
from staffroom.people.models import Person


class Rise(Row):
    """How far an unanswered question has risen, and what its asker said.

    There is no person: who may answer for the question is asked of the question itself, or of its seal.
    """

    question = models.OneToOneField(Post, models.CASCADE, related_name="rise")
    rose_at = models.DateTimeField(help_text="To the adviser.")
    asked_at = models.DateTimeField(null=True, help_text="Its asker may let it go further.")
    kept_at = models.DateTimeField(null=True, help_text="The asker wants it to stay here.")
    passed_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True, help_text="Taken back from there.")


class Crossing(Row):
    """Words of one community that also stand in another: a question that went out, an answer back.

    Made with an id that tells no minute.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    origin = models.ForeignKey(Post, models.CASCADE, related_name="crossings")
    copy = models.OneToOneField(Post, models.CASCADE, related_name="crossed")
    named = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The answer's author, who lets it go under this name.",
    )
    thanked_at = models.DateTimeField(null=True, help_text="Thanks came back, or that it helped.")
    withdrawn = models.BooleanField(default=False, help_text="Taken back by the asker.")
