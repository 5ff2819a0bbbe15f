"""What posts say, kept in the index of search with the act that wrote it. Never who wrote it."""

from collections.abc import Iterable
from typing import Any

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.core.retrieval import entries
from staffroom.core.retrieval.kinds import Entry


def remember(post: Post) -> None:
    """Keep what `post` says now. Called in the transaction of whoever writes or edits it."""
    entries.put(entry_of(post, post.community))


def remember_new(post: Post) -> None:
    """The same for a post that this transaction has just written; what is attached comes after it."""
    entries.put_new(entry_of(post, post.community, new=True))


def entry_of(post: Post, community: Community, *, new: bool = False) -> Entry:
    """A question's topic is its title. What names no grade or language has its community's."""
    return Entry(
        kind=post.kind,
        id=post.pk,
        scope=community.pk,
        at=post.created_at,
        version=post.version,
        language=post.language or community.language,
        title=post.topic,
        body=post.text,
        more=" \n ".join([post.saying, *([] if new else _beside(post))]),
        subject=community.subject,
        grades=community.grades if post.grade is None else [post.grade],
        nameless=post.anonymous,
    )


def _beside(post: Post) -> list[str]:
    """The words of its photos, its voice, its papers."""
    said = [photo.caption for photo in in_order(post.photos.all()) if photo.caption]
    if post.attached_count:
        said += [recording.transcript for recording in in_order(post.recordings.all())]
        said += [document.name for document in in_order(post.documents.all())]
    return said


def in_order(things: Iterable[Any]) -> list[Any]:
    """As they were sent, on every database."""
    return sorted(things, key=lambda thing: thing.pk)
