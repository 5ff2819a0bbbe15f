"""What the trust in a post must hear: its words changed, or are gone."""

import uuid
from collections.abc import Collection

from staffroom.conversations.actions.tracing import moment_of
from staffroom.conversations.models import Post
from staffroom.library.actions.trust_settling import forget_things
from staffroom.library.actions.trust_settling import words_changed as say_anew

#: By this trust knows a question or an answer.
KIND = "post"


def words_changed(post: Post) -> None:
    """The caller holds the post."""
    if post.trust:
        at = moment_of(post) if post.anonymous else None
        say_anew(kind=KIND, thing=post.pk, at=at)


def words_gone(posts: Collection[uuid.UUID]) -> None:
    """Nothing is left that could be right or wrong."""
    said = list(Post.objects.filter(pk__in=posts).exclude(trust="").values_list("pk", flat=True))
    if said:
        forget_things(kind=KIND, things=said)
        Post.objects.filter(pk__in=said).update(trust="")
