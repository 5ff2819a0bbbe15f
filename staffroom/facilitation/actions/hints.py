"""Told to one member alone: you wrote most of the last ten."""

import datetime as dt
import uuid
from collections import Counter

from django.db import transaction
from django.db.models import Q

from staffroom.communities.models import Community
from staffroom.communities.queries import active_ids
from staffroom.conversations.models import Post
from staffroom.facilitation.actions.desk import tell
from staffroom.facilitation.models import Word
from staffroom.facilitation.permissions import reminds, rests

#: So many of the last ten are most.
LAST, MANY = 10, 6
#: Older words are no conversation of today.
FRESH = dt.timedelta(days=14)
#: It is said once in so long.
AGAIN = dt.timedelta(days=30)
#: In a smaller group somebody always wrote most.
FEWEST = 4


def nightly(now: dt.datetime) -> None:
    """Only communities whose design speaks of it, and where something was written since yesterday."""
    lever = Q(lever_choices__lever="nudges", lever_choices__value="on") | Q(
        programme__lever_choices__lever="nudges", programme__lever_choices__value="on"
    )
    lively = Community.objects.filter(
        lever,
        stage=Community.Stage.OPEN,
        posts__created_at__gt=now - dt.timedelta(days=1),
    ).distinct()
    for community in lively.select_related("programme", "area"):
        if reminds(community) and not rests(community):
            hint(community, now)


@transaction.atomic
def hint(community: Community, moment: dt.datetime) -> Word | None:
    """One word for whoever wrote so many of the last ten, if they were not told lately."""
    who, count = _most(community, moment)
    members = active_ids(community)
    if who is None or who not in members or len(members) < FEWEST:
        return None
    told = Word.objects.filter(
        community=community, person=who, kind=Word.Kind.ACTIVE, at__gt=moment - AGAIN
    )
    if told.exists():
        return None
    return tell(community=community, person_id=who, kind=Word.Kind.ACTIVE, count=count)


def _most(community: Community, moment: dt.datetime) -> tuple[uuid.UUID | None, int]:
    """Among the last ten of the lessons, those with a name alone are counted."""
    last = Post.objects.filter(
        community=community,
        room=Post.Room.LESSONS,
        created_at__gt=moment - FRESH,
        removed_at=None,
        hidden_at=None,
    ).order_by("-created_at", "-id")[:LAST]
    authors = list(last.values_list("author_id", "anonymous"))
    if len(authors) < LAST:
        return None, 0
    counts = Counter(author for author, nameless in authors if author and not nameless)
    who, count = max(counts.items(), key=lambda pair: pair[1], default=(None, 0))
    return (who, count) if count >= MANY else (None, 0)
