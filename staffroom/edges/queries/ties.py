"""Who talks with whom in a community: for dividing it, and shown to nobody."""

import datetime as dt
import uuid
from collections import defaultdict

from django.db.models import Count

from staffroom.communities.models import Community
from staffroom.conversations.models import Helped, Mention, Post, Thanks
from staffroom.core.clock import now

#: What was said longer ago says little about today.
BACK = dt.timedelta(days=365)
#: (rows, the one side, the other side): an answer, a reply or quote, a mark, a name called.
_KINDS = (
    (Post, "author", "question__author", "created_at", "community"),
    (Post, "author", "quotes__author", "created_at", "community"),
    (Helped, "person", "post__author", "at", "post__community"),
    (Thanks, "person", "post__author", "at", "post__community"),
    (Mention, "person", "post__author", "post__created_at", "post__community"),
)


def ties(community: Community, people: list[uuid.UUID]) -> dict[tuple[int, int], float]:
    """How often each two of `people` turned to each other in the last year, by their places in the list.

    What was written without a name has no author here, so it ties nobody.
    """
    place = {person: number for number, person in enumerate(people)}
    found: dict[tuple[int, int], float] = defaultdict(float)
    for model, one, other, at, where in _KINDS:
        rows = (
            model.objects.filter(**{where: community, f"{at}__gt": now() - BACK})
            .exclude(**{one: None})
            .exclude(**{other: None})
            .order_by()
            .values(one, other)
            .annotate(n=Count("pk"))
            .values_list(one, other, "n")
        )
        for first, second, times in rows:
            if first != second and first in place and second in place:
                low, high = sorted((place[first], place[second]))
                found[low, high] += times
    return dict(found)
