"""Learning by doing, in a private copy of a community. Nothing here reaches anybody."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from staffroom.communities.queries.zones import zone_of
from staffroom.conversations.actions.writing import clean
from staffroom.conversations.forms.reports import ReportForm
from staffroom.conversations.forms.writing import AskForm
from staffroom.conversations.views.post import kind_words
from staffroom.conversations.views.write import typed
from staffroom.core import access, flash, limits
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.people.models import Person
from staffroom.people.views import _back
from staffroom.web.practice import actions, queries
from staffroom.web.practice import room as rooms
from staffroom.web.practice.drawing import draw
from staffroom.web.practice.exercises import EXERCISES, after
from staffroom.web.practice.forms import PracticeTray

Post = rooms.Post
View = Callable[..., HttpResponseBase]


class Visit(HttpRequest):
    """A request of somebody signed in, with what the practice pages are made of."""

    user: Person
    corner: rooms.Corner
    here: rooms.Community


def visit(view: View) -> View:
    """Their own corner, their own clock."""

    @access.signed_in
    @wraps(view)
    def visiting(request: Visit, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.corner = queries.corner_of(request.user)
        request.here = rooms.community()
        with timezone.override(zone_of(request.user)):
            return view(request, *args, **kwargs)

    return visiting


@visit
@require_GET
def practice(request: Visit) -> HttpResponse:
    """The six exercises, and which of them are done."""
    done = request.corner.done
    context = {
        "tab": "me",
        "exercises": [(each, each.key in done) for each in EXERCISES.values()],
        "following": after(done),
        "done": len(done),
        "corner": request.corner,
        "next": _back.wanted(request),
        "juma": rooms.JUMAS,
    }
    return render(request, "web/practice/home.html", context)


@visit
@require_POST
def skip(request: Visit) -> HttpResponse:
    actions.skip(person=request.user)
    flash.say(request, _("The practice corner waits for you on the page Me."))
    return redirect(_back.after(request))


@visit
@require_POST
def begin_again(request: Visit) -> HttpResponse:
    actions.begin_again(person=request.user)
    return redirect("practice")


@visit
@require_GET
def done(request: Visit, exercise: str) -> HttpResponse:
    """What just happened, and who would have seen it."""
    this = EXERCISES.get(exercise)
    if this is None:
        raise NotYours
    context = {
        "tab": "me",
        "this": this,
        "photo": request.corner.tries.get(exercise, {}).get("photo"),
        "following": after(request.corner.done, exercise),
        "juma": rooms.JUMAS,
    }
    return render(request, "web/practice/done.html", context)


@visit
def room(request: Visit, **rest: Any) -> HttpResponse:
    """The lessons, as in every community."""
    if request.method == "POST":
        return _say(request)
    return _room(request)


def _say(request: Visit) -> HttpResponse:
    text, tray = request.POST.get("text", ""), PracticeTray.practised(request)
    try:
        _pace(request)
        tray.check()
        text = clean(text, blank=bool(tray.sizes))
    except Refused as refusal:
        return _room(request, status=422, text=text, refusal=tray.said(refusal), tray=tray)
    photo = tray.sizes[0] if tray.sizes else None
    _tried(request, "photo", done=bool(photo), text=text, photo=photo)
    if photo:
        return redirect("practice_done", "photo")
    flash.say(request, _("Your message stands below. For the photo: the plus, then Photo."))
    return redirect("practice_room")


def _room(request: Visit, status: int = 200, **kept: Any) -> HttpResponse:
    found = rooms.posts(request.here, request.user, request.corner)
    context = {
        "community": request.here,
        "member_count": 5,
        "room": "lessons",
        "entries": rooms.entries(found, request.here, request.user, request.corner),
        "menu": [{"url": _to("practice_leave"), "icon": "out", "words": _("Leave")}],
        "ask_url": _to("practice_ask"),
        **_composer(request, "practice_room", _("Message")),
    }
    exercise = request.GET.get("try", "")
    return draw(
        request,
        "room",
        request.corner,
        exercise=exercise if exercise in ("photo", "report") else "",
        status=status,
        **context | kept,
    )


@visit
def ask(request: Visit, **rest: Any) -> HttpResponse:
    return _ask(request, quiet=False)


@visit
def ask_without_name(request: Visit, **rest: Any) -> HttpResponse:
    return _ask(request, quiet=True)


def _ask(request: Visit, *, quiet: bool) -> HttpResponse:
    switched = "switch" in request.POST
    sent = request.POST if request.method == "POST" and not switched else None
    start = typed(request) if switched else {}
    form = AskForm(sent, community=request.here, initial=start)
    tray = PracticeTray.practised(request)
    exercise = "anonymous" if quiet or request.GET.get("try") == "anonymous" else "ask"
    if form.is_bound and form.is_valid():
        try:
            _pace(request)
            tray.check()
            return _asked(request, form.cleaned_data, tray, quiet=quiet, exercise=exercise)
        except Refused as refusal:
            tray.refuse(form, refusal)
    context = {
        "community": request.here,
        "form": form,
        "tray": tray,
        "title": _("Ask a question"),
        "do": _("Ask without my name") if quiet else _("Ask"),
        "new_id": uuid7(),
        "back": _to("practice"),
        "draft_place": "" if quiet else exercise,
        "ways": True,
        "quiet": quiet,
        "named_url": _to("practice_ask"),
        "quiet_url": _to("practice_ask_without_name"),
    }
    status = 422 if form.errors or tray.problems else 200
    return draw(request, "ask", request.corner, exercise=exercise, status=status, **context)


def _asked(
    request: Visit, said: dict[str, Any], tray: PracticeTray, *, quiet: bool, exercise: str
) -> HttpResponse:
    text = clean(said["text"])
    if quiet:  # without the words: who wrote them stands nowhere, here either
        _tried(request, "anonymous")
        return redirect("practice_done", "anonymous")
    photo = tray.sizes[0] if tray.sizes else None
    _tried(request, "ask", text=text, topic=said["topic"], grade=said["grade"], photo=photo)
    if exercise == "anonymous":
        flash.say(request, _("It was asked with your name. First tap: Without my name."))
    return redirect("practice_done", "ask")


@visit
def question(request: Visit, example: uuid.UUID, **rest: Any) -> HttpResponse:
    asked = _post(request, example)
    if asked.kind != Post.Kind.QUESTION:
        return redirect("practice_room")
    if request.method == "POST":
        return _answer(request, asked)
    return _question(request, asked)


def _answer(request: Visit, asked: Post) -> HttpResponse:
    text, tray = request.POST.get("text", ""), PracticeTray.practised(request)
    try:
        _pace(request)
        tray.check()
        text = clean(text, blank=bool(tray.sizes))
    except Refused as refusal:
        kept = {"text": text, "refusal": tray.said(refusal), "tray": tray}
        return _question(request, asked, status=422, **kept)
    if asked.pk != rooms.JUMAS:
        flash.say(request, _("This is your own question; colleagues would answer it. Try Juma’s."))
        return redirect("practice_question", rooms.JUMAS)
    photo = tray.sizes[0] if tray.sizes else None
    _tried(request, "answer", text=text, quotes=bool(request.POST.get("quotes")), photo=photo)
    return redirect("practice_done", "answer")


def _question(request: Visit, asked: Post, status: int = 200, **kept: Any) -> HttpResponse:
    found = rooms.answers(request.here, request.user, request.corner, asked)
    shown = rooms.entries(found, request.here, request.user, request.corner)
    for entry in shown:
        entry.template = "conversations/_answer.html"
    juma = asked.pk == rooms.JUMAS
    context = {
        "community": request.here,
        "question": asked,
        "mine": not juma,
        "entries": shown,
        "menu": [{"url": _to("practice_room"), "icon": "talk", "words": _("All")}],
        **_composer(request, "practice_question", _("Your answer"), asked.pk),
    }
    if request.GET.get("quote"):
        name = asked.author.first_name if asked.author else ""
        context |= {"quoted": asked, "quoted_name": name, "quoted_text": ""}
    exercise = "answer" if juma else ""
    return draw(
        request, "question", request.corner, exercise=exercise, status=status, **context | kept
    )


@visit
@require_GET
def more(request: Visit, example: uuid.UUID, **rest: Any) -> HttpResponse:
    """Everything one can do with a post, as far as it can be practised."""
    post = _post(request, example)
    items = [{"url": _stands(post), "icon": "back", "words": _("Where it stands")}]
    if post.author_id != request.user.pk and not post.hidden_at:
        report = {
            "url": _to("practice_report", post.pk),
            "icon": "flag",
            "words": _("Report it"),
            "help": _("The moderator looks at it, not at you."),
        }
        items.append(report)
    context: dict[str, Any] = {
        "community": request.here,
        "post": post,
        "gone": bool(post.hidden_at),
        "kind_words": kind_words(post),
        "stands": _stands(post),
        "items": items,
        "open": False,
    }
    return draw(request, "more", request.corner, exercise="report", **context)


@visit
def report(request: Visit, example: uuid.UUID, **rest: Any) -> HttpResponse:
    post = _post(request, example)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        ours = post.pk == rooms.PETERS
        _tried(request, "report", done=ours, text=form.cleaned_data["reason"])
        if ours:
            return redirect("practice_done", "report")
        flash.say(
            request, _("The moderator would look at it and keep it. Now try Peter’s message.")
        )
        return redirect("practice_room")
    context: dict[str, Any] = {"post": post, "form": form, "back": _stands(post)}
    status = 422 if form.errors else 200
    return draw(request, "report", request.corner, exercise="report", status=status, **context)


@visit
@require_POST
def thank(request: Visit, example: uuid.UUID, **rest: Any) -> HttpResponse:
    post = _post(request, example)
    name = post.author.first_name if post.author else ""
    flash.say(request, _("In a community %(name)s would now see your thanks.") % {"name": name})
    return redirect(_stands(post))


@visit
def leave(request: Visit, **rest: Any) -> HttpResponse:
    name = request.here.name
    if request.method == "POST":
        _tried(request, "leave")
        return redirect("practice_done", "leave")
    context: dict[str, Any] = {
        "title": _("Leave"),
        "question": _("Leave %(name)s?") % {"name": name},
        "text": [
            _("What you wrote stays, with your name. You can remove single posts before you go."),
            _("You no longer read what is written here, and your turn as moderator ends."),
            _("You can ask to return; the members then decide as they did before."),
        ],
        "do": _("Leave"),
        "back": _to("practice_room"),
    }
    return draw(request, "leave", request.corner, exercise="leave", **context)


def _composer(request: Visit, name: str, words: str, *place: uuid.UUID) -> dict[str, Any]:
    """The bar under the thumb; what it sends goes no further than this room."""
    return {
        "may_write": True,
        "new_id": uuid7(),
        "plus": [],
        "tray": PracticeTray(),
        "live": False,
        "write_words": words,
        "send_to": _to(name, *place),
        "draft_place": "practice",
    }


def _post(request: Visit, wanted: uuid.UUID) -> Post:
    """One of the room's posts, invented or one's own."""
    found = rooms.posts(request.here, request.user, request.corner)
    question = next(post for post in found if post.pk == rooms.JUMAS)
    found += rooms.answers(request.here, request.user, request.corner, question)
    for post in found:
        if post.pk == wanted:
            return post
    raise NotYours


def _stands(post: Post) -> str:
    if post.kind == Post.Kind.QUESTION:
        return _to("practice_question", post.pk)
    if post.kind == Post.Kind.ANSWER:
        return _to("practice_question", rooms.JUMAS)
    return _to("practice_room")


def _to(name: str, *place: uuid.UUID) -> str:
    return reverse(name, args=place)


def _tried(request: Visit, exercise: str, *, done: bool = True, **what: Any) -> None:
    actions.tried(
        person=request.user,
        exercise=exercise,
        done=done,
        at=now().isoformat(timespec="seconds"),
        **what,
    )


def _pace(request: Visit) -> None:
    limits.take("write", str(request.user.pk), limit=60, seconds=600)
