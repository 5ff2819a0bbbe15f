"""What is new for one person over all their communities: for Today and the list of communities."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from staffroom.communities.models import Advisership, Community, Membership
from staffroom.communities.wall import readable_by
from staffroom.conversations import sealed
from staffroom.conversations.models import Mention, Post, ReadMark
from staffroom.conversations.queries.mutes import muted_communities, muted_ids
from staffroom.core.clock import now
from staffroom.people.models import Person

SHOWN = 20
#: A question nobody answered rises for so long; then it has become a page in the book.
RISES = dt.timedelta(days=60)


@dataclass(frozen=True)
class News:
    """One community: how much is unread, and the newest post that stands."""

    community: Community
    unread: int
    last: Post | None
    muted: bool = False

    @property
    def last_line(self) -> str:
        """The newest words on one line; what stands there where it has none."""
        if self.last is None:
            return ""
        words = " ".join(self.last.text.split())[:120]
        return words or (_("Voice note or file") if self.last.attached_count else _("Photo"))


def new_in_my_communities(person: Person) -> list[News]:
    """The person's communities, those with something new first, then by the newest word."""
    communities = list(readable_by(person).select_related("programme"))
    unread = _unread_by_community(person, communities)
    last = _last_posts(person, communities)
    muted = muted_communities(person)
    news = [
        News(each, unread.get(each.pk, 0), last.get(each.pk), each.pk in muted)
        for each in communities
    ]
    return sorted(news, key=_freshest, reverse=True)


def unread_by_community(person: Person) -> dict[uuid.UUID, int]:
    """How many posts are unread in each community that is not muted; those without are left out."""
    muted = muted_communities(person)
    communities = [each for each in readable_by(person) if each.pk not in muted]
    return _unread_by_community(person, communities)


def unread_total(person: Person) -> int:
    """How many posts are unread over all communities that are not muted."""
    return sum(unread_by_community(person).values())


def unanswered(person: Person) -> list[Post]:
    """Questions of others in the person's communities that nobody has answered, oldest first.

    What stands at tea does not press anybody.
    """
    found = list(
        _standing(person)
        .filter(
            room=Post.Room.LESSONS,
            kind=Post.Kind.QUESTION,
            answer_count=0,
            solved_at=None,
            created_at__gt=now() - RISES,
            community__stage=Community.Stage.OPEN,
        )
        .exclude(author=person)
        .select_related("community", "author")
        .order_by("created_at", "id")[:SHOWN]
    )
    own = sealed.mine(person, found)
    return [post for post in found if post.pk not in own]


def answered(person: Person) -> list[Post]:
    """The person's own questions, with a name or without, that have answers not yet read."""
    # Below an anonymous question only its asker answers without a name.
    last = Post.objects.filter(
        question=OuterRef("pk"), anonymous=False, removed_at=None, hidden_at=None
    ).exclude(author=person)
    read = ReadMark.objects.filter(person=person, question=OuterRef("pk")).values("until")[:1]
    found: list[Post] = list(
        _standing(person)
        .filter(
            Q(author=person) | Q(anonymous=True),
            kind=Post.Kind.QUESTION,
            answer_count__gt=0,
            created_at__gt=now() - RISES,
        )
        .annotate(
            last_answer=Subquery(last.order_by("-created_at").values("created_at")[:1]),
            read_until=Subquery(read),
        )
        .filter(last_answer__isnull=False)
        .filter(Q(read_until=None) | Q(read_until__lt=F("last_answer")))
        .select_related("community")
        .order_by("-last_answer")
    )
    own = sealed.mine(person, found)
    return [post for post in found if not post.anonymous or post.pk in own][:SHOWN]


def mentions(person: Person) -> list[Mention]:
    """Posts that name the person and were not seen yet, newest first."""
    return list(
        Mention.objects.filter(person=person, seen_at=None, post__in=_standing(person))
        .select_related("post__author", "post__community", "post__question")
        .order_by("-post__created_at")[:SHOWN]
    )


def _standing(person: Person) -> QuerySet[Post]:
    """What stands in communities that this person may read, without those they muted."""
    return Post.objects.filter(
        community__in=readable_by(person).values("pk"), removed_at=None, hidden_at=None
    ).exclude(author__in=muted_ids(person))


def _freshest(news: News) -> tuple[bool, dt.datetime]:
    at = news.last.created_at if news.last else news.community.created_at
    return bool(news.unread) and not news.muted, at


def _last_posts(person: Person, communities: list[Community]) -> dict[uuid.UUID, Post]:
    newest = (
        Post.objects.filter(community=OuterRef("pk"), removed_at=None, hidden_at=None)
        .order_by("-created_at", "-id")
        .values("pk")[:1]
    )
    ids = (
        Community.objects.filter(pk__in=[each.pk for each in communities])
        .annotate(last_post=Subquery(newest))
        .values("last_post")
    )
    posts = Post.objects.filter(pk__in=ids).select_related("author", "about")
    return {post.community_id: post for post in posts}


def _unread_by_community(person: Person, communities: list[Community]) -> dict[uuid.UUID, int]:
    """Posts of others since the person last read the room; of answers, or their question."""
    if not communities:
        return {}
    ids = [each.pk for each in communities]
    since = _since(person, ids)
    unread = Q()
    for (community, room), until in since.items():
        unread |= Q(community=community, room=room, created_at__gt=until)
    read_question = ReadMark.objects.filter(person=person, question=OuterRef("question")).values(
        "until"
    )[:1]
    posts = (
        Post.objects.filter(unread, removed_at=None, hidden_at=None)
        .exclude(author=person)
        .exclude(author__in=muted_ids(person))
        .annotate(question_read=Subquery(read_question))
        .filter(Q(question_read=None) | Q(question_read__lt=F("created_at")))
        .order_by()
    )
    counts: Counter[uuid.UUID] = Counter()
    rows = posts.values("community", "anonymous").annotate(n=Count("pk"))
    for community, anonymous, count in rows.values_list("community", "anonymous", "n"):
        counts[community] += count
        if anonymous:  # one's own question is nothing new to oneself
            own = sealed.among(
                person, posts.filter(community=community, anonymous=True).values("pk")
            )
            counts[community] -= len(own)
    return +counts


def _since(person: Person, ids: list[uuid.UUID]) -> dict[tuple[uuid.UUID, str], dt.datetime]:
    """From when on something is new: the mark of the room, else the day the person came."""
    advising = Advisership.objects.filter(person=person, community__in=ids, ended_at=None)
    joined = Membership.objects.filter(
        person=person, community__in=ids, state=Membership.State.ACTIVE
    )
    came = dict(advising.values_list("community", "starts")) | dict(
        joined.values_list("community", Coalesce("joined_at", "asked_at"))
    )
    since = {(id, room): at for id, at in came.items() for room in Post.Room.values}
    marks = ReadMark.objects.filter(person=person, community__in=ids, question=None)
    return since | {
        (community, room): until
        for community, room, until in marks.values_list("community", "room", "until")
    }
