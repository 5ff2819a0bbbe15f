"""One section: writing in it, two texts side by side, versions, words in pencil."""

import json
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from staffroom.communities.access import inside
from staffroom.core import flash, limits
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.ids import short
from staffroom.core.paging import paged
from staffroom.library.actions.plans import comments as pencil
from staffroom.library.actions.plans import drafts, sections
from staffroom.library.actions.plans import write as acts
from staffroom.library.actions.plans.common import check_write
from staffroom.library.forms.plans import Comment, NewSection, SectionText
from staffroom.library.models import PlanSection, SectionComment
from staffroom.library.plan_words import hint_of, title_of
from staffroom.library.queries.plans import page as asking
from staffroom.library.queries.plans import versions as history
from staffroom.library.views.plans.common import (
    Request,
    go,
    pace,
    page,
    plan_here,
    plan_url,
    section_here,
    sent_id,
    sent_number,
    to_plan,
)

A_PAGE = 10


@inside
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, *, plan: uuid.UUID, section: uuid.UUID, **rest: Any) -> HttpResponse:
    """Write in a section. What was begun and left is there again."""
    found = section_here(request, plan, section)
    kept = asking.my_draft(found, request.user)
    form = _text_form(request, found, kept.text if kept else found.text)
    if request.method == "POST" and form.is_valid():
        try:
            pace(request)
            done = acts.write(
                by=request.user,
                section=found,
                text=form.cleaned_data["text"],
                based_on=sent_number(request, "based_on"),
                id=sent_id(request),
            )
            return _written(request, found, done)
        except Refused as refusal:
            form.refuse(refusal)
    else:
        check_write(request.user, found.plan)
    based_on = kept.based_on if kept else found.version
    if form.is_bound:
        based_on = sent_number(request, "based_on")
    return page(
        request,
        "section",
        form=form,
        plan=found.plan,
        section=found,
        title=title_of(found.key, found.title),
        based_on=based_on,
        draft=kept,
        # In milliseconds, as the script counts. Without a draft here, the phone's own is newer.
        kept_at=int(kept.saved_at.timestamp() * 1000) if kept else 1,
        writing=asking.writing_in(found, request.user),
        back=plan_url(found.plan, found),
    )


def _text_form(request: Request, section: PlanSection, text: str) -> SectionText:
    return SectionText(
        request.POST if request.method == "POST" else None,
        label=title_of(section.key, section.title),
        hint=hint_of(section.key, section.hint),
        most=len(section.text),
        initial={"text": text},
    )


def _written(request: Request, section: PlanSection, done: acts.Written) -> HttpResponse:
    """Where to go, and what happened to the text on its way."""
    if done.clashes:
        return go(
            request,
            reverse("plan_both", args=[request.community.pk, section.plan_id, done.writing.pk]),
        )
    if done.came_back:
        flash.say(
            request,
            _(
                "This section had been taken out meanwhile. What you wrote has brought it back; "
                "if it is better without, take it out again."
            ),
        )
    elif done.merged:
        flash.say(
            request,
            _("Others wrote here meanwhile. Both texts stand together now; please read it once."),
        )
    return go(request, plan_url(section.plan, section))


@inside
@require_POST
def draft(request: Request, *, plan: uuid.UUID, section: uuid.UUID, **rest: Any) -> HttpResponse:
    """The script keeps what is typed: `fields` (JSON). Without it: `discard`."""
    found = section_here(request, plan, section)
    if "discard" in request.POST:
        drafts.forget(by=request.user, section=found)
        url = reverse("plan", args=[request.community.pk, plan])
        return redirect(f"{url}?left={short(section)}#s-{short(section)}")
    fields = _fields(request)
    try:
        limits.take("draft", str(request.user.pk), limit=400, seconds=600)
        drafts.keep(
            by=request.user,
            section=found,
            text=str(fields.get("text", "")),
            based_on=_number(fields.get("based_on")),
        )
    except Refused as refusal:
        return HttpResponse(refusal.message, status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


def _fields(request: Request) -> dict[str, Any]:
    try:
        fields = json.loads(request.POST.get("fields", ""))
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


@inside
@require_GET
def versions(request: Request, *, plan: uuid.UUID, section: uuid.UUID, **rest: Any) -> HttpResponse:
    """How the section came about, who wrote what; each version can stand again."""
    found = section_here(request, plan, section)
    shown = paged(request, history.versions_of(found), A_PAGE)
    return page(
        request,
        "versions",
        plan=found.plan,
        section=found,
        told=history.told(found, list(shown["page"])),
        beside=history.beside(found),
        may_write=can(check_write, request.user, found.plan),
        back=plan_url(found.plan, found),
        **shown,
    )


@inside
@require_POST
def restore(request: Request, *, plan: uuid.UUID, section: uuid.UUID, **rest: Any) -> HttpResponse:
    found = section_here(request, plan, section)
    acts.restore(by=request.user, section=found, version=sent_number(request, "version"))
    flash.say(request, _("It stands again. What stood here is among the versions."))
    return to_plan(found.plan, found)


@inside
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, *, plan: uuid.UUID, **rest: Any) -> HttpResponse:
    found = plan_here(request, plan)
    check_write(request.user, found)
    form = NewSection(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = sections.add(
                by=request.user, plan=found, id=sent_id(request), **form.cleaned_data
            )
            return to_plan(found, made)
        except Refused as refusal:
            form.refuse(refusal)
    return page(
        request,
        "form",
        form=form,
        title=_("A section of our own"),
        do=_("Add the section"),
        back=plan_url(found),
    )


@inside
@require_POST
def take_out(request: Request, *, plan: uuid.UUID, section: uuid.UUID, **rest: Any) -> HttpResponse:
    found = section_here(request, plan, section)
    sections.take_out(by=request.user, section=found)
    flash.say(
        request,
        _("Taken out. Its words and versions are kept."),
        undo=reverse("plan_section_back", args=[request.community.pk, plan, section]),
    )
    return to_plan(found.plan)


@inside
@require_POST
def put_back(request: Request, *, plan: uuid.UUID, section: uuid.UUID, **rest: Any) -> HttpResponse:
    found = section_here(request, plan, section)
    sections.put_back(by=request.user, section=found)
    return to_plan(found.plan, found)


@inside
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: Request, *, plan: uuid.UUID, section: uuid.UUID, **rest: Any) -> HttpResponse:
    """Everything in pencil beside a section, also what is done."""
    found = section_here(request, plan, section)
    form = Comment(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pace(request)
            pencil.comment(
                by=request.user, section=found, text=form.cleaned_data["text"], id=sent_id(request)
            )
            return to_plan(found.plan, found)
        except Refused as refusal:
            form.refuse(refusal)
    listed = found.comments.select_related("by", "done_by").order_by("-at", "-id")
    return page(
        request,
        "comments",
        form=form,
        plan=found.plan,
        section=found,
        may_write=can(check_write, request.user, found.plan),
        back=plan_url(found.plan, found),
        **paged(request, listed, 20),
    )


@inside
@require_POST
def comment_done(
    request: Request, *, plan: uuid.UUID, comment: uuid.UUID, **rest: Any
) -> HttpResponse:
    """`done` is yes, no (open again) or gone (its author takes it away)."""
    found = (
        SectionComment.objects.filter(pk=comment, section__plan=plan_here(request, plan))
        .select_related("section__plan__community__programme")
        .first()
    )
    if found is None:
        raise NotYours
    wanted = request.POST.get("done", "yes")
    if wanted == "gone":
        pencil.take_back(by=request.user, comment=found)
    else:
        pencil.set_done(by=request.user, comment=found, done=wanted != "no")
    if wanted == "yes":
        flash.say(request, _("Done. It stays with the section’s notes."))
    url = reverse("plan_comments", args=[request.community.pk, plan, found.section_id])
    return redirect(plan_url(found.section.plan, found.section) if wanted == "yes" else url)
