"""Buttons on a post: each sends one act, and the page comes back where one was."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from staffroom.communities.access import inside
from staffroom.conversations import actions
from staffroom.conversations.actions import report as reporting
from staffroom.conversations.models import Post
from staffroom.conversations.queries import stream as asking
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.inside import InsideRequest
from staffroom.conversations.views.question import answer_entries
from staffroom.conversations.views.stream import entries_of
from staffroom.conversations.views.where import stands
from staffroom.core import limits, once
from staffroom.core.ids import short

Act = Callable[[InsideRequest, Post], None]


def _button(act: Act, either: str = "") -> Callable[..., Any]:
    """A view that does `act` and shows the post anew: the piece alone to our script.

    `either` names what two views do and undo: the later of both wins, whichever arrives first.
    """

    @require_POST
    @inside
    @once.either(either, "post")
    @here.in_zone
    def press(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
        pressed = here.post_here(request, post)
        act(request, pressed)
        if here.fragment_wanted(request):
            return _piece(request, pressed)
        came = here.came_from(request, "")
        return redirect(f"{came}#p-{short(pressed.pk)}" if came else stands(pressed))

    return press


def _piece(request: InsideRequest, post: Post) -> HttpResponse:
    shown = list(asking.with_people(Post.objects.filter(pk=post.pk)))
    if post.question_id is not None:
        return HttpResponse("".join(entry.html for entry in answer_entries(request, shown)))
    room = asking.room_posts(request.community, post.room)
    above = asking.older(room, post).order_by("-created_at", "-id").first()
    entries = entries_of(request, shown, above=above)
    return HttpResponse("".join(entry.html for entry in entries))


def _flag(request: InsideRequest, post: Post) -> None:
    """A pupil can be seen: where the photo stood, everyone reads that the moderator looks."""
    limits.take("report", str(request.user.pk), limit=20, seconds=24 * 3600)
    reporting.flag(by=request.user, post=post)


help_ = _button(lambda request, post: actions.help(by=request.user, answer=post), "helped")
unhelp = _button(lambda request, post: actions.unhelp(by=request.user, answer=post), "helped")
thank = _button(lambda request, post: actions.thank(by=request.user, post=post), "thanks")
unthank = _button(lambda request, post: actions.unthank(by=request.user, post=post), "thanks")
solve = _button(lambda request, post: actions.solve(by=request.user, question=post), "solved")
reopen = _button(lambda request, post: actions.reopen(by=request.user, question=post), "solved")
pin = _button(lambda request, post: actions.pin(by=request.user, post=post), "pin")
unpin = _button(lambda request, post: actions.unpin(by=request.user, post=post), "pin")
flag = _button(lambda request, post: _flag(request, post))
restore = _button(lambda request, post: actions.restore(by=request.user, post=post))
