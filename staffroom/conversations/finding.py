"""Posts in search: where a person may look, and what of it this person may see."""

import uuid
from collections.abc import Collection, Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from staffroom.communities.models import Community
from staffroom.communities.wall import readable_by
from staffroom.conversations.actions.search_text import entry_of, in_order
from staffroom.conversations.models import Post
from staffroom.conversations.queries.marks import mark_posts
from staffroom.conversations.queries.mutes import muted_ids
from staffroom.core.retrieval.kinds import Entry, Found, Searchable
from staffroom.methods.text.passage import Marks, Piece, passage
from staffroom.people.models import Person

KINDS = {
    Post.Kind.QUESTION: _("Question"),
    Post.Kind.ANSWER: _("Answer"),
    Post.Kind.MESSAGE: _("Message"),
    Post.Kind.PROMPT: _("For this week"),
    Post.Kind.CELEBRATION: _("Celebration"),
}
A_STEP = 500
_BESIDE = ("photos", "recordings", "documents")


def searchable() -> Searchable:
    return Searchable(
        kinds={str(kind): name for kind, name in KINDS.items()},
        scopes=scopes,
        show=show,
        entries=entries,
        versions=versions,
    )


def scopes(person: Person) -> dict[uuid.UUID, str]:
    """The communities inside which the person is, and is not barred from."""
    return dict(readable_by(person).order_by("name").values_list("pk", "name"))


def visible(person: Person) -> QuerySet[Post]:
    """The posts whose words this person may find."""
    posts = Post.objects.filter(removed_at=None, hidden_at=None)
    return posts.filter(community__in=readable_by(person).values("pk")).exclude(
        author__in=muted_ids(person)
    )


def show(person: Person, ids: Sequence[uuid.UUID], marks: Marks) -> dict[uuid.UUID, Found]:
    posts = visible(person).filter(pk__in=ids).select_related("author", "community")
    posts = posts.select_related("question", "question__author").prefetch_related(*_BESIDE)
    found = list(posts)
    mark_posts(found)
    return {post.pk: _found(post, marks) for post in found}


def _found(post: Post, marks: Marks) -> Found:
    tea = post.room == Post.Room.TEA and post.kind == Post.Kind.MESSAGE
    return Found(
        id=post.pk,
        kind=post.kind,
        url=reverse("post", args=[post.community_id, post.pk]),
        title=post.topic,
        label=str(_("Tea corner") if tea else KINDS[Post.Kind(post.kind)]),
        language=post.language,
        place=post.community.name,
        pieces=_pieces(post, marks),
        by=post.author,
        at=post.created_at,
        post=post,
    )


def _pieces(post: Post, marks: Marks) -> list[Piece]:
    """Where the words stand; what is beside the text only when the text has none of them."""
    language = post.language or post.community.language
    pieces = passage(post.text, marks, language=language)
    if any(piece.hit for piece in pieces):
        return pieces
    said = [post.topic, post.saying]
    if post.attached_count:
        said += [recording.transcript for recording in in_order(post.recordings.all())]
        said += [document.name for document in in_order(post.documents.all())]
    beside = " — ".join(part for part in said if part)
    if not beside:
        return pieces
    return [*passage(beside, marks, language=language), Piece(": "), *pieces]


def entries(after: uuid.UUID | None) -> Iterator[Entry]:
    """All posts that have words."""
    posts = Post.objects.exclude(text="", topic="", saying="", attached_count=0).order_by("pk")
    posts = posts.prefetch_related(*_BESIDE)
    communities: dict[uuid.UUID, Community] = {}
    # Step by step, not by one long query: the index is written between the steps.
    while step := list((posts.filter(pk__gt=after) if after else posts)[:A_STEP]):
        after = step[-1].pk
        for post in step:
            if post.community_id not in communities:
                communities[post.community_id] = Community.objects.get(pk=post.community_id)
            yield entry_of(post, communities[post.community_id])


def versions(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    return dict(Post.objects.filter(pk__in=ids).values_list("pk", "version"))
