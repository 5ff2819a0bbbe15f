import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities.access import community_for, inside
from staffroom.conversations import sealed
from staffroom.conversations.actions import decide as deciding
from staffroom.conversations.actions import report as reporting
from staffroom.conversations.forms.reports import (
    AppealDecideForm,
    AppealForm,
    DecideForm,
    ReportForm,
)
from staffroom.conversations.models import Decision, Post
from staffroom.conversations.queries import reports as queries
from staffroom.conversations.queries.unsealings import opened_in
from staffroom.conversations.views.inside import InsideRequest, in_zone
from staffroom.conversations.views.where import stands
from staffroom.core import access, flash, limits
from staffroom.core.errors import NotYours, Refused


def _desk(request: InsideRequest, *, community: uuid.UUID, **rest: object) -> None:
    """The moderator in term, and whoever else has something to decide just now."""
    here = community_for(request.user, community)
    if not queries.sits_at_desk(request.user, here):
        raise NotYours
    request.community = here


#: Whoever decides about reports in this community now; puts `request.community`.
desk = access.requires("desk", _desk)


def _post(request: InsideRequest, post: uuid.UUID) -> Post:
    found = (
        Post.objects.filter(community=request.community, pk=post)
        .select_related("author", "community")
        .first()
    )
    if found is None:
        raise NotYours
    return found


@inside
@in_zone
def report(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """Ask for a look at a post."""
    found = _post(request, post)
    reporting.check_report(request.user, found)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        limits.take("report", str(request.user.pk), limit=20, seconds=24 * 3600)
        try:
            reporting.report(by=request.user, post=found, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Thank you. It will be looked at; your name is not shown."))
            return redirect(stands(found))
    context = {
        "post": found,
        "form": form,
        "earlier": queries.my_report(request.user, found),
        "back": stands(found),
        "tab": "communities",
    }
    status = 422 if form.errors else 200
    return render(request, "conversations/report.html", context, status=status)


@desk
@in_zone
def reports(request: InsideRequest, **rest: Any) -> HttpResponse:
    """What waits for this person's decision."""
    cases = queries.cases_for(request.user, request.community)
    return render(request, "conversations/reports.html", _context(request, cases=cases))


@inside
@in_zone
def decide(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """One reported post: keep, remind, hide."""
    found = _post(request, post)
    kind = AppealDecideForm if found.hidden_at else DecideForm
    form = kind(request.POST or None)
    if form.is_valid():
        try:
            made = deciding.decide(by=request.user, post=found, **form.cleaned_data)
        except deciding.AlreadyDecided as refusal:
            flash.say(request, refusal.message)
            return redirect(stands(found))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            undo = reverse("undo_decision", args=[found.community_id, made.pk])
            flash.say(request, _done(made), undo=undo)
            return redirect(stands(found))
    case = queries.case_for(request.user, found)
    if case is None:
        return _too_late(request, found)
    context = _context(request, case=case, post=found, form=form)
    return render(request, "conversations/decide.html", context, status=422 if form.errors else 200)


def _too_late(request: InsideRequest, post: Post) -> HttpResponse:
    try:
        deciding.tell_what_was_decided(post)
    except deciding.AlreadyDecided as refusal:
        flash.say(request, refusal.message)
    return redirect(stands(post))


def _done(decision: Decision) -> str:
    return {
        Decision.Choice.HIDDEN: _("Hidden. The author is told why."),
        Decision.Choice.REMINDED: _("It stays. The author is reminded."),
        Decision.Choice.KEPT: _("It stays."),
    }[Decision.Choice(decision.choice)]


@require_POST
@inside
@in_zone
def undo_decision(request: InsideRequest, *, decision: uuid.UUID, **rest: Any) -> HttpResponse:
    """Take a decision back."""
    found = (
        Decision.objects.filter(pk=decision, post__community=request.community)
        .select_related("post__community", "post__author")
        .first()
    )
    if found is None:
        raise NotYours
    deciding.undo(by=request.user, decision=found)
    flash.say(request, _("Taken back. The report waits for a decision again."))
    return redirect(stands(found.post))


@inside
@in_zone
def log(request: InsideRequest, **rest: Any) -> HttpResponse:
    """What was hidden here and why, for everyone inside."""
    pages = Paginator(queries.log(request.community), 20)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "conversations/log.html",
        _context(request, page=page, opened=opened_in(request.community)),
    )


@inside
@in_zone
def word(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """What was decided about my words, and the way to a second look."""
    found = _post(request, post)
    last = found.decisions.filter(undone_at=None).select_related("by").order_by("-at").first()
    if not sealed.wrote(request.user, found) or last is None:
        raise NotYours
    form = AppealForm()
    if request.method == "POST" and "appeal" in request.POST:
        form = AppealForm(request.POST)
        try:
            if form.is_valid():
                reporting.appeal(by=request.user, post=found, **form.cleaned_data)
                flash.say(request, _("Somebody else will look at it."))
                return redirect(stands(found))
        except Refused as refusal:
            form.refuse(refusal)
    elif request.method == "POST":
        deciding.see(by=request.user, post=found)
        return redirect(stands(found))
    context = _context(
        request,
        post=found,
        decision=last,
        form=form,
        may_appeal=_may_appeal(request, found),
        waiting=found.reports.filter(decision=None, reason="appeal").exists(),
    )
    return render(request, "conversations/word.html", context, status=422 if form.errors else 200)


def _may_appeal(request: InsideRequest, post: Post) -> bool:
    try:
        reporting.check_appeal(request.user, post)
    except (NotYours, Refused):
        return False
    return True


def _context(request: InsideRequest, **more: Any) -> dict[str, Any]:
    return {
        "community": request.community,
        "tab": "communities",
    } | more
