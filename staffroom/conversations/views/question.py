"""One question and its answers."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from staffroom.communities.access import inside
from staffroom.conversations import hooks, sealed
from staffroom.conversations.actions.answer import answer, answer_as_asker
from staffroom.conversations.actions.drafts import forget
from staffroom.conversations.actions.mention import seen
from staffroom.conversations.actions.read import mark_read
from staffroom.conversations.entries import Entry, Viewer, lay_out
from staffroom.conversations.forms import doubtful, formulas
from staffroom.conversations.forms.tray import pictures_sent
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import gone
from staffroom.conversations.queries import drafts
from staffroom.conversations.queries.marks import mark_posts
from staffroom.conversations.queries.mutes import muted_ids
from staffroom.conversations.queries.question import (
    SHOWN,
    first_answers,
    helped_me,
    newest_answer,
    post_of,
    question_of,
    thanked_by,
)
from staffroom.conversations.queries.stream import (
    after,
    find,
    question_read_until,
    with_people,
)
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.composer import composer, link, quoted
from staffroom.conversations.views.inside import InsideRequest
from staffroom.conversations.views.notes import of_page
from staffroom.core import live, once
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.ids import short

MOST = 500


def _take_files(request: InsideRequest) -> None:
    """Of what has no name nothing is kept before it is sent: its photos go with the post itself."""
    asked = question_of(request.community, request.resolver_match.kwargs["post"])  # type: ignore[union-attr]
    if asked is not None and not sealed.mine(request.user, [asked]):
        here.take_files(request)


@require_http_methods(["GET", "HEAD", "POST"])
@inside
@once.beforehand(_take_files)
@here.in_zone
def question(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    asked = question_of(request.community, post)
    if asked is None:
        raise NotYours
    if request.method == "POST":
        return _answer(request, asked)
    return _page(request, asked)


def _answer(request: InsideRequest, asked: Post) -> HttpResponse:
    if sealed.mine(request.user, [asked]):
        return _answer_as_asker(request, asked)
    text, id, passage = request.POST.get("text", ""), here.sent_id(request), _passage(request)
    tray = here.tray(request)
    try:
        here.pace(request)
        tray.check()
        formulas.check(request, text)
        doubtful.check(request, request.community, text)
        written = answer(
            by=request.user,
            question=asked,
            text=text,
            id=id,
            written_at=once.written_at(request),
            photos=tray.ids,
            attached=tray.attached,
            **passage,
        )
    except Refused as refusal:
        kept: dict[str, Any] = {"text": text, "refusal": tray.said(refusal), "new_id": id}
        kept["tray"] = tray
        if passage["quotes"]:
            kept |= {"quoted": passage["quotes"], "quoted_text": passage["quoted_text"]}
        return _page(request, asked, status=422, **kept)
    forget(by=request.user, community=request.community, place=draft_place(asked))
    if here.fragment_wanted(request):
        return _fragment(request, asked, list(with_people(Post.objects.filter(pk=written.pk))))
    return redirect(_place(asked, written))


def _answer_as_asker(request: InsideRequest, asked: Post) -> HttpResponse:
    """Below one's own anonymous question one goes on without a name."""
    text, id, passage = request.POST.get("text", ""), here.sent_id(request), _passage(request)
    try:
        here.pace(request, quiet=True)
        pictures = pictures_sent(request)
        written = answer_as_asker(
            by=request.user, question=asked, text=text, id=id, **pictures, **passage
        )
    except Refused as refusal:
        kept: dict[str, Any] = {"text": text, "refusal": refusal.message, "new_id": id}
        return _page(request, asked, status=422, **kept)
    return redirect(_place(asked, written))


@require_GET
@inside
@here.in_zone
def new_answers(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponseBase:
    """The answers that came after the cursor, to append; 204 when none did. Or the word that one did."""
    asked = question_of(request.community, post)
    if asked is None:
        raise NotYours
    posts = Post.objects.filter(question=asked)
    known = here.position(request, "after")
    if live.wanted(request):
        return here.told(request, asked.pk, lambda: newest_answer(asked), known)
    found = after(posts, find(posts, known)).posts
    if not found:
        return HttpResponse(status=204)
    _mark(request, asked, found)
    response = _fragment(request, asked, found)
    response["X-Cursor"] = short(found[-1].pk)
    return response


def _fragment(request: InsideRequest, asked: Post, posts: list[Post]) -> HttpResponse:
    """Answers to append, and the heading above them as it is now."""
    asked.refresh_from_db(fields=["answer_count"])
    context = {"question": asked, "entries": answer_entries(request, posts)}
    return render(request, "conversations/_answers.html", context)


def _place(asked: Post, written: Post) -> str:
    return f"{reverse('question', args=[asked.community_id, asked.pk])}#p-{short(written.pk)}"


def _passage(request: InsideRequest) -> dict[str, Any]:
    try:
        quotes = post_of(request.community, uuid.UUID(request.POST.get("quotes", "")))
    except ValueError:
        quotes = None
    return {"quotes": quotes, "quoted_text": request.POST.get("quoted_text", "")}


def answer_entries(request: InsideRequest, posts: list[Post]) -> list[Entry]:
    """The answers as they stand for this viewer."""
    person, community, standing = request.user, request.community, here.standing(request)
    viewer = Viewer(
        person=person,
        muted=frozenset(muted_ids(person)),
        helped=frozenset(helped_me(person, posts)),
        thanked=frozenset(thanked_by(person, posts)),
        own=sealed.mine(person, posts),
        may_write=can(standing.check_open),
        member=standing.member,
    )
    entries = lay_out(posts, viewer, community)
    for entry in entries:
        entry.template = "conversations/_answer.html"
    return entries


def _page(request: InsideRequest, asked: Post, status: int = 200, **kept: Any) -> HttpResponse:
    community, person = request.community, request.user
    most = MOST if request.GET.get("all") else SHOWN
    found = first_answers(asked, most)
    entries = answer_entries(request, found[:most])
    _mark(request, asked, found[:most])
    quiet = bool(sealed.mine(person, [asked]))
    mine = quiet or asked.author_id == person.pk
    mark_posts([asked])
    address = reverse("question", args=[community.pk, asked.pk])
    latest = max(found, key=lambda post: (post.created_at, post.pk), default=None)
    more = len(found) > most
    context = {
        "community": community,
        "tab": "communities",
        "question": asked,
        "gone": gone(asked),
        "mine": mine,
        "quiet": quiet,
        "thanked": bool(thanked_by(person, [asked])),
        "may_solve": can(here.standing(request).check_solve, asked),
        "entries": entries,
        "more_answers": more,
        "poll": "" if more else reverse("new_answers", args=[community.pk, asked.pk]),
        "cursor": short(latest.pk) if latest else "",
        "here": address,
        "send_to": address,
        "draft_place": "" if quiet else draft_place(asked),
        "menu": _menu(asked),
        "below": _below(request, asked, mine),
    }
    context |= of_page(request, asked)
    context |= composer(
        request, lambda: _check(request, asked), write_words=_("Your answer"), ask_url=""
    )
    if quiet:  # no draft is kept, and the script does not queue it on the phone
        context |= {"draft_url": "", "live": False}
    elif not kept:
        context |= drafts.shown(person, community, draft_place(asked))
    context |= quoted(request, "quote") | kept
    return render(request, "conversations/question.html", context, status=status)


def _below(request: InsideRequest, asked: Post, mine: bool) -> list[dict[str, Any]]:
    if gone(asked):
        return []
    parts = hooks.below_question.call(request=request, question=asked, mine=mine)
    return [notice for notices in parts for notice in notices]


def draft_place(asked: Post) -> str:
    return f"answer:{short(asked.pk)}"


def _check(request: InsideRequest, asked: Post) -> None:
    here.standing(request).check_open()
    if gone(asked):
        raise Refused(_("This question was taken back. Its answers stay."))


def _mark(request: InsideRequest, asked: Post, found: list[Post]) -> None:
    own = sealed.mine(request.user, [asked, *found])
    read = [post.created_at for post in (asked, *found) if post.pk not in own]
    if not read:  # only the one who asked without a name has read this: no mark may tell
        return
    last = max(read)
    until = asking_until(request, asked)
    if until is None or until < last:
        mark_read(by=request.user, community=request.community, question=asked, until=last)
        seen(by=request.user, posts=[asked, *found])


def asking_until(request: InsideRequest, asked: Post) -> Any:
    return question_read_until(request.user, asked)


def _menu(asked: Post) -> list[dict[str, str]]:
    place = (asked.community_id, asked.pk)
    items = [
        (link("post_more", *place), "more", _("About this question")),
        (reverse("trust", args=["post", asked.pk]), "stamp", _("Is it right?")),
    ]
    return [{"url": url, "icon": icon, "words": words} for url, icon, words in items] + [
        {"url": reverse("stream", args=[asked.community_id]), "icon": "talk", "words": _("All")}
    ]
