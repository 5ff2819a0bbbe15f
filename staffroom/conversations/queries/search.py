"""Search inside one community. What may be found is decided when it is asked."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.conversations.queries.marks import mark_posts
from staffroom.conversations.queries.mutes import muted_ids
from staffroom.core.errors import Refused
from staffroom.methods.text.fold import words
from staffroom.methods.text.passage import Piece, passage
from staffroom.people.models import Person

A_PAGE = 20
MAX_LETTERS = 200
MAX_WORDS = 8


@dataclass(frozen=True)
class Found:
    post: Post
    pieces: list[Piece]


@dataclass(frozen=True)
class Page:
    """One page of results; `next` is the post after which the next page goes on."""

    found: list[Found]
    next: uuid.UUID | None


def wanted_words(text: str) -> list[str]:
    """The folded words of what was typed; `Refused` when there is nothing to look for, or too much."""
    if len(text) > MAX_LETTERS:
        raise Refused(
            _("This has %(have)s characters; a search can have %(most)s. A few words are enough.")
            % {"have": len(text), "most": MAX_LETTERS},
            "q",
        )
    found = list(dict.fromkeys(words(text)))
    if not found:
        raise Refused(_("Write at least one word or number to look for."), "q")
    return found[:MAX_WORDS]


def search(
    *, person: Person, community: Community, text: str, after: uuid.UUID | None = None
) -> Page:
    """Posts that hold every word (or a word that begins so), newest first."""
    wanted = wanted_words(text)
    posts = visible(person, community).select_related(
        "author", "question", "question__author", "quotes"
    )
    for word in wanted:
        posts = posts.filter(search_text__folded__contains=f" {word}")
    if after is not None:
        posts = _older(posts, community, after)
    page = list(posts.order_by("-created_at", "-id")[: A_PAGE + 1])
    more = page[A_PAGE - 1].pk if len(page) > A_PAGE else None
    mark_posts(page)
    return Page([Found(post, _passage(post, wanted)) for post in page[:A_PAGE]], more)


def visible(person: Person, community: Community) -> QuerySet[Post]:
    """The posts of the community whose words this person may find."""
    return Post.objects.filter(community=community, removed_at=None, hidden_at=None).exclude(
        author__in=muted_ids(person)
    )


def _older(posts: QuerySet[Post], community: Community, after: uuid.UUID) -> QuerySet[Post]:
    last = Post.objects.filter(community=community, pk=after).first()
    if last is None:
        return posts
    return posts.filter(
        Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, id__lt=last.pk)
    )


def _passage(post: Post, wanted: list[str]) -> list[Piece]:
    """Where the words stand; the topic, the saying, a voice or a paper’s name only when the text itself has none of them."""
    pieces = passage(post.text, wanted)
    if any(piece.hit for piece in pieces):
        return pieces
    said = [post.topic, post.saying]
    if post.attached_count:
        said += post.recordings.values_list("transcript", flat=True)
        said += post.documents.values_list("name", flat=True)
    beside = " — ".join(part for part in said if part)
    return [*passage(beside, wanted), Piece(": "), *pieces] if beside else pieces
