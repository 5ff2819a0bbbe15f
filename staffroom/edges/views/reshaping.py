"""Dividing and joining: where it is proposed, and where each member says a word."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffroom.communities.access import member
from staffroom.communities.actions.common import can_steer
from staffroom.communities.levers import lever
from staffroom.communities.queries import active_ids
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import Form
from staffroom.edges.actions import reshaping as acts
from staffroom.edges.actions.reshaping import Sheet
from staffroom.edges.forms.reshaping import Dividing, Uniting
from staffroom.edges.models import Reshape, ReshapePlace
from staffroom.edges.queries import reshaping as asking
from staffroom.edges.views.common import Request, page


@require_http_methods(["GET", "HEAD", "POST"])
@member
def begin(request: Request, *, community: uuid.UUID) -> HttpResponse:
    """Propose to divide or to join: for whoever steers."""
    here, me = request.community, request.user
    if not can_steer(me, here):
        raise NotYours
    waiting = asking.running(here)
    if waiting is not None:
        return redirect("reshape", here.pk, waiting.pk)
    large = asking.too_large(here)
    choices = asking.joinable(me, here)
    sent = request.POST.get("do", "") if request.method == "POST" else ""
    dividing = Dividing(
        request.POST if sent == "divide" else None,
        initial={
            "first_name": here.name,
            "first_purpose": here.purpose,
            "second_purpose": here.purpose,
        },
    )
    uniting = Uniting(request.POST if sent == "join" else None, communities=choices)
    form: Form | None = {"divide": dividing, "join": uniting}.get(sent)
    if form is not None and form.is_valid():
        try:
            made = _propose(request, sent, form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            return redirect("reshape", here.pk, made.pk)
    return page(
        request,
        "reshape_begin",
        form=form,
        dividing=dividing,
        uniting=uniting,
        choices=choices,
        large=large,
        members=len(active_ids(here)),
        most=lever(here, "size"),
    )


def _propose(request: Request, kind: str, said: dict[str, str]) -> Reshape:
    here, me = request.community, request.user
    if kind == "divide":
        return acts.propose_dividing(
            by=me,
            community_id=here.pk,
            first=Sheet(said["first_name"], said["first_purpose"]),
            second=Sheet(said["second_name"], said["second_purpose"]),
        )
    return acts.propose_joining(
        by=me,
        community_id=here.pk,
        other_id=said["other"],  # type: ignore[arg-type]
        sheet=Sheet(said["name"], said["purpose"]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member
def reshape(request: Request, *, community: uuid.UUID, reshape: uuid.UUID) -> HttpResponse:
    """One proposal, for the members of the communities concerned."""
    here = request.community
    found = asking.of_community(here).filter(pk=reshape).first()
    if found is None:
        raise NotYours
    refused = ""
    if request.method == "POST":
        try:
            return _act(request, found)
        except Refused as error:
            refused = error.message
    return _page(request, found, refused)


def _act(request: Request, found: Reshape) -> HttpResponse:
    here, me, do = request.community, request.user, request.POST.get("do", "")
    if do in ("yes", "no"):
        number = {"0": 0, "1": 1}.get(request.POST.get("number", ""))
        acts.say(by=me, reshape=found, word=do, number=number)
        flash.say(request, _("Thank you. Until the week is over you can change it."))
    elif do == "agree":
        acts.agree(by=me, reshape=found, community=here)
        flash.say(request, _("The members of both have a week."))
    elif do == "withdraw":
        acts.withdraw(by=me, reshape=found, community=here)
        flash.say(request, _("Withdrawn. All stays as it is."))
    elif do == "undo":
        acts.undo(by=me, reshape=found, community=here)
        flash.say(request, _("It is as it was."))
        return redirect("communities")
    else:
        raise NotYours
    return redirect("reshape", here.pk, found.pk)


def _page(request: Request, found: Reshape, refused: str) -> HttpResponse:
    here, me = request.community, request.user
    old, new = asking.olds(found), asking.news(found)
    was = here.pk in {each.pk for each in old}
    mine = ReshapePlace.objects.filter(reshape=found, person=me).first()
    steers = can_steer(me, here)
    return page(
        request,
        "reshape",
        refused=refused,
        reshape=found,
        old=old,
        parts=new,
        mine=mine,
        open=was and found.closes_at and not found.done_at and not found.dropped_at,
        asked=was
        and found.closes_at is None
        and not found.dropped_at
        and steers
        and old[0].pk != here.pk,
        may_withdraw=was
        and not found.done_at
        and not found.dropped_at
        and (steers or found.proposed_by_id == me.pk),
        may_undo=steers and not was and asking.undoable(here) == found,
        count=asking.count(found, here) if was else None,
    )
