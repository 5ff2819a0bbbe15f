"""The weekly letter: whether one wants it; whose address takes none; the way out."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from staffroom.channels.email import boxes, links, sending
from staffroom.channels.email.actions import boxing
from staffroom.channels.email.queries import readers
from staffroom.communities.views.common import Request
from staffroom.core import access, flash
from staffroom.core.errors import NotYours
from staffroom.people.models import Person
from staffroom.places.access import administrator


def _reads(request: HttpRequest, **rest: Any) -> None:
    if not readers.is_reader(request.user):  # type: ignore[arg-type]
        raise NotYours


letter_reader = access.requires("letter_reader", _reads)


@letter_reader
def my_letters(request: Request) -> HttpResponse:
    """Whether the weekly letter comes."""
    if request.method == "POST":
        boxing.want(by=request.user, letters=request.POST.get("letters") == "yes")
        flash.say(request, _("Saved."))
        return redirect("my_letters")
    box = boxes.box_of(request.user)
    context = {
        "box": box,
        "refused": boxes.is_refused(request.user, box),
        "works": sending.works(),
        "tab": "me",
    }
    return render(request, "email/mine.html", context)


@administrator
def letters(request: Any) -> HttpResponse:
    """The addresses of the programme's offices that take no letters."""
    context = {
        "boxes": readers.refused_in(request.programme),
        "programme": request.programme,
        "works": sending.works(),
        "tab": "places",
    }
    return render(request, "email/refused.html", context)


@require_POST
@administrator
def letter_again(request: Any, person: uuid.UUID) -> HttpResponse:
    whose = get_object_or_404(Person, pk=person)
    boxing.try_again(by=request.user, person=whose, programme=request.programme)
    flash.say(request, _("The next letter is sent there again."))
    return redirect("letters")


@csrf_exempt  # a mail program's one click comes from nowhere of ours; the link itself is the permission
@access.anyone
def letter_stop(request: HttpRequest, *, token: str) -> HttpResponse:
    """The way out that stands in every letter. Looking changes nothing; the button does."""
    if request.method == "POST":
        what = boxing.stop(token=token)
        if not what:
            raise NotYours
        return render(request, "email/stopped.html", {"what": what})
    found = links.stopped_by(token)
    if found is None:
        raise NotYours
    return render(request, "email/stop.html", {"what": found[0]})
