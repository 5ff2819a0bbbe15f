"""Advisers of a community: assigning, ending."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities import queries
from staffroom.communities.access import inside, moderator
from staffroom.communities.actions import advising
from staffroom.communities.levers import lever
from staffroom.communities.models import Advisership
from staffroom.communities.queries.advising import assignable
from staffroom.communities.views.common import Request, page
from staffroom.core import flash, ids
from staffroom.core.errors import NotYours


def advisers_page(request: Request, *, back: str) -> HttpResponse | None:
    """Show, or assign and end by POST (then None); the same from inside and from the garden."""
    here = request.community
    if request.method == "POST":
        _write(request, here.pk)
        return None
    return page(
        request,
        "advisers",
        advisers=queries.advisers(here),
        assignable=assignable(here),
        none=lever(here, "adviser") == "none",
        back=back,
    )


def _write(request: Request, community: uuid.UUID) -> None:
    try:
        wanted = ids.from_short(request.POST.get("end") or request.POST.get("person", ""))
    except ValueError as error:
        raise NotYours from error
    if "end" in request.POST:
        if not Advisership.objects.filter(pk=wanted, community=community).exists():
            raise NotYours
        advising.end_adviser(by=request.user, advisership_id=wanted)
        flash.say(request, _("The adviser no longer reads here."))
    else:
        advising.assign_adviser(by=request.user, community_id=community, person_id=wanted)
        flash.say(request, _("The adviser can read and answer now."))


@moderator
def advisers(request: Request, community: uuid.UUID) -> HttpResponse:
    answered = advisers_page(request, back=reverse("community", args=[community]))
    return answered or redirect("advisers", community)


@inside
@require_POST
def stop_advising(request: Request, community: uuid.UUID) -> HttpResponse:
    """The adviser goes by themselves."""
    mine = Advisership.objects.filter(
        community=community, person=request.user, ended_at=None
    ).first()
    if mine is None:
        raise NotYours
    advising.end_adviser(by=request.user, advisership_id=mine.pk)
    flash.say(request, _("You no longer advise here. Thank you."))
    return redirect("communities")
