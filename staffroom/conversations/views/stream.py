"""A community's page: its two rooms, and what is new while it is open."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from staffroom.communities.access import inside
from staffroom.conversations import hooks, kept_page, sealed
from staffroom.conversations.actions.drafts import forget
from staffroom.conversations.actions.mention import seen
from staffroom.conversations.actions.read import mark_read
from staffroom.conversations.actions.say import say
from staffroom.conversations.entries import Entry, Viewer, feasts_among, lay_out
from staffroom.conversations.forms import doubtful, formulas
from staffroom.conversations.models import Post
from staffroom.conversations.queries import drafts
from staffroom.conversations.queries import stream as asking
from staffroom.conversations.queries.facts import Facts, facts_of
from staffroom.conversations.queries.mutes import muted_ids
from staffroom.conversations.queries.question import post_of, thanked_by
from staffroom.conversations.queries.reports import Case, cases_for, words_for
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.composer import composer, plus_items, quoted
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core import ids, live, once
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.templatetags.ui import hour
from staffroom.core.words import weekday


@require_http_methods(["GET", "HEAD", "POST"])
@inside
@once.beforehand(here.take_files)
@here.in_zone
def stream(request: InsideRequest, **rest: Any) -> HttpResponse:
    """The lessons; `?room=tea` leads to the tea corner."""
    if request.method == "GET" and request.GET.get("room") == Post.Room.TEA:
        return redirect("tea", request.community.pk)
    return _room(request, Post.Room.LESSONS)


@require_http_methods(["GET", "HEAD", "POST"])
@inside
@once.beforehand(here.take_files)
@here.in_zone
def tea(request: InsideRequest, **rest: Any) -> HttpResponse:
    return _room(request, Post.Room.TEA)


@require_GET
@inside
@here.in_zone
def new_posts(request: InsideRequest, **rest: Any) -> HttpResponseBase:
    """What came after the cursor, as entries to append; 204 when nothing did. Or the word that it did."""
    room = request.GET.get("room", Post.Room.LESSONS)
    if room not in Post.Room.values:
        raise NotYours
    after = here.position(request, "after")
    if live.wanted(request):
        pk = request.community.pk
        return here.told(request, (pk, room), lambda: kept_page.newest(pk, room), after)
    if kept_page.is_newest(request.community, room, after):
        return HttpResponse(status=204)
    posts = asking.room_posts(request.community, room)
    # By its place in time: it may have been moved to the other room meanwhile.
    above = asking.find(Post.objects.filter(community=request.community, question=None), after)
    window = asking.after(posts, above)
    if not window.posts:
        return HttpResponse(status=204)
    until = asking.read_until(request.user, request.community, room)
    if above is None or (until is not None and until >= above.created_at):
        mark(request, room, window.posts, until)  # else something unread stands before the cursor
    response = _fragment(request, window.posts, above)
    response["X-Cursor"] = ids.short(window.posts[-1].pk)
    return response


def _room(request: InsideRequest, room: str) -> HttpResponse:
    if request.method == "POST":
        return _say(request, room)
    facts = facts_of(request.community, request.user, room)
    above = _above(request)
    key = kept_page.key_for(request, room, facts, above)
    if (kept := kept_page.found(request, key)) is not None:
        return kept
    response = _page(request, room, facts, notices=above)
    kept_page.keep(request, key, response)
    return response


def _say(request: InsideRequest, room: str) -> HttpResponse:
    text, id = request.POST.get("text", ""), here.sent_id(request)
    reply, tray = _reply(request), here.tray(request)
    try:
        here.pace(request)
        tray.check()
        formulas.check(request, text)
        doubtful.check(request, request.community, text)
        post = say(
            by=request.user,
            community=request.community,
            text=text,
            room=room,
            quotes=reply,
            quoted_text=request.POST.get("quoted_text", ""),
            id=id,
            written_at=once.written_at(request),
            photos=tray.ids,
            attached=tray.attached,
        )
    except Refused as refusal:
        kept: dict[str, Any] = {"text": text, "refusal": tray.said(refusal), "new_id": id}
        kept["tray"] = tray
        if reply:
            kept |= {"quoted": reply, "quoted_text": request.POST.get("quoted_text", "")}
        facts = facts_of(request.community, request.user, room)
        return _page(request, room, facts, status=422, **kept)
    forget(by=request.user, community=request.community, place=room)
    if here.fragment_wanted(request):
        above = asking.older(asking.room_posts(request.community, room), post)
        shown = list(asking.with_people(Post.objects.filter(pk=post.pk)))
        return _fragment(request, shown, above.order_by("-created_at", "-id").first())
    return redirect(f"{_address(request, room)}#bottom")


def _reply(request: InsideRequest) -> Post | None:
    try:
        return post_of(request.community, uuid.UUID(request.POST.get("quotes", "")))
    except ValueError:
        return None


def _address(request: InsideRequest, room: str) -> str:
    return reverse("tea" if room == Post.Room.TEA else "stream", args=[request.community.pk])


def _fragment(request: InsideRequest, posts: list[Post], above: Post | None) -> HttpResponse:
    entries = entries_of(request, posts, above=above)
    return render(request, "conversations/_entries.html", {"entries": entries})


def entries_of(
    request: InsideRequest, posts: list[Post], facts: Facts | None = None, **layout: Any
) -> list[Entry]:
    """The posts as they stand for this viewer; `facts` spares what they know already."""
    community, person = request.community, request.user
    standing = here.standing_by(request, facts) if facts else here.standing(request)
    mutes = facts is None or facts.mutes
    viewer = Viewer(
        person=person,
        muted=frozenset(muted_ids(person) if mutes else ()),
        thanked=frozenset(thanked_by(person, posts)),
        own=sealed.mine(person, posts),
        may_write=can(standing.check_open),
    )
    mine = [post for post in posts if post.kind == Post.Kind.PROMPT and post.author == person]
    readers = asking.readers(community, mine[0].room, person) if mine else None
    return lay_out(
        posts,
        viewer,
        community,
        feasts=feasts_among(posts, community),
        readers=readers,
        **layout,
    )


def _above(request: InsideRequest) -> list[dict[str, Any]]:
    """What other rooms have to say above the stream."""
    return [row for rows in hooks.above.call(request=request) for row in rows]


def _page(
    request: InsideRequest,
    room: str,
    facts: Facts,
    status: int = 200,
    notices: list[dict[str, Any]] | None = None,
    **kept: Any,
) -> HttpResponse:
    community, person = request.community, request.user
    posts = asking.room_posts(community, room)
    window = _window(request, posts, room)
    until = facts.read_until
    layout, above = _unread(request, posts, window, until)
    entries = entries_of(request, window.posts, facts, **layout)
    at_end = not window.later
    if not above or "skip" in request.GET:
        mark(request, room, window.posts, until)
    standing = here.standing_by(request, facts)
    asks = room != Post.Room.TEA and can(standing.check_member)
    ask_url = reverse("ask", args=[community.pk]) if asks else ""
    address = _address(request, room)
    pinned = asking.pinned(community, room) if facts.pinned else None
    cases = cases_for(person, community) if facts.reports else []
    context = {
        "community": community,
        "room": room,
        "here": address,
        "tab": "communities",
        "entries": entries,
        "window": window,
        "last": window.posts[-1].pk if window.posts else None,
        "cursor": ids.short(window.posts[-1].pk) if window.posts else "",
        "poll": f"{reverse('new_posts', args=[community.pk])}?room={room}" if at_end else "",
        "member_count": facts.members,
        "set_time": _set_time(request),
        "menu": _menu(request, cases),
        "pinned": pinned if pinned and pinned not in window.posts else None,
        "ask_url": ask_url,
        "send_to": address,
        "draft_place": room,
        "word": words_for(person, community) if facts.words else None,
        "cases": len(cases),
        "above": _above(request) if notices is None else notices,
        **above,
    }
    context |= composer(
        request,
        lambda: standing.check_say(room),
        plus=plus_items(standing, room),
        live=at_end,
    )
    if not kept and facts.draft:
        context |= drafts.shown(person, community, room)
    context |= quoted(request, "reply") | kept
    return render(request, "conversations/stream.html", context, status=status)


def _window(request: InsideRequest, posts: Any, room: str) -> asking.Window:
    for name, show in (("before", asking.before), ("after", asking.after), ("at", asking.around)):
        if post := asking.find(posts, here.position(request, name)):
            return show(posts, post)
    return asking.newest_in(request.community, room)


def _unread(
    request: InsideRequest, posts: Any, window: asking.Window, until: dt.datetime | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Where the unread line stands on this page, or how to jump to it."""
    if until is None or not window.posts:
        return {}, {}
    if window.posts[-1].created_at <= until:
        return {}, {}
    new = asking.unread(posts, request.user, until).exclude(author__in=muted_ids(request.user))
    if own := sealed.among(request.user, new.filter(anonymous=True).order_by().values("pk")):
        new = new.exclude(pk__in=own)
    count = new.count()
    first = new.order_by("created_at", "id").first() if count else None
    if first is None:
        return {}, {}
    if any(post.pk == first.pk for post in window.posts):
        return {"unread_from": first.pk, "unread": count}, {}
    return {}, {"first_unread": first.pk, "unread": count}


def mark(request: InsideRequest, room: str, posts: list[Post], until: dt.datetime | None) -> None:
    """What is on the page is read; nothing is written when nothing is new.

    One's own anonymous question moves no mark: whoever has read it first would be its author.
    """
    own = sealed.mine(request.user, posts)
    posts = [post for post in posts if post.pk not in own]
    if not posts:
        return
    last = posts[-1].created_at
    if until is None or until < last:
        mark_read(by=request.user, community=request.community, room=room, until=last)
        seen(by=request.user, posts=posts)


def _set_time(request: HttpRequest) -> str:
    community = request.community  # type: ignore[attr-defined]
    if community.set_weekday is None or community.set_hour is None:
        return ""
    return f"{weekday(community.set_weekday)} {hour(community.set_hour)}"


def _menu(request: InsideRequest, cases: list[Case]) -> list[dict[str, str]]:
    """A phone's screen of lines: what the community keeps has a page of its own."""
    community = request.community
    standing = here.standing(request)
    search = f"{reverse('search')}?in={ids.short(community.pk)}"
    lines = [
        (reverse("community", args=[community.pk]), "talk", _("About this community")),
        (search, "find", _("Search here")),
        (reverse("kept", args=[community.pk]), "book", _("What we keep")),
        (reverse("rules", args=[community.pk]), "book", _("Our ground rules")),
        (reverse("moderation_log", args=[community.pk]), "eye", _("What was decided, and why")),
        (reverse("mute_community", args=[community.pk]), "ear", _("Mute for a while")),
    ]
    if cases or standing.moderator:
        lines.append((reverse("reports", args=[community.pk]), "flag", _("Reports")))
    if not standing.member:
        lines.append((reverse("trust_desk"), "stamp", _("The adviser’s desk")))
    menu = [{"url": url, "icon": icon, "words": words} for url, icon, words in lines]
    return [*menu, *(line for lines in hooks.menu.call(request=request) for line in lines)]
