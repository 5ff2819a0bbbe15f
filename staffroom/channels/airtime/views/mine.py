"""What the programme gave me; I say whether it came."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.channels.airtime.actions.hand import SAYABLE, say_whether_it_came
from staffroom.channels.airtime.hooks import shares_of
from staffroom.channels.airtime.models import Share
from staffroom.core import access, flash
from staffroom.core.errors import NotYours


@access.signed_in
def bundles(request: HttpRequest) -> HttpResponse:
    shares = list(shares_of(request.user)[:60])  # type: ignore[arg-type]
    for share in shares:
        vars(share)["sayable"] = share.state in SAYABLE
    return render(request, "airtime/mine.html", {"shares": shares, "tab": "me"})


@access.signed_in
@require_POST
def came(request: HttpRequest, share: uuid.UUID) -> HttpResponse:
    found = Share.objects.filter(pk=share, person=request.user.pk).first()
    if found is None:
        raise NotYours
    said = request.POST.get("came") == "yes"
    say_whether_it_came(by=request.user, share=found, came=said)  # type: ignore[arg-type]
    flash.say(request, _("Thank you. It is written down."))
    return redirect("my_bundles")
