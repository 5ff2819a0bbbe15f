import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities.access import community_for, inside, is_moderator, moderator
from staffroom.conversations import sealed
from staffroom.conversations.actions import decide as deciding
from staffroom.conversations.actions import report as reporting
from staffroom.conversations.actions.doubting import is_fine
from staffroom.conversations.forms.reports import AppealForm, ReportForm
from staffroom.conversations.models import Decision, Doubt, Post, Report
from staffroom.conversations.queries import reports as queries
from staffroom.conversations.queries.appeals import office_of, returned_to_author
from staffroom.conversations.queries.doubts import doubts_in
from staffroom.conversations.queries.unsealings import opened_in
from staffroom.conversations.reasons import DECIDED, MARKS
from staffroom.conversations.views.inside import InsideRequest, in_zone
from staffroom.conversations.views.where import stands
from staffroom.core import access, flash, limits
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.templatetags.ui import comma


def _desk(request: InsideRequest, *, community: uuid.UUID, **rest: object) -> None:
    """The moderator in term, and whoever else has something to decide just now."""
    here = community_for(request.user, community)
    if not queries.sits_at_desk(request.user, here):
        raise NotYours
    request.community = here


#: Whoever decides about reports in this community now; puts `request.community`.
desk = access.requires("desk", _desk)


def post_in(request: InsideRequest, post: uuid.UUID) -> Post:
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
    found = post_in(request, post)
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
    moderates = is_moderator(request.user, request.community)
    doubts = doubts_in(request.community, request.user) if moderates else []
    page = Paginator(cases, 20).get_page(request.GET.get("page"))
    found = [(each, _marks(each)) for each in doubts]
    context = context_of(request, cases=page.object_list, page=page, doubts=found)
    return render(request, "conversations/reports.html", context)


def _marks(doubt: Doubt) -> str:
    return comma().join(str(MARKS[mark]) for mark in doubt.reasons if mark in MARKS)


@require_POST
@moderator
@in_zone
def doubt(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """A doubtful post: it is fine, or the moderator takes it up as a report of her own."""
    found = post_in(request, post)
    if "look" in request.POST:
        try:
            reporting.report(by=request.user, post=found, reason=Report.Reason.FORWARDED)
        except Refused as refusal:
            flash.say(request, refusal.message)
            return redirect("reports", found.community_id)
        return redirect("decide", found.community_id, found.pk)
    is_fine(by=request.user, post=found)
    return redirect("reports", found.community_id)


@inside
@in_zone
def log(request: InsideRequest, **rest: Any) -> HttpResponse:
    """What was decided here and why, for everyone inside."""
    pages = Paginator(queries.log(request.community), 20)
    page = pages.get_page(request.GET.get("page"))
    lines = [
        (each, DECIDED[Decision.Choice(each.choice)], _may_undo(request, each)) for each in page
    ]
    context = context_of(request, page=page, lines=lines, opened=opened_in(request.community))
    return render(request, "conversations/log.html", context)


def _may_undo(request: InsideRequest, decision: Decision) -> bool:
    mine = decision.undone_at is None and decision.by_id == request.user.pk
    return mine and can(deciding.check_undo, request.user, decision.post, decision)


@inside
@in_zone
def word(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """What was decided about my words, and the way to a second look."""
    found = post_in(request, post)
    last = found.decisions.filter(undone_at=None).select_related("by").order_by("-at").first()
    if not sealed.wrote(request.user, found) or last is None:
        raise NotYours
    office = bool(office_of(request.community))
    form = AppealForm(office=office)
    if request.method == "POST" and "appeal" in request.POST:
        form = AppealForm(request.POST, office=office)
        try:
            if form.is_valid():
                reporting.appeal(by=request.user, post=found, **form.cleaned_data)
                flash.say(request, _("Somebody else will look at it, and you will hear."))
                return redirect(stands(found))
        except Refused as refusal:
            form.refuse(refusal)
    elif request.method == "POST":
        deciding.see(by=request.user, post=found)
        return redirect(stands(found))
    context = context_of(
        request,
        post=found,
        decision=last,
        form=form,
        may_appeal=_may_appeal(request, found),
        waiting=found.reports.filter(decision=None, reason="appeal").first(),
        returned=returned_to_author(found) is not None,
    )
    return render(request, "conversations/word.html", context, status=422 if form.errors else 200)


def _may_appeal(request: InsideRequest, post: Post) -> bool:
    try:
        reporting.check_appeal(request.user, post)
    except (NotYours, Refused):
        return False
    return True


def context_of(request: InsideRequest, **more: Any) -> dict[str, Any]:
    return {
        "community": request.community,
        "tab": "communities",
    } | more
