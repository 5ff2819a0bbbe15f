"""Pages on which one writes something with more than words: a question, a celebration, a prompt."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffroom.communities import access
from staffroom.conversations import actions
from staffroom.conversations.actions.drafts import forget
from staffroom.conversations.actions.writing import MAX_TEXT
from staffroom.conversations.forms import formulas
from staffroom.conversations.forms.extras import FullTray
from staffroom.conversations.forms.writing import AskForm, CelebrateForm, WordsForm
from staffroom.conversations.models import Post
from staffroom.conversations.queries import drafts
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.composer import link
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core.errors import Refused
from staffroom.core.forms import Form
from staffroom.core.formulas import hint
from staffroom.core.ids import uuid7


@require_http_methods(["GET", "HEAD", "POST"])
@access.member
@here.in_zone
def ask(request: InsideRequest, **rest: Any) -> HttpResponse:
    here.standing(request).check_open()
    start = _start(request, "ask")
    form = AskForm(request.POST or None, community=request.community, initial=start)
    tray = FullTray.sent(request, request.community) if request.method == "POST" else FullTray()
    look = _look(request)
    if request.method == "POST" and not look and form.is_valid():
        try:
            here.pace(request)
            tray.check()
            formulas.check(request, form.cleaned_data["text"])
            post = actions.ask(
                by=request.user,
                community=request.community,
                id=here.sent_id(request),
                photos=tray.ids,
                attached=tray.attached,
                **form.cleaned_data,
            )
            _sent(request, "ask")
            return redirect("question", request.community.pk, post.pk)
        except Refused as refusal:
            tray.refuse(form, refusal)
    return _page(
        request,
        form,
        tray=tray,
        title=_("Ask a question"),
        do=_("Ask"),
        draft_place="ask",
        look=look,
        formula_help=link("formula_help", request.community.pk),
        hint=_(
            "Everyone in this community sees your question and your name. No supervisor of anyone here can read it."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.member
@here.in_zone
def celebrate(request: InsideRequest, **rest: Any) -> HttpResponse:
    here.standing(request).check_open()
    form = CelebrateForm(
        request.POST or None,
        community=request.community,
        by=request.user,
        initial=_start(request, "celebrate"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            here.pace(request)
            actions.celebrate(
                by=request.user,
                community=request.community,
                room=_room(request),
                id=here.sent_id(request),
                **form.cleaned_data,
            )
            _sent(request, "celebrate")
            return _back(request)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(
        request, form, title=_("Celebrate a colleague"), do=_("Celebrate"), draft_place="celebrate"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.moderator
@here.in_zone
def prompt(request: InsideRequest, **rest: Any) -> HttpResponse:
    here.standing(request).check_open()
    form = WordsForm(
        request.POST or None,
        label=_("What shall all of us think about or bring?"),
        initial=_start(request, "prompt"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            here.pace(request)
            actions.prompt(
                by=request.user,
                community=request.community,
                room=_room(request),
                id=here.sent_id(request),
                **form.cleaned_data,
            )
            _sent(request, "prompt")
            return _back(request)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(
        request,
        form,
        title=_("For all of us"),
        do=_("Put it before all of us"),
        draft_place="prompt",
        hint=_("You will see how many have read it, never who."),
    )


def _look(request: InsideRequest) -> dict[str, str]:
    """The author wants to see it first: the words as they will stand."""
    text = request.POST.get("text", "")[:MAX_TEXT]
    if "look" not in request.POST or not text.strip():
        return {}
    return {"text": text, "hint": hint(text)}


def _start(request: InsideRequest, place: str) -> dict[str, str]:
    """What was being written here, and what the link brought along."""
    kept = drafts.for_form(request.user, request.community, place)
    return kept | ({"text": request.GET["text"]} if request.GET.get("text") else {})


def _sent(request: InsideRequest, place: str) -> None:
    forget(by=request.user, community=request.community, place=place)


def _room(request: InsideRequest) -> str:
    return Post.Room.TEA if request.GET.get("room") == Post.Room.TEA else Post.Room.LESSONS


def _back(request: InsideRequest) -> HttpResponse:
    name = "tea" if _room(request) == Post.Room.TEA else "stream"
    return redirect(f"{reverse(name, args=[request.community.pk])}#bottom")


def _page(request: InsideRequest, form: Form, **context: Any) -> HttpResponse:
    context |= {
        "community": request.community,
        "tab": "communities",
        "form": form,
        "new_id": here.sent_id(request) or uuid7(),
        "back": reverse("stream", args=[request.community.pk]),
        "draft_url": link("draft", request.community.pk),
    }
    if request.method != "POST":
        context |= drafts.shown(request.user, request.community, context["draft_place"])
    wrong = form.errors or getattr(context.get("tray"), "troubled", False)
    status = 422 if wrong else 200
    return render(request, "conversations/ask.html", context, status=status)
