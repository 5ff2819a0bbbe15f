"""The same text elsewhere; what looks doubtful in a community."""

import datetime as dt
import uuid

from django.db.models import Count

from staffroom.communities.models import Community
from staffroom.conversations.models import Doubt, Post, TextPrint
from staffroom.core.clock import now
from staffroom.methods.text.spam import prints, same
from staffroom.people.models import Person

#: In fewer other communities it may be a coincidence, and saying so would tell one of them.
ELSEWHERE = 3
LOOKED_AT = 60
#: What is older has been read by everyone.
WAITS = dt.timedelta(days=14)
MOST = 20


def seen_elsewhere(
    text: str,
    community: uuid.UUID,
    author: uuid.UUID | None,
    but: uuid.UUID | None = None,
) -> bool:
    """Whether others wrote the same lately: here, or in several other communities.

    Who wrote a plan for two communities has not forwarded anything: one's own do not count.
    """
    values = prints(text)
    if not values:
        return False
    met = TextPrint.objects.filter(value__in=values).values("post").annotate(n=Count("pk"))
    ids = [row["post"] for row in met.order_by("-n")[:LOOKED_AT]]
    posts = Post.objects.filter(pk__in=ids, anonymous=False).exclude(author=author)
    places = {
        post.community_id
        for post in posts.only("text", "community_id")
        if post.pk != but and same(post.text, text)
    }
    return community in places or len(places) >= ELSEWHERE


def doubts_in(community: Community, moderator: Person) -> list[Doubt]:
    """What others wrote that looks doubtful, for the moderator: nothing that is reported already."""
    return list(
        Doubt.objects.filter(
            post__community=community,
            post__removed_at=None,
            post__hidden_at=None,
            seen_at=None,
            at__gt=now() - WAITS,
        )
        .exclude(post__author=moderator)
        .exclude(post__reports__decision=None, post__reports__isnull=False)
        .exclude(post__decisions__isnull=False)
        .select_related("post", "post__author", "post__community")
        .order_by("-at")[:MOST]
    )
