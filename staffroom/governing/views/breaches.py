"""The log of data breaches."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.governing.actions import breaches as actions
from staffroom.governing.forms import BreachEntryForm, BreachForm
from staffroom.governing.models import Breach
from staffroom.governing.queries.breaches import breaches_of, standing
from staffroom.governing.views.common import Request, ask, page
from staffroom.places.access import administrator


@administrator
def log(request: Request) -> HttpResponse:
    rows = breaches_of(request.programme)
    return page(request, "breaches", rows=rows, programme=request.programme)


@administrator
def new(request: Request) -> HttpResponse:
    return ask(
        request,
        BreachForm(request.POST or None, initial={"noticed_at": timezone.localtime(now())}),
        lambda **words: actions.log_breach(by=request.user, programme=request.programme, **words),
        title=_("A data breach"),
        fact=request.programme.name,
        note=_(
            "What you write here cannot be changed; add what you learn later. "
            "Write no names of the people concerned."
        ),
        do=_("Write it into the log"),
        back=reverse("breaches"),
        said=_("It is in the log."),
    )


@administrator
def one(request: Request, breach: uuid.UUID) -> HttpResponse:
    return page(request, "breach", row=standing(_found(request, breach)))


@administrator
def add(request: Request, breach: uuid.UUID) -> HttpResponse:
    found = _found(request, breach)
    return ask(
        request,
        BreachEntryForm(request.POST or None, initial={"done_at": timezone.localtime(now())}),
        lambda **words: actions.add_entry(by=request.user, breach=found, **words),
        title=_("Breach %(number)s") % {"number": found.number},
        fact=request.programme.name,
        note=_("What you write here cannot be changed."),
        do=_("Write it into the log"),
        back=reverse("breach", args=[found.pk]),
        said=_("It is in the log."),
    )


def _found(request: Request, breach: uuid.UUID) -> Breach:
    found = (
        Breach.objects.filter(programme=request.programme, pk=breach)
        .select_related("programme", "written_by")
        .prefetch_related("entries__written_by")
        .first()
    )
    if found is None:
        raise NotYours
    return found
