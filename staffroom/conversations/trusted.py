"""Questions and answers as things that can be verified (`library.hooks.trust`)."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities.models import Advisership, Community, Membership
from staffroom.communities.queries import active_ids, advisers
from staffroom.communities.wall import readable_by
from staffroom.conversations import sealed
from staffroom.conversations.actions.tracing import moment_of
from staffroom.conversations.actions.trusting import KIND
from staffroom.conversations.models import (
    Document,
    Helped,
    Photo,
    Post,
    ReadMark,
    Recording,
    Thanks,
)
from staffroom.conversations.permissions import check_answer
from staffroom.core.errors import NotYours
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Ids, Thing, Verifiable, fingerprint
from staffroom.library.models import Trust
from staffroom.people.models import Person

KINDS = (Post.Kind.ANSWER, Post.Kind.QUESTION)
State = Trust.State
#: What an adviser has nothing to do about.
DONE = (State.VERIFIED, State.CORRECTED)


class Posts(Verifiable):
    """The keeper of answers and questions."""

    kind = KIND

    def find(self, viewer: Person, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Thing]:
        inside = readable_by(viewer).values("pk")
        found = standing().filter(pk__in=ids, community__in=inside)
        return {thing.id: thing for thing in _things(viewer, list(found))}

    def versions(self, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
        return _versions(list(standing().filter(pk__in=ids)))

    def existing(self, ids: Collection[uuid.UUID]) -> Ids:
        return set(Post.objects.filter(pk__in=ids).values_list("pk", flat=True))

    def hold(self, id: uuid.UUID) -> None:
        if not Post.objects.select_for_update().filter(pk=id).values_list("pk"):
            raise NotYours

    def readers(self, id: uuid.UUID) -> Ids:
        """Whoever has read so far; of what has no name everyone inside."""
        post = Post.objects.select_related("community").get(pk=id)
        if post.anonymous:
            return _everyone(post.community)
        marks = ReadMark.objects.filter(until__gte=post.created_at)
        if post.question_id:
            marks = marks.filter(question=post.question_id)
        else:
            in_room = marks.filter(community=post.community, room=post.room, question=None)
            marks = in_room | marks.filter(question=post.pk)
        people = set(marks.order_by().values_list("person_id", flat=True))
        for kind in (Helped, Thanks):
            people |= set(kind.objects.filter(post=post).values_list("person_id", flat=True))
        return people | self.concerned(id)

    def concerned(self, id: uuid.UUID) -> Ids:
        post = Post.objects.select_related("community").get(pk=id)
        if post.anonymous:
            return _everyone(post.community)
        return {post.author_id} if post.author_id else set()

    def author_of(self, id: uuid.UUID) -> uuid.UUID | None:
        return Post.objects.filter(pk=id).values_list("author_id", flat=True).first()

    def waiting(self, viewer: Person, *, leaders: bool, reach: bool, most: int) -> list[Thing]:
        return [] if leaders else waiting(viewer, reach=reach, most=most)

    def check(self, viewer: Person, id: uuid.UUID) -> None:
        check_answer(viewer, Post.objects.select_related("community").get(pk=id).community)

    def moment(self, thing: Thing) -> dt.datetime:
        return moment_of(Post.objects.select_related("community").get(pk=thing.id))

    def changed(self, id: uuid.UUID, state: str) -> None:
        Post.objects.filter(pk=id).update(trust=state, trust_version=F("trust_version") + 1)


def standing() -> QuerySet[Post]:
    """What can be judged: it was neither removed nor hidden."""
    return (
        Post.objects.filter(kind__in=KINDS, removed_at=None, hidden_at=None)
        .select_related("community", "author", "question")
        .order_by()
    )


def waiting(viewer: Person, *, reach: bool, most: int) -> list[Thing]:
    """Answers that nobody has verified, and whatever is disputed or has a correction that waits."""
    here = readable_by(viewer).filter(
        stage=Community.Stage.OPEN,
        pk__in=Advisership.objects.filter(person=viewer, ended_at=None).values("community"),
    )
    posts = standing().filter(community__in=here.values("pk")).exclude(author=viewer)
    posts = posts.exclude(trust__in=DONE).exclude(kind=Post.Kind.QUESTION, trust="")
    posts = posts.annotate(reads=_reads())
    order = ("-reads", "created_at", "id") if reach else ("created_at", "id")
    if left := _left_for_later(viewer):
        posts = posts.exclude(pk__in=left)
    found = list(posts.order_by(*order)[:most])
    own = sealed.mine(viewer, found)
    return _things(viewer, [post for post in found if post.pk not in own])


def _left_for_later(viewer: Person) -> list[uuid.UUID]:
    """What the viewer skipped and was not edited since."""
    left = dict(hook.skipped(viewer, KIND))
    if not left:
        return []
    now = _versions(list(standing().filter(pk__in=left)))
    return [id for id, version in left.items() if now.get(id) == version]


def _reads() -> Coalesce:
    """How many have read an answer: nobody's name, and none of what has no name."""
    marks = ReadMark.objects.filter(
        question=OuterRef("question"), until__gte=OuterRef("created_at")
    ).order_by()
    count = marks.values("question").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(count), 0)


def _things(viewer: Person, posts: list[Post]) -> list[Thing]:
    """The posts as this viewer sees them, in the same number of queries however many there are."""
    if not posts:
        return []
    versions, own = _versions(posts), sealed.mine(viewer, posts)
    places = {post.community_id for post in posts}
    advises = set(
        Advisership.objects.filter(person=viewer, ended_at=None, community__in=places).values_list(
            "community", flat=True
        )
    )
    member = set(
        Membership.objects.filter(
            person=viewer, state=Membership.State.ACTIVE, community__in=places
        ).values_list("community", flat=True)
    )

    def capacity(post: Post) -> str:
        if post.community.stage != Community.Stage.OPEN:
            return ""
        here = post.community_id
        return hook.capacity(adviser=here in advises, peer=here in member)

    return [
        Thing(
            kind=KIND,
            id=post.pk,
            title=_title(post),
            text=post.text,
            version=versions[post.pk],
            address=reverse("post", args=[post.community_id, post.pk]),
            place=post.community.name,
            at=post.created_at,
            author=post.author.name if post.author else "",
            own=post.author_id == viewer.pk or post.pk in own,
            nameless=post.anonymous,
            capacity=capacity(post),
            named=True,
            language=post.language,
            reach=None if post.anonymous else getattr(post, "reads", None),
            zone=post.community.timezone,
        )
        for post in posts
    ]


def _title(post: Post) -> str:
    """What an answer answers; of a question its topic."""
    asked = post.question or post
    if asked.removed_at or asked.hidden_at or asked is post:
        return post.topic or (_("Question") if asked is post else _("Answer"))
    return " ".join(asked.text.split())[:160] or asked.topic or _("Question")


def _versions(posts: list[Post]) -> dict[uuid.UUID, str]:
    """The words, and which photos, voices and papers stand beside them."""
    beside: dict[uuid.UUID, list[str]] = {post.pk: [] for post in posts}
    kinds: tuple[Any, ...] = (Photo, Recording, Document)
    some = [post.pk for post in posts if post.attached_count]
    asked: list[tuple[Any, list[uuid.UUID]]] = [
        (kind, list(beside) if kind is Photo else some) for kind in kinds
    ]
    for kind, ids in asked:
        if ids:
            for post, id in (
                kind.objects.filter(post__in=ids).order_by("pk").values_list("post", "pk")
            ):
                beside[post].append(str(id))
    return {post.pk: fingerprint(post.text, *beside[post.pk]) for post in posts}


def _everyone(community: Community) -> Ids:
    return active_ids(community) | {each.person_id for each in advisers(community)}
