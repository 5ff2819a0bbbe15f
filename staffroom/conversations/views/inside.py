"""What the views of this room share."""

import uuid
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from staffroom.communities.models import Community
from staffroom.communities.wall import one_readable_by
from staffroom.conversations import sealed
from staffroom.conversations.actions import anonymous
from staffroom.conversations.forms.extras import FullTray
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import Standing
from staffroom.conversations.queries.facts import Facts
from staffroom.conversations.queries.question import post_of
from staffroom.core import ids, limits, live, once
from staffroom.core.errors import NotYours
from staffroom.people.models import Person

View = Callable[..., HttpResponseBase]


class InsideRequest(HttpRequest):
    """A request that an access rule let into a community."""

    community: Community
    user: Person
    standing: Standing  # once `standing` was asked
    tray: FullTray  # once `tray` was asked


def in_zone(view: View) -> View:
    """Times on the page are those of the community."""

    @wraps(view)
    def zoned(request: InsideRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with timezone.override(ZoneInfo(request.community.timezone)):
            return view(request, *args, **kwargs)

    return zoned


def standing(request: InsideRequest) -> Standing:
    """What the viewer may do here, asked once a request; the access rule has asked the wall."""
    known: Standing | None = request.__dict__.get("standing")
    if known is None or known.community is not request.community:
        known = request.standing = Standing(request.user, request.community)
    return known


def standing_by(request: InsideRequest, facts: Facts) -> Standing:
    """The same, from what was asked already."""
    known = standing(request)
    known.__dict__ |= {"member": facts.member, "moderator": facts.moderates}
    if facts.agreed or not facts.rules:
        known.__dict__["agreed"] = True
    return known


def fragment_wanted(request: HttpRequest) -> bool:
    """Whether our script asks for the piece alone."""
    return request.headers.get("HX-Request") == "true"


def told(
    request: InsideRequest, key: Hashable, look: Callable[[], Any], known: Any
) -> HttpResponseBase:
    """The word that something came, once it does; 204 where the page had better poll."""
    pk = request.community.pk
    line = live.line(
        request,
        key=key,
        look=look,
        known=known,
        allowed=lambda person: one_readable_by(person, pk) is not None,
    )
    return line or HttpResponse(status=204)


def post_here(request: InsideRequest, id: uuid.UUID) -> Post:
    """The post, if it is of this community."""
    post = post_of(request.community, id)
    if post is None:
        raise NotYours
    if post.anonymous and sealed.mine(request.user, [post]):
        once.nameless(request)  # else a row of the outbox would say whose it is
    return post


def position(request: HttpRequest, name: str) -> uuid.UUID | None:
    """A post named in the query string; None for none or nonsense."""
    try:
        return ids.from_short(request.GET.get(name, ""))
    except ValueError:
        return None


def sent_id(request: HttpRequest) -> uuid.UUID | None:
    """The id that the phone (or the server, in the form) made for this post."""
    try:
        return uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        return None


def pace(request: InsideRequest, *, quiet: bool = False) -> None:
    """More than this in ten minutes is a stuck phone or a machine. `quiet`: for what has no name."""
    if quiet:
        once.nameless(request)
        anonymous.pace(request.user)
        return
    limits.take("write", str(request.user.pk), limit=60, seconds=600)


def tray(request: InsideRequest) -> FullTray:
    """The photos, voice and papers of the form; taken once a request."""
    taken: FullTray | None = request.__dict__.get("tray")
    if taken is None:
        taken = request.tray = FullTray.sent(request, request.community)
    return taken


def take_files(request: InsideRequest) -> None:
    """They are made small, and wait for their post, before the post's transaction begins."""
    if request.FILES:
        tray(request)


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page of ours on which the button stood."""
    came = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}):
        return otherwise
    parts = urlsplit(came)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
