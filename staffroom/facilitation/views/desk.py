"""The moderator's desk: one page, one tap an act."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from staffroom.communities import access
from staffroom.communities.queries.terms import open_offer
from staffroom.communities.views.common import Request
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.facilitation.actions import desk as acting
from staffroom.facilitation.actions.texts import change_text
from staffroom.facilitation.forms.texts import TextForm
from staffroom.facilitation.permissions import check_desk, reminds
from staffroom.facilitation.queries.desk import desk_of, first_turn, today_at
from staffroom.facilitation.queries.load import minutes_of
from staffroom.facilitation.queries.quiet import quiet_self
from staffroom.facilitation.queries.texts import all_texts
from staffroom.facilitation.queries.words import words_here


@require_GET
@access.moderator
def desk(request: Request, community: uuid.UUID) -> HttpResponse:
    """What needs the moderator today, and what was done."""
    here = desk_of(request.user, request.community)
    context = {
        "community": request.community,
        "tab": "communities",
        "today": today_at(here),
        "term": here.term,
        "minutes": minutes_of(here.term),
        "first": first_turn(request.user),
        "next": open_offer(request.community),
        "reminds": reminds(request.community),
    }
    return render(request, "facilitation/desk.html", context)


@require_POST
@access.moderator
def act(request: Request, community: uuid.UUID) -> HttpResponse:
    """One button of one suggestion: "newcomer:…/say"."""
    key, _slash, choice = request.POST.get("do", "").partition("/")
    try:
        taken = acting.take(by=request.user, community=request.community, key=key, choice=choice)
    except Refused as refusal:
        flash.say(request, refusal.message)
        return redirect("moderators_desk", community)
    if taken.go:
        return redirect(taken.go)
    flash.say(request, taken.says, undo=reverse("desk_undo", args=[community, taken.act.pk]))
    return redirect("moderators_desk", community)


@require_POST
@access.moderator
def undo(request: Request, community: uuid.UUID, act: uuid.UUID) -> HttpResponse:
    acting.undo(by=request.user, community=request.community, act_id=act)
    flash.say(request, _("Taken back."))
    return redirect("moderators_desk", community)


@require_http_methods(["GET", "HEAD", "POST"])
@access.member
def texts(request: Request, community: uuid.UUID) -> HttpResponse:
    """The words of invitation: every member reads them, the moderator in term changes them."""
    form = None
    if request.method == "POST":
        check_desk(request.user, request.community)
        form = TextForm(request.POST)
        if form.is_valid():
            try:
                change_text(by=request.user, community=request.community, **form.cleaned_data)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                flash.say(request, _("Changed. Every member can read it."))
                return redirect("desk_texts", community)
    context = {
        "community": request.community,
        "tab": "communities",
        "texts": _with_forms(request, form),
        "may_change": _sits(request),
    }
    return render(request, "facilitation/texts.html", context, status=422 if form else 200)


def _with_forms(request: Request, sent: TextForm | None) -> list[dict[str, object]]:
    """Each language with its text and the form to change it; the refused one as it was typed."""
    return [
        {
            "code": code,
            "name": name,
            "text": text,
            "own": own,
            "form": sent
            if sent is not None and sent.data.get("language") == code
            else TextForm(initial={"language": code, "text": text}, auto_id=f"id_{code}_%s"),
            "open": sent is not None and sent.data.get("language") == code,
        }
        for code, name, text, own in all_texts(request.community)
    ]


def _sits(request: Request) -> bool:
    try:
        check_desk(request.user, request.community)
    except NotYours:
        return False
    return True


@require_GET
@access.member
def my_line(request: Request, community: uuid.UUID) -> HttpResponse:
    """What the desk says of the reader, to the reader alone."""
    context = {
        "community": request.community,
        "tab": "communities",
        "reminds": reminds(request.community),
        "line": quiet_self(request.user, request.community),
        "words": words_here(request.user, request.community),
    }
    return render(request, "facilitation/my_line.html", context)
