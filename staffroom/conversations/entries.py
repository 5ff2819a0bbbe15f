"""How posts stand on a page: what each entry shows of itself, beside which others.

An entry's HTML is the same for everyone who sees it in the same state (mine or not, pressed or
not), so it is made once and kept (`core.fragments`). What only the viewer knows is in the state.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import gone
from staffroom.conversations.queries.marks import mark_posts
from staffroom.core import looks
from staffroom.core.clock import today
from staffroom.core.fragments import fragment
from staffroom.people.models import Person

TOGETHER = dt.timedelta(minutes=5)
FEW = 3


@dataclass(frozen=True)
class State:
    """In which of its forms an entry is shown."""

    mine: bool = False
    continued: bool = False  # same author a moment ago: no face, no name
    feast: bool = False  # the day's first celebration: over the full width
    helped: bool = False  # the viewer said so
    thanked: bool = False  # the viewer did
    muted: bool = False  # the viewer does not want to hear the author just now
    readers: int | None = None  # for the author of a prompt alone
    open: bool = True  # the community takes answers and thanks
    judges: bool = True  # the viewer is a member, who may say: this helped


@dataclass
class Entry:
    """One post in one state, with the line that stands above it."""

    post: Post
    state: State
    daymark: dt.datetime | None = None
    unread: int = 0
    template: str = "conversations/_post.html"
    community: Community | None = field(default=None, repr=False)

    @cached_property
    def html(self) -> SafeString:
        language = translation.get_language() or "en"
        # How a photo is offered depends on the phone: in which format, or by a word alone.
        carries = self.post.pictures or self.post.attached_count or self.post.instrument_id
        look = looks.now() if carries else None
        key = (self.template, language, self.state, look, *shown_of(self.post, self.community))
        return mark_safe(fragment(key, lambda: self._render(language)))  # noqa: S308 - our template

    def _render(self, language: str) -> str:
        context: dict[str, Any] = {
            "post": self.post,
            "community": self.community,
            "lang": language,
            "gone": gone(self.post),
            "few": self.state.readers is not None and self.state.readers < FEW,
        }
        return render_to_string(self.template, context | vars(self.state))


def shown_of(post: Post, community: Community | None) -> tuple[Any, ...]:
    """Everything of a post that an entry shows: when one of these changes, it is made anew."""
    quotes = post.quotes
    return (
        post.pk,
        post.version,
        (post.answer_count, post.helped_count, post.thanks_count),
        (post.hidden_at is not None, post.hidden_why, post.removed_at is not None, post.moved_at),
        (post.anonymous, _named(post.author)),
        _named(post.about),
        (gone(quotes), quotes.anonymous, _named(quotes.author), quotes.mark) if quotes else None,
        post.mark,
        tuple(
            (photo.pk, photo.caption, photo.covered_at is None, photo.hint)
            for photo in post.pictures
        ),
        _tried(post),
        post.attached_count,  # what is in them changes with the post's version
        # "Yesterday" is true for a day.
        (community.timezone, today(community.timezone)) if community else today(),
    )


def _tried(post: Post) -> tuple[Any, ...]:
    """Of a quiz or poll: how long it is, how many have tried, whether it is over."""
    one = post.instrument
    return (one.kind, one.item_count, one.tried_count, one.closed) if one else ()


def _named(person: Person | None) -> str:
    return person.name if person else ""


@dataclass(frozen=True)
class Viewer:
    """What the one who looks brings along."""

    person: Person
    muted: frozenset[uuid.UUID] = frozenset()
    helped: frozenset[uuid.UUID] = frozenset()
    thanked: frozenset[uuid.UUID] = frozenset()
    own: frozenset[uuid.UUID] = frozenset()  # the viewer's among the anonymous ones
    may_write: bool = True
    member: bool = True

    def state(self, post: Post) -> State:
        return State(
            mine=post.author_id == self.person.pk or post.pk in self.own,
            helped=post.pk in self.helped,
            thanked=post.pk in self.thanked,
            muted=post.author_id in self.muted,
            open=self.may_write,
            judges=self.member,
        )


def lay_out(
    posts: Iterable[Post],
    viewer: Viewer,
    community: Community,
    *,
    above: Post | None = None,
    feasts: frozenset[uuid.UUID] = frozenset(),
    unread_from: uuid.UUID | None = None,
    unread: int = 0,
    readers: list[dt.datetime] | None = None,
) -> list[Entry]:
    """The entries in order: day marks, the unread line, and who goes on speaking.

    `above` is the post that already stands above the first one.
    """
    entries = []
    posts = list(posts)
    mark_posts(posts)
    for post in posts:
        new_day = above is None or _day(above) != _day(post)
        line = unread if post.pk == unread_from else 0
        state = replace(
            viewer.state(post),
            feast=post.pk in feasts,
            continued=not new_day and not line and _goes_on(above, post),
        )
        if state.mine and post.kind == Post.Kind.PROMPT and readers is not None:
            state = replace(state, readers=sum(until >= post.created_at for until in readers))
        entries.append(
            Entry(post, state, post.created_at if new_day else None, line, community=community)
        )
        above = post
    return entries


def _day(post: Post) -> dt.date:
    return timezone.localtime(post.created_at).date()


def _goes_on(above: Post | None, post: Post) -> bool:
    return (
        above is not None
        and post.author_id is not None
        and above.author_id == post.author_id
        and above.kind == post.kind == Post.Kind.MESSAGE
        and not gone(above)
        and not gone(post)
        and post.created_at - above.created_at <= TOGETHER
    )


def feasts_among(posts: list[Post], community: Community) -> frozenset[uuid.UUID]:
    """The first celebration of each day among these: it alone goes over the full width."""
    celebrations = [post for post in posts if post.kind == Post.Kind.CELEBRATION and not gone(post)]
    if not celebrations:
        return frozenset()
    first = timezone.localtime(celebrations[0].created_at)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    found: dict[dt.date, uuid.UUID] = {}
    for post in (
        Post.objects.filter(
            community=community,
            room=celebrations[0].room,
            kind=Post.Kind.CELEBRATION,
            removed_at=None,
            hidden_at=None,
            created_at__gte=midnight,
            created_at__lte=celebrations[-1].created_at,
        )
        .order_by("created_at", "id")
        .only("id", "created_at")
    ):
        found.setdefault(_day(post), post.pk)
    return frozenset(found.values())
