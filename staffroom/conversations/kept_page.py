"""A room's page, kept for everyone to whom it looks the same.

Most visits find nothing new. Then the page is that of every member in the same state, but for three
small things that belong to the visit: the token of its forms, the id of the next post, the mark by
which the phone keeps drafts apart. These are cut out of what is kept, and put in at each visit.

The wall is asked before this, each time. What the page shows is asked each time too: two queries
(the posts of the page by id and version; the community and the viewer's state in it) make the key, so
nothing has to be taken back when something changes. Whatever is out of the ordinary (something
unread, a draft, a word for me, a report, rules to agree to) is not kept at all.
"""

import datetime as dt
import re
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import translation

from staffroom.communities.models import (
    Community,
    GroundRules,
    LeverChoice,
    Membership,
    RuleAgreement,
    Term,
)
from staffroom.conversations.models import (
    Decision,
    Draft,
    Mute,
    Photo,
    Post,
    ReadMark,
    Report,
    Thanks,
)
from staffroom.conversations.queries.stream import PAGE
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core import fragments
from staffroom.core.clock import today
from staffroom.core.ids import short, uuid7
from staffroom.core.prepared import Prepared

TOKEN, NEXT_ID, PHONE = "\x00t", "\x00i", "\x00p"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_NEXT_ID = re.compile(r'name="id" value="([^"]+)"')
_PHONE = re.compile(r' data-me="([^"]+)"')


def _newest(community: uuid.UUID, room: str) -> QuerySet[Any, Any]:
    """All that an entry shows of its post, one more than a page has. Columns: `Row`."""
    photos = Photo.objects.filter(post=OuterRef("pk")).order_by().values("post")
    return (
        Post.objects.filter(community=community, room=room, question=None)
        .order_by("-created_at", "-id")
        .annotate(shots=Subquery(photos.annotate(n=Count("pk")).values("n")))
        .values_list(
            "pk",
            "author",
            "kind",
            "created_at",
            "anonymous",
            "removed_at",
            "hidden_at",
            "version",
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
        )[: PAGE + 1]
    )


def _facts(community: uuid.UUID, person: uuid.UUID, room: str) -> QuerySet[Any, Any]:
    """Of the community and of this viewer in it. Columns: `Facts`."""
    here = {"community": OuterRef("pk")}
    members = Membership.objects.filter(**here, state=Membership.State.ACTIVE).order_by()
    terms = Term.objects.filter(**here, starts__isnull=False, ended_at=None)
    moderation = LeverChoice.objects.filter(programme=OuterRef("programme"), lever="moderation")
    words = Decision.objects.filter(
        Q(post__author=person) | Q(post__anonymous=True),
        post__community=OuterRef("pk"),
        seen_at=None,
        undone_at=None,
    )
    rules = GroundRules.objects.filter(**here)
    versions = GroundRules.objects.filter(community=OuterRef(OuterRef("pk")))
    in_force = versions.filter(in_force_since__isnull=False).order_by("-version").values("pk")[:1]
    pinned = Post.objects.filter(
        **here, room=room, question=None, pinned_at__isnull=False, removed_at=None, hidden_at=None
    ).values("version")
    read = ReadMark.objects.filter(**here, person=person, room=room, question=None).values("until")
    count = members.values("community").annotate(n=Count("pk")).values("n")
    return Community.objects.filter(pk=community).values_list(
        Coalesce(Subquery(count), 0, output_field=IntegerField()),
        Exists(members.filter(person=person)),
        Exists(terms),
        Exists(terms.filter(person=person)),
        Subquery(moderation.filter(community=OuterRef("pk")).values("value")[:1]),
        Subquery(moderation.filter(community=None).values("value")[:1]),
        Subquery(moderation.filter(community=None).values("left_to_community")[:1]),
        Subquery(read[:1]),
        Subquery(pinned.values("pk")[:1]),
        Subquery(pinned[:1]),
        Exists(Report.objects.filter(post__community=OuterRef("pk"), decision=None)),
        Exists(words),
        Exists(Draft.objects.filter(**here, person=person, place=room)),
        Exists(Mute.objects.filter(person=person)),
        Exists(rules.filter(in_force_since=None, withdrawn_at=None)),
        Exists(rules.filter(in_force_since__isnull=False)),
        Exists(RuleAgreement.objects.filter(person=person, rules__in=Subquery(in_force))),
    )


_NEWEST = Prepared(_newest, uuid.UUID, str)
_FACTS = Prepared(_facts, uuid.UUID, uuid.UUID, str)
_THANKED = Prepared(
    lambda person, community: Thanks.objects.filter(
        person=person, post__community=community
    ).values_list("post"),
    uuid.UUID,
    uuid.UUID,
)
_LAST = Prepared(
    lambda community, room: (
        Post.objects.filter(community=community, room=room, question=None)
        .order_by("-created_at", "-id")
        .values_list("pk")[:1]
    ),
    uuid.UUID,
    str,
)


@dataclass(frozen=True)
class Facts:
    members: int
    member: bool
    moderated: bool
    moderates: bool
    moderation: str | None
    moderation_here: str | None
    moderation_left: bool | None
    read_until: dt.datetime | None
    pinned: uuid.UUID | None
    pinned_version: int | None
    reports: bool
    words: bool
    draft: bool
    mutes: bool
    proposed: bool
    rules: bool
    agreed: bool

    @property
    def ordinary(self) -> bool:
        """Nothing on the page is this person's own business just now."""
        waits = self.reports or self.words or self.draft or self.mutes or self.proposed
        return not waits and (self.agreed or not self.rules or not self.member)


def is_newest(community: Community, room: str, post: uuid.UUID | None) -> bool:
    """Whether nothing came after `post`: what most polls ask."""
    return post is not None and _LAST.rows(community.pk, room) == [(post,)]


def key_for(request: InsideRequest, room: str) -> tuple[Any, ...] | None:
    """All that this visitor's page shows; None where it is not one of those that are kept."""
    if request.method != "GET" or request.GET or _has_something_to_say(request):
        return None
    community, person = request.community, request.user
    if community.stage != Community.Stage.OPEN:
        return None
    facts = Facts(*_FACTS.first(community.pk, person.pk, room))
    rows = _NEWEST.rows(community.pk, room)
    if not facts.ordinary or not rows or not _nothing_new(facts, rows, person.pk):
        return None
    thanked = {post for (post,) in _THANKED.rows(person.pk, community.pk)}
    state = tuple((row[1] == person.pk, row[0] in thanked) for row in rows)
    # What is asked by `ordinary` and `_nothing_new` is the same on every page that is kept.
    shown = replace(facts, read_until=None)
    own = tuple(getattr(community, field.attname) for field in Community._meta.concrete_fields)
    return (
        "room",
        room,
        translation.get_language(),
        (person.text_only, person.letters),
        repr(own),
        shown,
        tuple(rows),
        state,
        today(community.timezone),
    )


def _nothing_new(facts: Facts, rows: list[tuple[Any, ...]], person: uuid.UUID) -> bool:
    newest, oldest = rows[0], rows[min(PAGE, len(rows)) - 1]
    if facts.read_until is None or facts.read_until < newest[3]:
        return False
    for row in rows[:PAGE]:
        _pk, author, kind, created_at, anonymous, removed_at, hidden_at = row[:7]
        if kind == Post.Kind.PROMPT and author == person:  # tells how many have read it
            return False
        if anonymous and (removed_at or hidden_at):  # shows its author a way to it
            return False
        # Whether it is its day's first may depend on what stands above the page.
        if kind == Post.Kind.CELEBRATION and len(rows) > PAGE and _near(created_at, oldest[3]):
            return False
    return True


def _near(one: dt.datetime, other: dt.datetime) -> bool:
    return one - other < dt.timedelta(days=1)


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
