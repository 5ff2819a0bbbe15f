"""The bar under the thumb: where one writes, what it offers, or why one cannot."""

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from staffroom.conversations.forms.extras import FullTray
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import Standing, gone
from staffroom.conversations.queries.question import post_of
from staffroom.conversations.quizzing import offered
from staffroom.conversations.views.inside import InsideRequest, position
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.ids import uuid7

Item = dict[str, Any]


def why_not(check: Callable[[], None]) -> str:
    """Empty when the person may write; else the sentence that says why not."""
    try:
        check()
    except Refused as refusal:
        return refusal.message
    except NotYours:
        return _("You support this community as its adviser: answer among the lessons.")
    return ""


def composer(request: InsideRequest, check: Callable[[], None], **more: Any) -> dict[str, Any]:
    """What the template of the composer needs."""
    reason = why_not(check)
    return {
        "may_write": not reason,
        "why_not": reason,
        "new_id": more.pop("new_id", None) or uuid7(),
        "plus": [],
        "tray": FullTray(),
        "draft_url": link("draft", request.community.pk),
        "live": True,
        "write_words": _("Message"),
    } | more


def quoted(request: InsideRequest, name: str) -> dict[str, Any]:
    """The post to which one replies, named in the query string or in the form sent."""
    post = None
    if id := position(request, name):
        post = post_of(request.community, id)
    if post is None or gone(post):
        return {}
    return {"quoted": post, "quoted_name": _called(post), "quoted_text": "", "live": False}


def _called(post: Post) -> str:
    if post.anonymous:
        return _("the colleague who asked")
    return post.author.first_name if post.author and post.author.name else _("a former colleague")


def link(name: str, *arguments: Any) -> str:
    """The address of a page that another part of the house may not have yet."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def plus_items(standing: Standing, room: str) -> list[Item]:
    """What else one may write here."""
    if not can(standing.check_member):
        return []
    query = f"?room={room}" if room == Post.Room.TEA else ""
    pages = [("celebrate", "drum", _("Celebrate a colleague"))]
    if standing.moderator:
        pages.append(("prompt", "pin", _("Put something before all of us")))
    pages.append(("plan_new", "pen", _("Plan a lesson together")))
    if offered(standing.community):
        pages.append(("quiz_new", "tried", _("A quiz or puzzle")))
    pages.append(("poll_new", "plus", _("A poll")))
    pages.append(("formula_help", "book", _("How to type formulas")))
    return [
        {"url": link(name, standing.community.pk) + query, "icon": icon, "words": words}
        for name, icon, words in pages
    ]
