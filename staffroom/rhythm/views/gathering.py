"""The hour while it lasts: who is here by choice, the question, what is said, and a place to write."""

import uuid
import zlib
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staffroom.communities.access import inside
from staffroom.conversations.actions import say
from staffroom.conversations.actions.drafts import forget
from staffroom.conversations.forms import doubtful, formulas
from staffroom.conversations.forms.extras import FullTray
from staffroom.conversations.models import Post
from staffroom.conversations.queries import drafts
from staffroom.conversations.queries import stream as asking
from staffroom.conversations.queries.facts import facts_of
from staffroom.conversations.views import inside as here
from staffroom.conversations.views import stream
from staffroom.conversations.views.composer import composer, link
from staffroom.core import flash, ids
from staffroom.core.errors import Refused, can
from staffroom.rhythm.actions.hour import say_here
from staffroom.rhythm.hour import Hour
from staffroom.rhythm.models import Presence
from staffroom.rhythm.queries import hour as meeting
from staffroom.rhythm.views.common import InsideRequest, page

ROOM = Post.Room.LESSONS


@require_http_methods(["GET", "HEAD", "POST"])
@inside
@here.in_zone
def gathering(request: InsideRequest, **rest: Any) -> HttpResponse:
    """While it lasts; before and after, the page about our hour."""
    now_on = meeting.meeting_now(request.community)
    if request.method == "POST":
        return _say(request, now_on)
    if now_on is None:
        return redirect("hour", request.community.pk)
    return _page(request, now_on)


def _say(request: InsideRequest, now_on: Hour | None) -> HttpResponse:
    """Written into the lessons, where it stays; when the hour is just over, too."""
    community, text = request.community, request.POST.get("text", "")
    id, tray = here.sent_id(request), FullTray.sent(request, request.community)
    try:
        here.pace(request)
        tray.check()
        formulas.check(request, text)
        doubtful.check(request, community, text)
        post = say(
            by=request.user,
            community=community,
            text=text,
            room=ROOM,
            id=id,
            photos=tray.ids,
            attached=tray.attached,
        )
    except Refused as refusal:
        if now_on is None:
            flash.say(request, refusal.message)
            return redirect("stream", community.pk)
        said = tray.said(refusal)
        return _page(request, now_on, status=422, text=text, refusal=said, new_id=id, tray=tray)
    forget(by=request.user, community=community, place=ROOM)
    if here.fragment_wanted(request):
        above = asking.older(asking.room_posts(community, ROOM), post)
        shown = list(asking.with_people(Post.objects.filter(pk=post.pk)))
        last = above.order_by("-created_at", "-id").first()
        return HttpResponse(_entries(request, shown, last))
    name = "gathering" if now_on else "stream"
    return redirect(f"{reverse(name, args=[community.pk])}#bottom")


def _page(request: InsideRequest, now_on: Hour, status: int = 200, **kept: Any) -> HttpResponse:
    community, person = request.community, request.user
    facts = facts_of(community, person, ROOM)
    posts = asking.room_posts(community, ROOM)
    window = asking.newest(posts.filter(created_at__gte=now_on.begins))
    standing = here.standing_by(request, facts)
    asks = can(standing.check_member)
    there = meeting.here(community, now_on)
    last = window.posts[-1] if window.posts else posts.order_by("-created_at", "-id").first()
    until = facts.read_until
    if until and not posts.filter(created_at__gt=until, created_at__lt=now_on.begins).exists():
        stream.mark(request, ROOM, window.posts, until)  # all that was said before was read
    context: dict[str, Any] = {
        "here": reverse("gathering", args=[community.pk]),
        "entries": stream.entries_of(request, window.posts, facts),
        "window": window,
        "room": ROOM,
        "cursor": _cursor(last, there),
        "poll": reverse("gathering_new", args=[community.pk]),
        "question": meeting.question(community),
        "ask_url": link("ask", community.pk) if asks else "",
        "send_to": reverse("gathering", args=[community.pk]),
        "draft_place": ROOM,
        **_presence(request, there),
    }
    context |= composer(request, lambda: standing.check_say(ROOM))
    if not kept and facts.draft:
        context |= drafts.shown(person, community, ROOM)
    response = page(request, "gathering", **(context | kept))
    response.status_code = status
    return response


def _presence(request: InsideRequest, there: list[Presence]) -> dict[str, Any]:
    mine = any(each.person_id == request.user.pk for each in there)
    return {"there": there, "i_am_here": mine, "community": request.community}


def _entries(request: InsideRequest, posts: list[Post], above: Post | None) -> str:
    entries = stream.entries_of(request, posts, above=above)
    return render_to_string("conversations/_entries.html", {"entries": entries}, request)


@require_safe
@inside
@here.in_zone
def gathering_new(request: InsideRequest, **rest: Any) -> HttpResponse:
    """What was said since, and who is here if that has changed; 204 when nothing has."""
    community = request.community
    now_on = meeting.meeting_now(community)
    if now_on is None:
        return HttpResponse(status=204)
    mark, _dot, known = request.GET.get("after", "").partition(".")
    posts = Post.objects.filter(community=community, question=None)
    above = asking.find(posts, _position(mark))
    since = asking.room_posts(community, ROOM).filter(created_at__gte=now_on.begins)
    new = asking.after(since, above).posts
    there = meeting.here(community, now_on)
    if not new and _print(there) == known:
        return HttpResponse(status=204)
    body = _entries(request, new, above) if new else ""
    if _print(there) != known:
        body += render_to_string("rhythm/_here.html", _presence(request, there), request)
    response = HttpResponse(body)
    response["X-Cursor"] = _cursor(new[-1] if new else above, there)
    return response


def _position(mark: str) -> uuid.UUID | None:
    try:
        return ids.from_short(mark)
    except ValueError:
        return None


def _cursor(last: Post | None, there: list[Presence]) -> str:
    """The last post that is shown, and a print of who is here."""
    return f"{ids.short(last.pk) if last else ''}.{_print(there)}"


def _print(there: list[Presence]) -> str:
    return f"{zlib.crc32(b''.join(each.pk.bytes for each in there)):x}"


@require_POST
@inside
@here.in_zone
def gathering_here(request: InsideRequest, **rest: Any) -> HttpResponse:
    """ "I am here", with one tap; "gone" takes it back."""
    community = request.community
    try:
        say_here(by=request.user, community=community, there="gone" not in request.POST)
    except Refused as refusal:
        flash.say(request, refusal.message)
        return redirect("hour", community.pk)
    now_on = meeting.meeting_now(community)
    if here.fragment_wanted(request) and now_on:
        context = _presence(request, meeting.here(community, now_on))
        return render(request, "rhythm/_here.html", context)
    return redirect("gathering", community.pk)
