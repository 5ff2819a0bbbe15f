"""What was said about the posts of a page being right: a few queries, none where nothing was said."""

from collections.abc import Iterable

from staffroom.conversations.actions.trusting import KIND
from staffroom.conversations.models import Post
from staffroom.library.queries.trust import with_marks


def mark_posts(posts: Iterable[Post]) -> None:
    """Give each post its `mark`, and what it quotes too. Everyone inside may read who judged."""
    listed = list(posts)
    every = listed + [post.quotes for post in listed if _fetched(post) and post.quotes]
    with_marks(KIND, [post for post in every if post.trust], named=True)


def _fetched(post: Post) -> bool:
    """What a page does not show is not fetched for this."""
    return "quotes" in post._state.fields_cache
