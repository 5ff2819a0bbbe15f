"""What makes a post doubtful is kept for the moderator; its print, to know the same text again."""

from staffroom.conversations.doubts import word_lists
from staffroom.conversations.models import Doubt, Post, TextPrint
from staffroom.conversations.permissions import check_moderate
from staffroom.conversations.queries.doubts import seen_elsewhere
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.methods.text.spam import look, prints
from staffroom.people.models import Person


def remember(post: Post) -> None:
    """After writing and after a change. A nameless post leaves no print: nothing leads from it."""
    author = None if post.anonymous else post.author_id
    seen = not post.anonymous and seen_elsewhere(post.text, post.community_id, author, post.pk)
    found = look(post.text, word_lists(), seen=seen)
    if found.doubtful:
        values = {"reasons": list(found.reasons), "at": post.created_at, "seen_at": None}
        Doubt.objects.update_or_create(post=post, defaults=values)
    if not post.anonymous:
        TextPrint.objects.bulk_create(
            TextPrint(post=post, value=value, at=post.created_at) for value in prints(post.text)
        )


def remember_changed(post: Post) -> None:
    """The words are others now."""
    TextPrint.objects.filter(post=post).delete()
    Doubt.objects.filter(post=post).delete()
    remember(post)


def is_fine(*, by: Person, post: Post) -> None:
    """The moderator has looked: nothing more is said about it."""
    check_moderate(by, post.community)
    if not Doubt.objects.filter(post=post, seen_at=None).update(seen_at=now()):
        raise NotYours
    audit.write("doubt.fine", actor=by, on=post)
