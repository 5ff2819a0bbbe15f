from django.db import transaction
from django.db.models import F, QuerySet

from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.writing import hold as hold_community
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_moderate, gone
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.people.models import Person


@transaction.atomic
def pin(*, by: Person, post: Post) -> None:
    """The moderator pins one post of a room; the one pinned before comes off."""
    check_moderate(by, post.community)
    hold_community(post.community)
    held = hold(post)
    if gone(held) or held.question_id is not None:
        raise NotYours
    if held.pinned_at is not None:
        return
    _unpin(Post.objects.filter(community=held.community_id, room=held.room))
    held.pinned_at = now()
    held.version += 1
    held.save(update_fields=["pinned_at", "version"])
    audit.write("post.pinned", actor=by, on=held)


@transaction.atomic
def unpin(*, by: Person, post: Post) -> None:
    """Take the pin off."""
    check_moderate(by, post.community)
    if _unpin(Post.objects.filter(pk=post.pk)):
        audit.write("post.unpinned", actor=by, on=post)


def _unpin(posts: QuerySet[Post]) -> int:
    return posts.filter(pinned_at__isnull=False).update(pinned_at=None, version=F("version") + 1)
