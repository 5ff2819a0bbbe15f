"""Posts that a message is about: by the message replied to, or by the number it was told under."""

from staffroom.channels.switchboard.models import GroupLink, Link, Mark, Numbered, Sent
from staffroom.communities.access import community_for
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.people.models import Person

MOST = 99


def readable(person: Person, post: Post | None) -> Post | None:
    """The post, if the person may read it now."""
    if post is None or post.removed_at or post.hidden_at:
        return None
    try:
        post.community = community_for(person, post.community_id)
    except NotYours:
        return None
    return post


def by_message(
    channel: str, message: str, *, link: Link | None = None, group: GroupLink | None = None
) -> Post | None:
    """What became of a message of theirs, or what a message of ours was about."""
    if not message or (link is None and group is None):
        return None
    where = {"channel": channel, "link": link, "group": group}
    mark = Mark.objects.select_related("post").filter(message=message, **where).first()
    if mark is not None:
        return mark.post
    ours = Sent.objects.filter(provider_id=message, ref__isnull=False, **where).first()
    return Post.objects.filter(pk=ours.ref).first() if ours and ours.ref else None


def by_number(link: Link, number: int) -> Post | None:
    row = Numbered.objects.select_related("post").filter(link=link, number=number).first()
    return readable(link.person, row.post) if row else None


def number_of(link: Link, post: Post) -> int:
    """The number under which this post is told; after 99 they begin again."""
    rows = Numbered.objects.filter(link=link)
    row = rows.filter(post=post).first()
    if row is not None:
        return row.number
    last = rows.order_by("-at", "-pk").first()
    number = (last.number % MOST) + 1 if last else 1
    Numbered.objects.update_or_create(
        link=link, number=number, defaults={"post": post, "at": now()}
    )
    return number


def thread(post: Post) -> Post:
    """The question that an answer belongs to."""
    return post.question if post.question is not None else post
