"""Who carries between this community and others."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffroom.communities.access import inside, is_member, is_moderator, member
from staffroom.core import flash, ids
from staffroom.core.errors import NotYours, Refused
from staffroom.edges.actions import brokers as acts
from staffroom.edges.models import Broker
from staffroom.edges.queries.brokers import askable, brokers_here, others_of
from staffroom.edges.views.common import Request, page


@require_http_methods(["GET", "HEAD", "POST"])
@inside
def brokers(request: Request, *, community: uuid.UUID) -> HttpResponse:
    """Who carries, whose offer waits; offer, or ask a member."""
    refused = ""
    if request.method == "POST":
        if not is_member(request.user, request.community):
            raise NotYours
        try:
            return _begin(request)
        except Refused as error:
            refused = error.message
    return _page(request, refused)


def _begin(request: Request) -> HttpResponse:
    here, me = request.community, request.user
    if request.POST.get("do") == "ask":
        acts.ask(by=me, community_id=here.pk, person_id=_chosen(request, "person"))
        flash.say(request, _("Asked. Whoever is asked answers in their own time, or says no."))
    else:
        acts.offer(by=me, community_id=here.pk, other_id=_chosen(request, "other"))
        flash.say(request, _("Both communities hear of it. They have a week to say no."))
    return redirect("brokers", here.pk)


def _page(request: Request, refused: str = "") -> HttpResponse:
    here, me = request.community, request.user
    belongs = is_member(me, here)
    moderates = belongs and is_moderator(me, here)
    shown = brokers_here(here, me)
    return page(
        request,
        "brokers",
        refused=refused,
        working=[each for each in shown if each.broker.accepted_at],
        waiting=[each for each in shown if not each.broker.accepted_at],
        is_member=belongs,
        moderates=moderates,
        others=others_of(me, here) if belongs else [],
        askable=askable(here, me) if moderates else [],
    )


@require_POST
@member
def broker(request: Request, *, community: uuid.UUID, broker: uuid.UUID) -> HttpResponse:
    """One word about one broker: yes, no, end, show, hide; the answer of whoever was asked."""
    here, me = request.community, request.user
    found = Broker.objects.filter(pk=broker, sides__community=here).first()
    if found is None:
        raise NotYours
    do = request.POST.get("do", "")
    try:
        if do in ("yes", "no"):
            acts.say(by=me, broker=found, community=here, accepts=do == "yes")
            flash.say(request, _("Thank you. A word can be changed."))
        elif do in ("show", "hide"):
            acts.show(by=me, broker=found, shown=do == "show")
        elif do == "refuse":
            acts.answer(by=me, broker=found, other_id=None)
            flash.say(request, _("That is quite all right."))
        elif do == "answer":
            acts.answer(by=me, broker=found, other_id=_chosen(request, "other"))
            flash.say(request, _("Both communities hear of it. They have a week to say no."))
        elif do == "end":
            acts.end(by=me, broker=found)
            flash.say(request, _("Ended. Thank you for what was carried."))
        else:
            raise NotYours
    except Refused as error:
        return _page(request, error.message)
    return redirect("brokers", here.pk)


def _chosen(request: Request, field: str) -> uuid.UUID:
    try:
        return ids.from_short(request.POST.get(field, ""))
    except ValueError as error:
        raise Refused(_("Please choose one."), field) from error
