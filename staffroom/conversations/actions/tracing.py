"""What an act on a post leaves behind: the audit and the outbox; nobody for anonymous posts."""

import datetime as dt
from typing import Any

from staffroom.conversations import sealed
from staffroom.conversations.models import Post
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.people.models import Person


def trace(act: str, post: Post, *, by: Person | None, **detail: Any) -> None:
    """Write the act down and tell the others. Of an anonymous post neither who nor the minute."""
    at = moment_of(post) if post.anonymous else None
    audit.write(act, actor=None if post.anonymous else by, on=post, at=at, **detail)
    outbox.put(act, at=at, post=str(post.pk))


def moment_of(post: Post) -> dt.datetime:
    """Now; for an anonymous post the beginning of this part of the day, never before the post."""
    if not post.anonymous:
        return now()
    return max(sealed.moment(now(), post.community.timezone, None), post.created_at)
