"""The round of what is hard: mine, and beside it that of everyone who shared."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffroom.communities.access import member, moderator
from staffroom.conversations.forms import doubtful
from staffroom.conversations.permissions import gone
from staffroom.conversations.views import inside as here
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.ids import uuid7
from staffroom.core.paging import paged
from staffroom.rhythm.actions import ice as acting
from staffroom.rhythm.forms.ice import HideForm, ShareForm
from staffroom.rhythm.models import IceBreaker
from staffroom.rhythm.queries import ice as asking
from staffroom.rhythm.views.common import InsideRequest, page


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def round(request: InsideRequest, **rest: Any) -> HttpResponse:
    community, person = request.community, request.user
    own = asking.mine(person, community)
    form = ShareForm(request.POST or None, initial={"text": own.text if own else ""})
    if request.method == "POST" and form.is_valid():
        try:
            here.pace(request)
            doubtful.check(request, community, form.cleaned_data["text"])
            acting.share(by=person, community=community, text=form.cleaned_data["text"])
            flash.say(request, _("It stands beside those of the others."))
            return redirect("round", community.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return page(
        request,
        "round",
        form=form,
        mine=own,
        asked=bool(own and own.question and not gone(own.question)),
        writing=own is None or form.is_bound or "change" in request.GET,
        may_share=can(acting.check_share, person, community),
        moderates=can(here.standing(request).check_moderate),
        new_id=uuid7(),
        **paged(request, asking.others(person, community)),
    )


@require_POST
@member
def round_ask(request: InsideRequest, **rest: Any) -> HttpResponse:
    try:
        here.pace(request)
        post = acting.make_question(
            by=request.user, community=request.community, id=here.sent_id(request)
        )
    except Refused as refusal:
        flash.say(request, refusal.message)
        return redirect("round", request.community.pk)
    return redirect("question", request.community.pk, post.pk)


@require_POST
@member
def round_take_back(request: InsideRequest, **rest: Any) -> HttpResponse:
    acting.take_back(by=request.user, community=request.community)
    flash.say(request, _("It is gone from the round."))
    return redirect("round", request.community.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
@here.in_zone
def round_hide(request: InsideRequest, icebreaker: uuid.UUID, **rest: Any) -> HttpResponse:
    found = (
        IceBreaker.objects.filter(pk=icebreaker, community=request.community)
        .select_related("community", "person")
        .first()
    )
    if found is None:
        raise NotYours
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.hide(by=request.user, icebreaker=found, why=form.cleaned_data["why"])
            flash.say(request, _("Hidden. Its author reads your reason."))
            return redirect("round", request.community.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return page(request, "round_hide", form=form, each=found)
