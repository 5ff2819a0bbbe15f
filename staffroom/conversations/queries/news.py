"""What is new for one person over all their communities: for Today and the list of communities."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from staffroom.communities.models import Advisership, Community, Membership
from staffroom.communities.wall import all_readable_by, inside_of, readable_by
from staffroom.conversations import sealed
from staffroom.conversations.models import Mention, Post, ReadMark
from staffroom.conversations.queries.mutes import muted_communities, muted_people
from staffroom.core.clock import now
from staffroom.core.prepared import AT_ONCE, Ids, Prepared
from staffroom.core.words import listed
from staffroom.library.models import Trust
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
        if self.last.trust == Trust.State.CORRECTED:
            return listed([_("Corrected"), words])
        return words or (_("Voice note or file") if self.last.attached_count else _("Photo"))


def new_in_my_communities(person: Person) -> list[News]:
    """The person's communities, those with something new first, then by the newest word."""
    communities = all_readable_by(person)
    stands = _standing_of(person)
    unread = _unread_by_community(person, communities, stands)
    last = _last_posts([stands[each.pk].last for each in communities if each.pk in stands])
    muted = muted_communities(person)
    news = [
        News(each, unread.get(each.pk, 0), last.get(each.pk), each.pk in muted)
        for each in communities
    ]
    return sorted(news, key=_freshest, reverse=True)


def unread_by_community(person: Person) -> dict[uuid.UUID, int]:
    """How many posts are unread in each community that is not muted; those without are left out."""
    muted = muted_communities(person)
    communities = [each for each in all_readable_by(person) if each.pk not in muted]
    return _unread_by_community(person, communities, _standing_of(person))


def unread_total(person: Person) -> int:
    """How many posts are unread over all communities that are not muted."""
    return sum(unread_by_community(person).values())


def unanswered(person: Person, communities: list[Community] | None = None) -> list[Post]:
    """Questions of others in the person's communities that nobody has answered, oldest first.

    What stands at tea does not press anybody. `communities`: those that the person may read, where
    they were asked for already.
    """
    readable = all_readable_by(person) if communities is None else communities
    ids = [each.pk for each in readable if each.stage == Community.Stage.OPEN]
    found = _UNANSWERED.rows(person.pk, ids, now() - RISES, now())
    if len(ids) > AT_ONCE:
        found = sorted(found, key=lambda post: (post.created_at, post.pk))[:SHOWN]
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
    ).exclude(author__in=muted_people(person.pk, now()))


def _freshest(news: News) -> tuple[bool, dt.datetime]:
    at = news.last.created_at if news.last else news.community.created_at
    return bool(news.unread) and not news.muted, at


def _unanswered(
    person: uuid.UUID, communities: list[uuid.UUID], risen: dt.datetime, at: dt.datetime
) -> QuerySet[Post]:
    return (
        Post.objects.filter(
            community__in=communities,
            room=Post.Room.LESSONS,
            kind=Post.Kind.QUESTION,
            answer_count=0,
            solved_at=None,
            created_at__gt=risen,
            removed_at=None,
            hidden_at=None,
        )
        .exclude(author=person)
        .exclude(author__in=muted_people(person, at))
        .select_related("community", "author")
        .order_by("created_at", "id")[:SHOWN]
    )


_UNANSWERED = Prepared(_unanswered, uuid.UUID, Ids, dt.datetime, dt.datetime)


def _last_posts(ids: list[uuid.UUID | None]) -> dict[uuid.UUID, Post]:
    posts = _LAST.rows([id for id in ids if id is not None])
    return {post.community_id: post for post in posts}


_LAST = Prepared(lambda ids: Post.objects.filter(pk__in=ids).select_related("author", "about"), Ids)


@dataclass(frozen=True)
class Standing:
    """Where a person stands in one community: since when something in it is new, and its newest post."""

    came: dt.datetime | None
    advises_since: dt.datetime | None
    lessons: dt.datetime | None
    tea: dt.datetime | None
    last: uuid.UUID | None

    def since(self, room: str) -> dt.datetime | None:
        """The mark of the room, else the day the person came."""
        mark = self.tea if room == Post.Room.TEA else self.lessons
        return mark or self.came or self.advises_since


def _standing_of(person: Person) -> dict[uuid.UUID, Standing]:
    return {id: Standing(*rest) for id, *rest in _STANDING.rows(person.pk)}


def _stands(person: uuid.UUID) -> QuerySet[Any, Any]:
    here = {"community": OuterRef("pk"), "person": person}
    marks = ReadMark.objects.filter(**here, question=None).values("until")
    active = Membership.objects.filter(**here, state=Membership.State.ACTIVE).order_by()
    newest = Post.objects.filter(
        community=OuterRef("pk"), removed_at=None, hidden_at=None
    ).order_by("-created_at", "-id")
    return inside_of(person).values_list(
        "pk",
        Subquery(active.annotate(at=Coalesce("joined_at", "asked_at")).values("at")[:1]),
        Subquery(Advisership.objects.filter(**here, ended_at=None).values("starts")[:1]),
        Subquery(marks.filter(room=Post.Room.LESSONS)[:1]),
        Subquery(marks.filter(room=Post.Room.TEA)[:1]),
        Subquery(newest.values("pk")[:1]),
    )


_STANDING = Prepared(_stands, uuid.UUID)


def _unread(
    person: uuid.UUID,
    community: uuid.UUID,
    lessons: dt.datetime,
    tea: dt.datetime,
    at: dt.datetime,
) -> QuerySet[Post]:
    """Posts of others since the person last read the room; of answers, or their question."""
    read_question = ReadMark.objects.filter(person=person, question=OuterRef("question")).values(
        "until"
    )[:1]
    return (
        Post.objects.filter(
            Q(room=Post.Room.LESSONS, created_at__gt=lessons)
            | Q(room=Post.Room.TEA, created_at__gt=tea),
            community=community,
            removed_at=None,
            hidden_at=None,
        )
        .exclude(author=person)
        .exclude(author__in=muted_people(person, at))
        .annotate(question_read=Subquery(read_question))
        .filter(Q(question_read=None) | Q(question_read__lt=F("created_at")))
        .order_by()
    )


_UNREAD = Prepared(
    lambda *values: (
        _unread(*values).values("anonymous").annotate(n=Count("pk")).values_list("anonymous", "n")
    ),
    uuid.UUID,
    uuid.UUID,
    dt.datetime,
    dt.datetime,
    dt.datetime,
)


def _unread_by_community(
    person: Person, communities: list[Community], stands: dict[uuid.UUID, Standing]
) -> dict[uuid.UUID, int]:
    """One small query a community: it walks along the index from where the person has read."""
    counts: dict[uuid.UUID, int] = {}
    for community in communities:
        stand = stands.get(community.pk)
        lessons = stand.since(Post.Room.LESSONS) if stand else None
        tea = stand.since(Post.Room.TEA) if stand else None
        if lessons is None or tea is None:
            continue
        values = (person.pk, community.pk, lessons, tea, now())
        for anonymous, count in _UNREAD.rows(*values):
            counts[community.pk] = counts.get(community.pk, 0) + count
            if anonymous:  # one's own question is nothing new to oneself
                posts = _unread(*values).filter(anonymous=True)
                counts[community.pk] -= len(sealed.among(person, posts.values("pk")))
    return {id: count for id, count in counts.items() if count > 0}
