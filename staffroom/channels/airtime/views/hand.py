"""The moderator writes down what was given by hand in the own community."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from staffroom.channels.airtime.actions.hand import give_by_hand
from staffroom.channels.airtime.forms import ByHand
from staffroom.channels.airtime.models import Order, Share
from staffroom.communities.access import moderator
from staffroom.communities.levers import lever
from staffroom.communities.queries import members
from staffroom.communities.views.common import Request
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7


@moderator
def by_hand(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    if lever(here, "data_support") == "none":
        raise NotYours
    people = list(members(here))
    form = ByHand(request.POST or None, people=people, initial={"id": uuid7()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                give_by_hand(by=request.user, community=here, **form.words())
            except Refused as error:
                form.refuse(error)
            else:
                flash.say(request, _("It is written down. They are asked whether it came."))
                return redirect("bundles_by_hand", here.pk)
    given = Share.objects.filter(
        order__way=Order.Way.HAND, order__made_by=request.user, community=here
    ).select_related("person", "order")
    context = {"form": form, "community": here, "given": given.order_by("-at")[:40]}
    return render(request, "airtime/by_hand.html", context, status=status)
