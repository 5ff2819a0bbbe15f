"""What came of a visit, the teacher's answer, and the way of one's own words into a community."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.cascade import access_visits
from staffroom.cascade.actions import handing
from staffroom.cascade.actions import visit_words as acts
from staffroom.cascade.forms.visits import Answer, Share, ShareNote, Step, Words
from staffroom.cascade.models import SupportVisit
from staffroom.cascade.models.visits import PARTS
from staffroom.cascade.views.visits import parts_of
from staffroom.cascade.views.visits_common import READS_AND_WRITES, Request, pace, page
from staffroom.core import flash
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused


@READS_AND_WRITES
@access_visits.visits_here
def write(request: Request, visit: uuid.UUID) -> HttpResponse:
    """What was seen, what was offered, the next step; revised on the same page."""
    found: SupportVisit = request.visit
    here = today(found.programme.timezone)
    said = found.words() | {"held_on": min(found.day, here), "next_day": found.next_day}
    form = Words(request.POST if request.method == "POST" else None, initial=said)
    if request.method == "POST" and form.is_valid():
        kept = dict(form.cleaned_data)
        days: dict[str, dt.date] = {name: kept.pop(name) for name in ("held_on", "next_day")}
        try:
            pace(request)
            acts.write(by=request.user, visit=found, words=kept, **days)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Written. The teacher reads all of it, and answers."))
            return redirect("visit", found.pk)
    return page(request, "visits/write", form=form, visit=found)


@READS_AND_WRITES
@access_visits.visited
def answer(request: Request, visit: uuid.UUID, part_key: str) -> HttpResponse:
    """The teacher's word beside one part."""
    found: SupportVisit = request.visit
    if part_key not in PARTS or not found.version:
        raise NotYours
    shown = next(each for each in parts_of(found) if each["key"] == part_key)
    kept = shown["answer"]
    names = ("text", "disagrees", "take_out")
    said = {name: getattr(kept, name) for name in names} if kept else {}
    form = Answer(
        request.POST if request.method == "POST" else None, part=shown["text"], initial=said
    )
    if request.method == "POST" and form.is_valid():
        try:
            pace(request)
            acts.answer(by=request.user, visit=found, part=part_key, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("It stands beside the visitor’s words."))
            return redirect("visit", found.pk)
    return page(request, "visits/answer", form=form, visit=found, part=shown)


@require_POST
@access_visits.at_visit
def read(request: Request, visit: uuid.UUID) -> HttpResponse:
    acts.mark_read(by=request.user, visit=request.visit)
    return redirect("visit", request.visit.pk)


@require_POST
@access_visits.visits_here
def take_out(request: Request, visit: uuid.UUID, part_key: str) -> HttpResponse:
    acts.take_out(by=request.user, visit=request.visit, part=part_key)
    flash.say(request, _("Taken out, also of what stood here before."))
    return redirect("visit", request.visit.pk)


@READS_AND_WRITES
@access_visits.visited
def step(request: Request, visit: uuid.UUID) -> HttpResponse:
    """What came of the next step."""
    found: SupportVisit = request.visit
    form = Step(
        request.POST if request.method == "POST" else None, initial={"said": found.next_said}
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.step_done(by=request.user, visit=found, said=form.cleaned_data["said"])
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Saved."))
            return redirect("visit", found.pk)
    return page(request, "visits/step", form=form, visit=found)


@READS_AND_WRITES
@access_visits.visited
def share(request: Request, visit: uuid.UUID) -> HttpResponse:
    """Into a community's ask form, in the teacher's own words: there it is changed, sent, or not."""
    found: SupportVisit = request.visit
    places = handing.communities_of(request.user)
    start = "\n\n".join(text for text in (found.focus, found.next_said) if text)
    form = Share(_sent(request), communities=places, initial={"text": start})
    if form.is_bound and form.is_valid():
        chosen = form.chosen()
        try:
            handing.as_draft(by=request.user, community=chosen, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("ask", chosen.pk)
    return _share_page(
        request,
        form,
        title=_("Ask my community"),
        do=_("Into the question form"),
        hint=_("Nothing is sent yet: you look at it once more there."),
    )


@READS_AND_WRITES
@access_visits.visited
def share_note(request: Request, visit: uuid.UUID) -> HttpResponse:
    """A practice note of what was tried, made by the teacher."""
    found: SupportVisit = request.visit
    places = handing.communities_of(request.user)
    start = {"title": found.focus[:100], "worked": found.next_said}
    form = ShareNote(_sent(request), communities=places, initial=start)
    if form.is_bound and form.is_valid():
        try:
            pace(request)
            note = handing.as_note(
                by=request.user,
                community=form.chosen(),
                words=form.words(),
                name_me=form.cleaned_data["name_me"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Kept. Whoever tries it can tell how it went."))
            return redirect("practice_note", note.community_id, note.pk)
    return _share_page(
        request,
        form,
        title=_("Make a practice note"),
        do=_("Keep it as a practice note"),
        hint=_("The community reads it. Nothing says that it comes from a visit."),
    )


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _share_page(request: Request, form: Share | ShareNote, **words: str) -> HttpResponse:
    found: SupportVisit = request.visit
    help = [text for text in (found.offered, found.next_step) if text]
    return page(
        request, "visits/share", form=form, visit=found, places=form.communities, help=help, **words
    )
