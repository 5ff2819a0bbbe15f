"""A room's page, kept for everyone to whom it looks the same.

Most visits find nothing new. Then the page is that of every member in the same state, but for three
small things that belong to the visit: the token of its forms, the id of the next post, the mark by
which the phone keeps drafts apart. These are cut out of what is kept, and put in at each visit.

The wall is asked before this, each time. What the page shows is asked each time too: the facts
(`queries.facts`: the viewer's state in the community) and the posts by id and version make the key, so
nothing has to be taken back when something changes. Whatever is out of the ordinary (something
unread, a draft, a word for me, a report, rules to agree to) is not kept at all.
"""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, When
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import translation

from staffroom.communities.models import Community
from staffroom.conversations.models import Photo, Post, Thanks
from staffroom.conversations.queries.facts import Facts
from staffroom.conversations.queries.stream import PAGE
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core import fragments, looks
from staffroom.core.clock import today
from staffroom.core.ids import short, uuid7
from staffroom.core.prepared import Prepared

TOKEN, NEXT_ID, PHONE = "\x00t", "\x00i", "\x00p"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_NEXT_ID = re.compile(r'name="id" value="([^"]+)"')
_PHONE = re.compile(r' data-me="([^"]+)"')


def _newest(community: uuid.UUID, room: str, person: uuid.UUID) -> QuerySet[Any, Any]:
    """All that an entry shows of its post and to this viewer, one more than a page has."""
    photos = Photo.objects.filter(post=OuterRef("pk")).order_by().values("post")
    return (
        Post.objects.filter(community=community, room=room, question=None)
        .order_by("-created_at", "-id")
        .annotate(
            mine=Case(When(author=person, then=True), default=False),
            thanked=Exists(Thanks.objects.filter(post=OuterRef("pk"), person=person)),
        )
        .annotate(shots=Subquery(photos.annotate(n=Count("pk")).values("n")))
        .values_list(
            "pk",
            "mine",
            "kind",
            "created_at",
            "anonymous",
            "removed_at",
            "hidden_at",
            "version",
            "thanked",
            "author",
            "answer_count",
            "helped_count",
            "thanks_count",
            "attached_count",
            "shots",
            "author__name",
            "about__name",
            "quotes__removed_at",
            "quotes__hidden_at",
            "quotes__anonymous",
            "quotes__author__name",
            "trust_version",
            "quotes__trust_version",
            # Whether its last day has passed is told by today, which is in the key.
            "instrument__item_count",
            "instrument__tried_count",
            "instrument__closed_at",
        )[: PAGE + 1]
    )


_NEWEST = Prepared(_newest, uuid.UUID, str, uuid.UUID)
_LAST = Prepared(
    lambda community, room: (
        Post.objects.filter(community=community, room=room, question=None)
        .order_by("-created_at", "-id")
        .values_list("pk")[:1]
    ),
    uuid.UUID,
    str,
)


def newest(community: uuid.UUID, room: str) -> uuid.UUID | None:
    """The last post of a room."""
    return next((row[0] for row in _LAST.rows(community, room)), None)


def is_newest(community: Community, room: str, post: uuid.UUID | None) -> bool:
    """Whether nothing came after `post`: what most polls ask."""
    return post is not None and newest(community.pk, room) == post


def key_for(
    request: InsideRequest, room: str, facts: Facts, above: Sequence[dict[str, Any]] = ()
) -> tuple[Any, ...] | None:
    """All that this visitor's page shows; None where it is not one of those that are kept.

    `above`: what other rooms put above the stream, which may be for some alone or for an hour.
    """
    if request.method != "GET" or request.GET or _has_something_to_say(request):
        return None
    community, person = request.community, request.user
    if community.stage != Community.Stage.OPEN:
        return None
    if not facts.ordinary or facts.read_until is None or facts.unread:
        return None
    rows = _NEWEST.untouched(community.pk, room, person.pk)
    if not rows or not _the_same_for_all(rows):
        return None
    # What is asked by `ordinary` and `unread` is the same on every page that is kept.
    shown = replace(facts, read_until=None)
    own = tuple(getattr(community, field.attname) for field in Community._meta.concrete_fields)
    return (
        "room",
        room,
        translation.get_language(),
        (looks.now(), person.letters),
        repr(own),
        shown,
        tuple(rows),
        repr(list(above)),
        today(community.timezone),
    )


def _the_same_for_all(rows: list[tuple[Any, ...]]) -> bool:
    oldest = rows[min(PAGE, len(rows)) - 1]
    for row in rows[:PAGE]:
        _pk, mine, kind, created_at, anonymous, removed_at, hidden_at = row[:7]
        if kind == Post.Kind.PROMPT and mine:  # tells how many have read it
            return False
        if anonymous and (removed_at or hidden_at):  # shows its author a way to it
            return False
        # Whether it is its day's first may depend on what stands above the page.
        if kind == Post.Kind.CELEBRATION and len(rows) > PAGE and _near(created_at, oldest[3]):
            return False
    return True


def _near(one: Any, other: Any) -> bool:
    return _moment(one) - _moment(other) < dt.timedelta(days=1)


def _moment(value: Any) -> dt.datetime:
    """A moment as a driver gives it: SQLite knows texts alone."""
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else value


def _has_something_to_say(request: InsideRequest) -> bool:
    return "messages" in request.COOKIES or "_messages" in request.session


def found(request: InsideRequest, key: tuple[Any, ...] | None) -> HttpResponse | None:
    """The page under this key, with what belongs to this visit."""
    html = fragments.find(key) if key is not None else None
    if html is None:
        return None
    html = html.replace(TOKEN, get_token(request)).replace(NEXT_ID, str(uuid7()))
    return HttpResponse(html.replace(PHONE, _phone(request)))


def keep(request: InsideRequest, key: tuple[Any, ...] | None, response: HttpResponse) -> None:
    """Keep the page for others in the same state, without what belongs to this visit."""
    if key is None or response.status_code != 200:
        return
    html = response.content.decode()
    for marked, pattern in ((TOKEN, _TOKEN), (NEXT_ID, _NEXT_ID), (PHONE, _PHONE)):
        html = pattern.sub(lambda hit, mark=marked: hit[0].replace(hit[1], mark), html)  # type: ignore[misc]
    if not _belongs_to_one(request, html):
        fragments.keep(key, html)


def _belongs_to_one(request: InsideRequest, html: str) -> bool:
    """Whether anything is left in it that is this visitor's alone."""
    person = request.user
    marks = [str(person.pk), person.pk.hex, short(person.pk), get_token(request)]
    marks += [request.session.session_key or "\x00", 'class="flash"']
    return any(mark in html for mark in marks)


def _phone(request: InsideRequest) -> str:
    return short(request.user.pk)[-6:]
