"""The folded words of posts, kept beside them for search."""

import datetime as dt

from django.db.models import F, Q

from staffroom.conversations.models import Post, SearchText
from staffroom.methods.text.fold import fold


def remember(post: Post) -> None:
    """Keep what `post` says now. Called in the transaction of whoever writes or edits it."""
    SearchText.objects.update_or_create(
        post=post, defaults={"version": post.version, "folded": folded(post)}
    )


def remember_new(post: Post) -> None:
    """The same for a post that this transaction has just written; what is attached comes after it."""
    SearchText(post=post, version=post.version, folded=folded(post, new=True)).save(
        force_insert=True
    )


def folded(post: Post, *, new: bool = False) -> str:
    said = [post.topic, post.text, post.saying]
    if not new:
        said += post.photos.exclude(caption="").values_list("caption", flat=True)
    if post.attached_count:
        said += post.recordings.values_list("transcript", flat=True)
        said += post.documents.values_list("name", flat=True)
    return fold(" \n ".join(said))


def remember_missing(limit: int = 100_000) -> int:
    """Posts that came by another way (imports, an older version): how many were remembered."""
    missing = (
        Post.objects.filter(Q(search_text=None) | ~Q(search_text__version=F("version")))
        .prefetch_related("photos")
        .order_by("id")[:limit]
    )
    found = list(missing)
    SearchText.objects.filter(post__in=found).delete()
    SearchText.objects.bulk_create(
        [SearchText(post=post, version=post.version, folded=folded(post)) for post in found],
        batch_size=500,
        ignore_conflicts=True,
    )
    return len(found)


def at_night(now: dt.datetime) -> None:
    """Nightly: nothing that was written stays unfound for longer than a day."""
    remember_missing()
