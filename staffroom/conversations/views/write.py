"""Pages on which one writes something with more than words: a question, a celebration, a prompt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from staffroom.communities import access
from staffroom.conversations import actions, sealed
from staffroom.conversations.actions.anonymous import check_offered, is_offered
from staffroom.conversations.actions.drafts import forget
from staffroom.conversations.actions.writing import MAX_TEXT
from staffroom.conversations.forms import doubtful, formulas
from staffroom.conversations.forms.extras import FullTray
from staffroom.conversations.forms.tray import pictures_sent
from staffroom.conversations.forms.writing import AskForm, CelebrateForm, WordsForm
from staffroom.conversations.hints import small_group
from staffroom.conversations.hints import telling as telling_of
from staffroom.conversations.models import Post
from staffroom.conversations.queries import drafts
from staffroom.conversations.queries.asked import asked_before
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.composer import link
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core import once
from staffroom.core.errors import Refused
from staffroom.core.forms import Form
from staffroom.core.formulas import hint
from staffroom.core.ids import uuid7
from staffroom.core.retrieval.kinds import Found


@require_http_methods(["GET", "HEAD", "POST"])
@access.member
@once.beforehand(here.take_files)
@here.in_zone
def ask(request: InsideRequest, **rest: Any) -> HttpResponse:
    """Ask with one's name."""
    here.standing(request).check_open()
    look = _look(request)
    form = _ask_form(request, _start(request, "ask"))
    tray = here.tray(request) if request.method == "POST" else FullTray()
    alike = list[Found]()
    if form.is_bound and not look and form.is_valid():
        alike = _alike(request, form)
    if form.is_bound and not look and not alike and form.is_valid():
        try:
            here.pace(request)
            tray.check()
            formulas.check(request, form.cleaned_data["text"])
            doubtful.check(request, request.community, form.cleaned_data["text"])
            post = actions.ask(
                by=request.user,
                community=request.community,
                id=here.sent_id(request),
                written_at=once.written_at(request),
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
        do=_("Ask all the same") if alike else _("Ask"),
        draft_place="ask",
        alike=alike,
        asked_url=link("asked", request.community.pk),
        ways=is_offered(request.community),
        look=look,
        formula_help=link("formula_help", request.community.pk),
        hint=_(
            "Everyone in this community sees your question and your name. No supervisor of anyone here can read it."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.member
@here.in_zone
@never_cache
def ask_without_name(request: InsideRequest, **rest: Any) -> HttpResponse:
    """Ask, and nobody learns who. Nothing of it is kept before it is sent."""
    here.standing(request).check_open()
    check_offered(request.community)
    if request.method == "POST":  # what was typed with one's name is not kept either
        once.nameless(request)
        _sent(request, "ask")
    form = _ask_form(request, {})
    look, telling, alike = _look(request), list[str](), list[Found]()
    tray = FullTray()
    if form.is_bound and not look and form.is_valid():
        telling, alike = _telling(request, form), _alike(request, form, quiet=True)
        if not (telling or alike) or request.POST.get("sure"):
            try:
                here.pace(request, quiet=True)
                post = actions.ask_without_name(
                    by=request.user,
                    community=request.community,
                    id=here.sent_id(request),
                    **pictures_sent(request),
                    **form.cleaned_data,
                )
                return redirect("question", request.community.pk, post.pk)
            except Refused as refusal:
                tray.refuse(form, refusal)
    return _page(
        request,
        form,
        tray=tray,
        title=_("Ask a question"),
        do=_("Ask it so") if telling or alike else _("Ask without my name"),
        draft_place="",
        ways=True,
        quiet=True,
        look=look,
        formula_help=link("formula_help", request.community.pk),
        small=small_group(request.community),
        telling=telling,
        alike=alike,
        again=bool(request.FILES),
    )


def _alike(request: InsideRequest, form: AskForm, *, quiet: bool = False) -> list[Found]:
    """What was asked before, told once; not of what this very sending has written already."""
    id = here.sent_id(request)
    if quiet and id:
        id = sealed.id_for(request.user, id)
    if request.POST.get("sure") or (id and Post.objects.filter(pk=id).exists()):
        return []
    said = form.cleaned_data
    return asked_before(request.user, said["text"], said["topic"])


def _ask_form(request: InsideRequest, start: dict[str, str]) -> AskForm:
    """The form as sent; shown anew with the same words where the other way was chosen."""
    if "switch" in request.POST:
        start = typed(request)
    sent = request.POST if request.method == "POST" and "switch" not in request.POST else None
    return AskForm(sent, community=request.community, initial=start)


def typed(request: HttpRequest) -> dict[str, str]:
    """The words of a question, for the form of the other way."""
    return {name: request.POST.get(name, "") for name in ("text", "topic", "grade", "language")}


def _telling(request: InsideRequest, form: AskForm) -> list[str]:
    said = " ".join([form.cleaned_data["text"], form.cleaned_data["topic"]])
    told = telling_of(request.user, request.community, said, form.cleaned_data["grade"])
    if unread := hint(form.cleaned_data["text"]):  # told here: elsewhere the session remembers it
        told.append(unread)
    if doubt := doubtful.hint(said):
        told.append(doubt)
    return told


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
                written_at=once.written_at(request),
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
                written_at=once.written_at(request),
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
        # What was switched has not been sent: it is another post.
        "new_id": (form.is_bound and here.sent_id(request)) or uuid7(),
        "back": reverse("stream", args=[request.community.pk]),
        "named_url": reverse("ask", args=[request.community.pk]),
        "quiet_url": reverse("ask_without_name", args=[request.community.pk]),
        "draft_url": link("draft", request.community.pk),
    }
    if request.method != "POST" and context["draft_place"]:
        context |= drafts.shown(request.user, request.community, context["draft_place"])
    told = context.get("telling") or context.get("alike")
    wrong = form.errors or getattr(context.get("tray"), "troubled", False) or told
    status = 422 if wrong else 200
    return render(request, "conversations/ask.html", context, status=status)
