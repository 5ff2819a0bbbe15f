"""Words for one person alone: what waits on Today, and one of them by itself."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from staffroom.communities.models import Community
from staffroom.communities.wall import readable_by
from staffroom.conversations.queries.mutes import muted_communities, muted_people
from staffroom.core.clock import now
from staffroom.facilitation.models import Word
from staffroom.people.models import Person

#: After that a word is old.
LASTS = dt.timedelta(days=14)
MOST = 3


def words_for(person: Person, communities: list[Community]) -> list[Word]:
    """What the person has not put aside, newest first; `communities` are those they may read."""
    muted = muted_communities(person)
    heard = [
        each.pk
        for each in communities
        if each.stage == Community.Stage.OPEN and each.pk not in muted
    ]
    return list(_standing(person).filter(seen_at=None, community__in=heard)[:MOST])


def word_of(person: Person, word_id: uuid.UUID) -> Word | None:
    """One word, if it is for this person, who may still read the community."""
    return _standing(person).filter(pk=word_id, community__in=readable_by(person)).first()


def words_here(person: Person, community: Community) -> list[Word]:
    """All that the desk of this community said to this person lately."""
    return list(_standing(person).filter(community=community)[:20])


def _standing(person: Person) -> QuerySet[Word]:
    """A question that was answered or taken away asks nobody any more; nobody hears whom they muted."""
    gone = (
        Q(post__answer_count__gt=0)
        | Q(post__solved_at__isnull=False)
        | Q(post__removed_at__isnull=False)
        | Q(post__hidden_at__isnull=False)
    )
    return (
        Word.objects.filter(person=person, at__gt=now() - LASTS)
        .exclude(Q(kind=Word.Kind.ASKED) & (Q(post=None) | gone))
        .exclude(by__in=muted_people(person.pk, now()))
        .select_related("community", "by", "post", "post__author")
        .order_by("-at", "-id")
    )
