"""Return sessions: two taps to plan one, three fields to bring something, one tap to give it on."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from staffroom.cascade import access_visits
from staffroom.cascade.access import can_attend, runs_session, trains
from staffroom.cascade.actions import harvest as harvesting
from staffroom.cascade.actions import returns as acts
from staffroom.cascade.actions.handing import communities_of
from staffroom.cascade.forms import returns as forms
from staffroom.cascade.forms.visits import Ask, ShareNote
from staffroom.cascade.models import Brought, Harvest, TrainingSession
from staffroom.cascade.queries import returns as asking
from staffroom.cascade.views.visits_common import READS_AND_WRITES, Request, pace, page, sent_id
from staffroom.communities import offices
from staffroom.communities.models import Community
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7


@READS_AND_WRITES
@runs_session
def plan(request: Request, training: uuid.UUID) -> HttpResponse:
    """From a delivered training: the same people, the same place, a day that is proposed."""
    follows: TrainingSession = request.training
    if follows.kind != TrainingSession.Kind.TRAINING:
        raise NotYours
    if known := asking.return_of(follows):
        return redirect(where(request, known), known.pk)
    form = forms.Plan(_sent(request), initial={"day": asking.propose_day(follows)})
    if form.is_bound and form.is_valid():
        try:
            made = acts.plan(
                by=request.user, training=follows, id=sent_id(request), **form.cleaned_data
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Planned. Those who were invited are asked again."))
            return redirect(where(request, made), made.pk)
    people = follows.invitations.filter(state__in=["sent", "accepted"]).count()
    new_id = sent_id(request) or uuid7()
    return page(request, "returns/plan", form=form, session=follows, people=people, new_id=new_id)


def where(request: Request, session: TrainingSession) -> str:
    """The page of a return session for whoever leads it, and for the office."""
    return "return_brought" if trains(request.user, session) else "return_kick_off"


@READS_AND_WRITES
@access_visits.comes_back
def mine(request: Request, training: uuid.UUID) -> HttpResponse:
    """What did you try, what happened, what question do you bring?"""
    kept = asking.brought_by(request.user, request.training)
    said = {name: getattr(kept, name) for name in (*acts.PARTS, "shared")} if kept else {}
    form = forms.Mine(_sent(request), initial=said)
    if form.is_bound and form.is_valid():
        try:
            pace(request)
            acts.bring(
                by=request.user,
                session=request.training,
                words=form.words(),
                shared=form.cleaned_data["shared"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Kept. Change it until the day, or take it back."))
            return redirect("return_mine", training)
    drafts = asking.drafts_of(request.user).filter(brought__session=request.training)
    return page(
        request,
        "returns/mine",
        form=form,
        session=request.training,
        day=asking.last_day(request.training),
        kept=kept,
        drafts=drafts,
    )


@require_safe
@access_visits.leads_return
def brought(request: Request, training: uuid.UUID) -> HttpResponse:
    """What participants chose to share, for those who lead the day."""
    session: TrainingSession = request.training
    rows = list(asking.shared_in(session, request.user).prefetch_related("harvest"))
    return page(
        request,
        "returns/brought",
        session=session,
        day=asking.last_day(session),
        rows=rows,
        attends=can_attend(request.user, session),
        can_key=bool(asking.to_key_in(session, request.user)),
    )


@READS_AND_WRITES
@access_visits.leads_return
def key(request: Request, training: uuid.UUID) -> HttpResponse:
    """Words told in the hall, keyed in for those without a phone."""
    people = asking.to_key_in(request.training, request.user)
    form = forms.KeyIn(_sent(request), people=people)
    if form.is_bound and form.is_valid():
        try:
            pace(request)
            acts.key_in(
                by=request.user,
                session=request.training,
                person_id=form.person_id(),
                words=form.words(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Written down. They may change it or take it back."))
            return redirect("return_brought", training)
    return page(request, "returns/key", form=form, session=request.training, people=people)


@READS_AND_WRITES
@access_visits.reads_brought
def harvest(request: Request, item: uuid.UUID) -> HttpResponse:
    """Draft a question or a practice note of what somebody brought."""
    found: Brought = request.brought
    kind = Harvest.Kind.NOTE if request.GET.get("kind") == "note" else Harvest.Kind.QUESTION
    form = _draft_form(request, found, kind)
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        title = said.pop("title", "")
        try:
            harvesting.draft(by=request.user, brought=found, kind=kind, words=said, title=title)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("It waits for its author’s yes. Until then nobody else reads it."))
            return redirect("return_brought", found.session_id)
    return page(request, "returns/harvest", form=form, item=found, kind=kind)


def _draft_form(request: Request, found: Brought, kind: str) -> Any:
    if kind == Harvest.Kind.QUESTION:
        return forms.Question(_sent(request), initial={"text": found.question})
    start = {"problem": found.question, "worked": f"{found.tried}\n\n{found.happened}".strip()}
    return forms.Note(_sent(request), initial=start)


@READS_AND_WRITES
@access_visits.harvest_author
def draft(request: Request, harvest: uuid.UUID) -> HttpResponse:
    """The author's one tap: yes, into this community; or no."""
    found: Harvest = request.harvest
    if found.state != Harvest.State.WAITING:
        return page(request, "returns/draft", item=found, form=None)
    if request.method == "POST" and "no" in request.POST:
        harvesting.refuse(by=request.user, harvest=found)
        flash.say(request, _("Nothing becomes of it."))
        return redirect("return_mine", found.brought.session_id)
    places = communities_of(request.user)
    start = {"title": found.title, "community": _fitting(found, places), **found.words}
    made = Ask if found.kind == Harvest.Kind.QUESTION else ShareNote
    form = made(_sent(request), communities=places, initial=start)
    if form.is_bound and form.is_valid():
        said = form.words() if isinstance(form, ShareNote) else {"text": form.cleaned_data["text"]}
        try:
            pace(request)
            done = harvesting.accept(
                by=request.user,
                harvest=found,
                community=form.chosen(),
                words=said,
                name_me=form.cleaned_data.get("name_me", False),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            name = "question" if done.kind == Harvest.Kind.QUESTION else "practice_note"
            return redirect(name, form.chosen().pk, done.made_id)
    return page(request, "returns/draft", item=found, form=form, places=places)


def _fitting(found: Harvest, places: list[Community]) -> str:
    """The community of the training's subject, so that one tap is enough; else the author chooses."""
    subject = found.brought.session.subject
    same = [one for one in places if subject and one.subject == subject]
    return str(same[0].pk) if same else ""


@READS_AND_WRITES
@access_visits.opens_by_return
def kick_off(request: Request, training: uuid.UUID) -> HttpResponse:
    """The day was the kick-off workshop of these communities; or communities are formed of it."""
    session: TrainingSession = request.training
    if request.method == "POST":
        try:
            if "place" in request.POST:
                return redirect(acts.begin_communities(by=request.user, session=session))
            for one in asking.may_begin(session, request.user):
                if str(one.pk) in request.POST.getlist("community"):
                    acts.kick_off(by=request.user, session=session, community_id=one.pk)
                    flash.say(request, _("Recorded. The community is open."))
        except Refused as refusal:
            flash.say(request, refusal.message)
        return redirect("return_kick_off", training)
    return page(
        request,
        "returns/kick_off",
        session=session,
        day=asking.last_day(session),
        waiting=asking.may_begin(session, request.user),
        opened=asking.opened_by(session),
        came=len(asking.present(session)),
        may_place=offices.can_place(request.user, session.programme),
        leads=trains(request.user, session),
    )


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
