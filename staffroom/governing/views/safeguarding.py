"""The desk of those who read what is told about danger."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.governing.actions import safeguarding as actions
from staffroom.governing.forms import SayForm
from staffroom.governing.models import Disclosure
from staffroom.governing.queries import safeguarding as queries
from staffroom.governing.views.common import Request, acted, page
from staffroom.places.access import safeguarding


@safeguarding
@never_cache
def desk(request: Request) -> HttpResponse:
    return page(
        request,
        "desk",
        programme=request.programme,
        disclosures=queries.readable_by(request.user, request.programme),
        readers=queries.readers(request.programme),
        tab="safeguarding",
    )


@safeguarding
@never_cache
def one(request: Request, disclosure: uuid.UUID) -> HttpResponse:
    return _show(request, _found(request, disclosure), SayForm())


@safeguarding
@require_POST
def say(request: Request, disclosure: uuid.UUID) -> HttpResponse:
    found, form = _found(request, disclosure), SayForm(request.POST)
    status = acted(form, lambda **words: actions.write(by=request.user, disclosure=found, **words))
    if status:
        return _show(request, found, form, status)
    flash.say(request, _("Kept."))
    return redirect("disclosure", found.pk)


@safeguarding
@require_POST
def state(request: Request, disclosure: uuid.UUID) -> HttpResponse:
    found = _found(request, disclosure)
    try:
        actions.set_state(by=request.user, disclosure=found, state=request.POST.get("state", ""))
    except Refused as error:
        flash.say(request, error.message)
    return redirect("disclosure", found.pk)


def _show(request: Request, found: Disclosure, form: SayForm, status: int = 200) -> HttpResponse:
    try:
        opened = actions.open_disclosure(by=request.user, disclosure=found)
    except Refused as error:
        return page(request, "disclosure", status=status, disclosure=found, lost=error.message)
    return page(request, "disclosure", status=status, disclosure=found, opened=opened, form=form)


def _found(request: Request, disclosure: uuid.UUID) -> Disclosure:
    """In the reader's programme, and not kept from this reader."""
    found = (
        Disclosure.objects.filter(programme=request.programme, pk=disclosure)
        .select_related("programme", "taken_by")
        .first()
    )
    if found is None or not queries.reads(request.user, found):
        raise NotYours
    return found
