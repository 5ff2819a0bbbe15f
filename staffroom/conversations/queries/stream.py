"""The posts of a room, a page at a time, by position and never by number."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from staffroom.communities.models import Community
from staffroom.conversations.models import Photo, Post, ReadMark
from staffroom.core.prepared import Ids, Prepared
from staffroom.people.models import Person

PAGE = 20
BEFORE = 3  # how much of what was read stands above the first unread

PEOPLE = ("author", "about", "quotes__author")
#: Of people an entry shows name and face. The rest is dear to read: a number is parsed, lists are decoded.
NOT_SHOWN = ("password", "phone", "email", "languages", "subjects", "grades")


@dataclass(frozen=True)
class Window:
    """Some posts in order of time, and whether there are others on either side."""

    posts: list[Post]
    earlier: bool = False
    later: bool = False


def room_posts(community: Community, room: str) -> QuerySet[Post]:
    """Everything that stands in the stream of a room."""
    return Post.objects.filter(community=community, room=room, question=None)


def with_people(posts: QuerySet[Post]) -> QuerySet[Post]:
    """With all that showing them needs: two queries, however many there are."""
    photos = Photo.objects.order_by("uploaded_at", "id")
    return showable(posts).prefetch_related(  # type: ignore[no-redef]
        Prefetch("photos", photos, to_attr="pictures")
    )


def showable(posts: QuerySet[Post]) -> QuerySet[Post]:
    """With the people that an entry names, in the same query."""
    return posts.select_related("author", "about", "quotes__author", "instrument").defer(
        *(f"{who}__{field}" for who in PEOPLE for field in NOT_SHOWN)
    )


def with_pictures(posts: list[Post]) -> list[Post]:
    """The posts with their photos, as `with_people` has them."""
    found: dict[uuid.UUID, list[Photo]] = {post.pk: [] for post in posts}
    for photo in _PHOTOS.rows(list(found)):
        found[photo.post_id].append(photo)
    for post in posts:
        post.pictures = found[post.pk]
    return posts


_PHOTOS = Prepared(
    lambda posts: Photo.objects.filter(post__in=posts).order_by("uploaded_at", "id"), Ids
)
_NEWEST = Prepared(
    lambda community, room: showable(
        Post.objects.filter(community=community, room=room, question=None)
    ).order_by("-created_at", "-id")[: PAGE + 1],
    uuid.UUID,
    str,
)


def older(posts: QuerySet[Post], than: Post) -> QuerySet[Post]:
    at = than.created_at
    return posts.filter(Q(created_at__lt=at) | Q(id__lt=than.pk), created_at__lte=at)


def newer(posts: QuerySet[Post], than: Post) -> QuerySet[Post]:
    at = than.created_at
    return posts.filter(Q(created_at__gt=at) | Q(id__gt=than.pk), created_at__gte=at)


def newest(posts: QuerySet[Post]) -> Window:
    found = list(with_people(posts).order_by("-created_at", "-id")[: PAGE + 1])
    return Window(found[:PAGE][::-1], earlier=len(found) > PAGE)


def newest_in(community: Community, room: str) -> Window:
    """The newest of a room: what most visits show."""
    found = with_pictures(_NEWEST.rows(community.pk, room))
    return Window(found[:PAGE][::-1], earlier=len(found) > PAGE)


def before(posts: QuerySet[Post], post: Post) -> Window:
    found = newest(older(posts, post))
    return Window(found.posts, earlier=found.earlier, later=True)


def after(posts: QuerySet[Post], post: Post | None) -> Window:
    """What came after `post`; from the beginning without one."""
    found = newer(posts, post) if post else posts
    page = list(with_people(found).order_by("created_at", "id")[: PAGE + 1])
    return Window(page[:PAGE], earlier=post is not None, later=len(page) > PAGE)


def around(posts: QuerySet[Post], post: Post) -> Window:
    """A page on which `post` stands, a little of what came before above it."""
    above = list(with_people(older(posts, post)).order_by("-created_at", "-id")[: BEFORE + 1])
    below = after(posts, post)
    itself = list(with_people(posts.filter(pk=post.pk)))
    return Window(
        above[:BEFORE][::-1] + itself + below.posts,
        earlier=len(above) > BEFORE,
        later=below.later,
    )


def find(posts: QuerySet[Post], id: uuid.UUID | None) -> Post | None:
    return posts.filter(pk=id).first() if id else None


def pinned(community: Community, room: str) -> Post | None:
    """The post pinned in a room, if one is."""
    return (
        room_posts(community, room)
        .filter(pinned_at__isnull=False, removed_at=None, hidden_at=None)
        .select_related("author")
        .first()
    )


def read_until(person: Person, community: Community, room: str) -> dt.datetime | None:
    """How far the person has read a room; None before the first visit."""
    return next((until for (until,) in _READ.rows(person.pk, community.pk, room)), None)


def question_read_until(person: Person, question: Post) -> dt.datetime | None:
    """How far the person has read the answers; None before the first visit."""
    return next((until for (until,) in _READ_ANSWERS.rows(person.pk, question.pk)), None)


_READ = Prepared(
    lambda person, community, room: ReadMark.objects.filter(
        person=person, community=community, room=room, question=None
    ).values_list("until"),
    uuid.UUID,
    uuid.UUID,
    str,
)
_READ_ANSWERS = Prepared(
    lambda person, question: ReadMark.objects.filter(person=person, question=question).values_list(
        "until"
    ),
    uuid.UUID,
    uuid.UUID,
)


def unread(posts: QuerySet[Post], person: Person, until: dt.datetime) -> QuerySet[Post]:
    """What others wrote since `until` and still stands."""
    return posts.filter(created_at__gt=until, removed_at=None, hidden_at=None).exclude(
        author=person
    )


def readers(community: Community, room: str, author: Person) -> list[dt.datetime]:
    """How far each other member has read the room: moments without names, for counts alone."""
    return list(
        ReadMark.objects.filter(
            community=community,
            room=room,
            question=None,
            person__memberships__community=community,
            person__memberships__state="active",
        )
        .exclude(person=author)
        .order_by()
        .values_list("until", flat=True)
    )
