"""A community's hour: when it is, reminders, a week left out, and what earlier ones brought."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staffroom.communities.access import inside, member
from staffroom.communities.actions.common import can_steer, check_steers
from staffroom.communities.queries import school
from staffroom.conversations.views import inside as here
from staffroom.core import flash
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.paging import paged
from staffroom.rhythm import hour as clock
from staffroom.rhythm.actions import hour as acting
from staffroom.rhythm.forms.hour import SkipForm
from staffroom.rhythm.hooks import ice, prompts
from staffroom.rhythm.hooks.hour import when
from staffroom.rhythm.queries import hour as asking
from staffroom.rhythm.queries.summary import summary_of
from staffroom.rhythm.views.common import InsideRequest, page


@require_safe
@inside
@here.in_zone
def hour(request: InsideRequest, **rest: Any) -> HttpResponse:
    community, standing = request.community, here.standing(request)
    weekly = asking.weekly(community)
    coming = clock.coming(community, now()) if weekly else None
    return page(
        request,
        "hour",
        weekly=weekly,
        when=when(community),
        coming=coming,
        break_then=bool(coming and school.on_break(community, coming.day)),
        skipped=asking.skipped(community),
        now_on=asking.meeting_now(community),
        is_member=standing.member,
        wants=standing.member and asking.wants_reminders(request.user, community),
        steers=can_steer(request.user, community),
        may_skip=can(acting.check_skip, request.user, community),
        past=list(asking.past(community)[:3]),
        rows=_beside(request, standing.member),
    )


def _beside(request: InsideRequest, is_member: bool) -> list[dict[str, str]]:
    """What belongs to the hour: questions to think about, the round, the letter to the school."""
    if not is_member:
        return []
    letter = {
        "url": reverse("request_for_time", args=[request.community.pk]),
        "icon": "pen",
        "title": _("A letter to the school"),
        "text": _("To print: it asks for an hour of the timetable"),
    }
    return [*prompts.on_the_page(request), *ice.row(request), letter]


@require_POST
@member
def reminders(request: InsideRequest, **rest: Any) -> HttpResponse:
    wanted = "off" not in request.POST
    acting.want_reminders(by=request.user, community=request.community, wanted=wanted)
    said = _("You will be reminded of this hour.") if wanted else _("This community no longer reminds you.")  # fmt: skip
    flash.say(request, said)
    return redirect("hour", request.community.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def gathering_skip(request: InsideRequest, **rest: Any) -> HttpResponse:
    """No gathering this week, with a reason that everyone reads."""
    check_steers(request.user, request.community)
    form = SkipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.skip(by=request.user, community=request.community, **form.cleaned_data)
            flash.say(request, _("Left out. It stands above the stream, with your reason."))
            return redirect("hour", request.community.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return page(request, "skip", form=form, coming=clock.coming(request.community, now()))


@require_POST
@member
def gathering_hold(request: InsideRequest, **rest: Any) -> HttpResponse:
    try:
        acting.hold_after_all(by=request.user, community=request.community)
        flash.say(request, _("We meet after all."))
    except Refused as refusal:
        flash.say(request, refusal.message)
    return redirect("hour", request.community.pk)


@require_safe
@inside
@here.in_zone
def gatherings(request: InsideRequest, **rest: Any) -> HttpResponse:
    return page(request, "gatherings", **paged(request, asking.past(request.community)))


@require_safe
@inside
@here.in_zone
def gathering_summary(request: InsideRequest, gathering: uuid.UUID, **rest: Any) -> HttpResponse:
    found = asking.past(request.community).filter(pk=gathering, skipped_at=None).first()
    if found is None:
        raise NotYours
    return page(request, "summary", gathering=found, summary=summary_of(found))
