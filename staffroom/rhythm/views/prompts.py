"""The prompts of a community: by subject, those used before marked, one tap to start one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from staffroom.communities.access import member, moderator
from staffroom.conversations.forms.writing import WordsForm
from staffroom.conversations.views import inside as here
from staffroom.core import flash
from staffroom.core.errors import Refused, can
from staffroom.core.ids import uuid7
from staffroom.core.paging import paged
from staffroom.rhythm.actions.prompts import check_start, start_prompt
from staffroom.rhythm.prompt_words import Words
from staffroom.rhythm.queries import prompts as asking
from staffroom.rhythm.views.common import InsideRequest, page


@require_safe
@member
@here.in_zone
def prompts(request: InsideRequest, **rest: Any) -> HttpResponse:
    community = request.community
    offered = asking.offered(community)
    shelves = asking.shelves(community) if offered else []
    wanted = request.GET.get("subject", "")
    shown = next(
        (each for each in shelves if each.subject == wanted), shelves[0] if shelves else None
    )
    may_start = can(check_start, request.user, community)
    return page(
        request,
        "prompts",
        off=not offered,
        shelves=shelves,
        shown=shown,
        **_lines(request, shown),
        next=_line(request, words, None) if (words := asking.suggestion(community)) else None,
        may_start=may_start,
    )


def _lines(request: InsideRequest, shown: asking.Shelf | None) -> dict[str, Any]:
    found = paged(request, shown.lines if shown else [])
    return found | {"lines": [_line(request, words, at) for words, at in found["page"]]}


def _line(request: InsideRequest, words: Words, at: Any) -> dict[str, Any]:
    tongue = words.tongue(request.community.language, get_language() or "")
    text = words.texts.get(tongue, "")
    return {"key": words.key, "text": text, "tongue": tongue, "at": at, "new_id": uuid7()}


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
@here.in_zone
def prompt_start(request: InsideRequest, **rest: Any) -> HttpResponse:
    """`?key=` shows the words in a field, to change them first; a POST puts them before all of us."""
    community = request.community
    key = request.POST.get("key") or request.GET.get("key", "")
    words = asking.library(community.programme).get(key)
    if request.method != "POST" and not (words and can(check_start, request.user, community)):
        return redirect("prompts", community.pk)
    start = words.said(community.language, request.user.language) if words else ""
    form = WordsForm(
        request.POST if "text" in request.POST else None,
        label=_("What shall all of us think about or bring?"),
        initial={"text": start},
    )
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            here.pace(request)
            start_prompt(
                by=request.user,
                community=community,
                key=key,
                text=form.cleaned_data["text"] if form.is_bound else "",
                id=here.sent_id(request),
            )
            return redirect(f"{reverse('stream', args=[community.pk])}#bottom")
        except Refused as refusal:
            if words is None or not form.is_bound:
                flash.say(request, refusal.message)
                return redirect("prompts", community.pk)
            form.refuse(refusal)
    new_id = (form.is_bound and here.sent_id(request)) or uuid7()
    return page(request, "prompt_start", form=form, key=key, new_id=new_id)
