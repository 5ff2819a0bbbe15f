"""Two texts that do not fit: side by side, one tap to take one, both, or to write it anew."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffroom.communities.access import inside
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions.plans import write as acts
from staffroom.library.actions.plans.common import check_write
from staffroom.library.models import SectionWriting
from staffroom.library.plan_words import title_of
from staffroom.library.queries.plans.versions import both_texts
from staffroom.library.views.plans.common import (
    Request,
    page,
    plan_here,
    plan_url,
    sent_number,
    to_plan,
)
from staffroom.methods.text.merge import Clash, Merge
from staffroom.methods.text.merge import both as one_after_the_other

OURS, THEIRS, BOTH = "ours", "theirs", "both"


@dataclass(frozen=True)
class Shown:
    """A piece of the page: agreed words, or a clash with its number."""

    text: str = ""
    clash: Clash | None = None
    number: int = 0
    chosen: str = BOTH


@inside
@require_http_methods(["GET", "HEAD", "POST"])
def both(request: Request, *, plan: uuid.UUID, writing: uuid.UUID, **rest: Any) -> HttpResponse:
    found = _writing(request, plan, writing)
    section = found.section
    if not found.clashes or found.settled_at is not None:
        return to_plan(section.plan, section)
    check_write(request.user, section.plan)
    merged = both_texts(found)
    moved_on, refused, typed = False, "", ""
    if request.method == "POST":
        version = sent_number(request, "version")
        typed = request.POST.get("text", "")
        moved_on = version != section.version and "text" not in request.POST
        edits = "edit" in request.POST
        if edits:
            typed = _chosen(request, merged)
        elif not moved_on:
            try:
                text = typed if "text" in request.POST else _chosen(request, merged)
                done = acts.settle(by=request.user, writing=found, text=text, version=version)
                return _settled(request, found, done)
            except Refused as refusal:
                refused = refusal.message
    writes = "text" in request.POST or "edit" in request.POST
    return page(
        request,
        "both",
        status=422 if moved_on or refused else 200,
        plan=section.plan,
        section=section,
        writing=found,
        title=title_of(section.key, section.title),
        pieces=_shown(request, merged),
        clashes=len(merged.clashes),
        writes=writes,
        typed=typed,
        version=sent_number(request, "version") if "text" in request.POST else section.version,
        moved_on=moved_on,
        refused=refused,
        mine=found.by_id == request.user.pk,
        stands_mine=section.written_by_id == request.user.pk,
        back=plan_url(section.plan, section),
    )


def _writing(request: Request, plan: uuid.UUID, id: uuid.UUID) -> SectionWriting:
    found = (
        SectionWriting.objects.filter(pk=id, section__plan=plan_here(request, plan))
        .select_related("by", "section__written_by", "section__plan__community__programme")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def _choice(request: Request, number: int) -> str:
    """Of each clash its own choice, or one for all; nothing chosen keeps both."""
    wanted = request.POST.get("all") or request.POST.get(f"choice_{number}")
    return wanted if wanted in (OURS, THEIRS) else BOTH


def _chosen(request: Request, merged: Merge) -> str:
    """The text as chosen."""
    number = iter(range(len(merged.clashes)))

    def choose(clash: Clash) -> str:
        wanted = _choice(request, next(number))
        if wanted == BOTH:
            return one_after_the_other(clash)
        return clash.ours if wanted == OURS else clash.theirs

    return merged.text(choose)


def _shown(request: Request, merged: Merge) -> list[Shown]:
    pieces, number = [], 0
    for piece in merged.pieces:
        if isinstance(piece, str):
            pieces.append(Shown(text=piece))
        else:
            pieces.append(Shown(clash=piece, number=number, chosen=_choice(request, number)))
            number += 1
    return pieces


def _settled(request: Request, writing: SectionWriting, done: acts.Written) -> HttpResponse:
    section = writing.section
    if done.clashes:
        return redirect("plan_both", request.community.pk, section.plan_id, done.writing.pk)
    flash.say(request, _("It stands so. Both texts are kept among the versions."))
    return to_plan(section.plan, section)
