"""The data-protection impact assessment: versions, sections, signing."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core.clock import today
from staffroom.core.errors import NotYours
from staffroom.governing.actions import assessments as actions
from staffroom.governing.assessment import BY_KEY
from staffroom.governing.forms import SectionForm, SignForm
from staffroom.governing.models import Assessment
from staffroom.governing.queries.assessments import parts_of, words_of
from staffroom.governing.views.common import Request, ask, page
from staffroom.places.access import administrator


@administrator
def versions(request: Request) -> HttpResponse:
    rows = Assessment.objects.filter(programme=request.programme)
    return page(
        request,
        "assessments",
        programme=request.programme,
        rows=rows,
        in_work=rows.filter(signed_on=None).exists(),
    )


@administrator
@require_POST
def begin(request: Request) -> HttpResponse:
    made = actions.begin(by=request.user, programme=request.programme)
    return redirect("assessment", made.pk)


@administrator
def one(request: Request, assessment: uuid.UUID) -> HttpResponse:
    found = _found(request, assessment)
    return page(request, "assessment", assessment=found, parts=parts_of(found))


@administrator
def section(request: Request, assessment: uuid.UUID, section: str) -> HttpResponse:
    found = _found(request, assessment)
    if section not in BY_KEY or found.signed_on is not None:
        raise NotYours
    return ask(
        request,
        SectionForm(request.POST or None, initial={"text": words_of(found)[section]}),
        lambda text: actions.write_section(
            by=request.user, assessment=found, section=section, text=text
        ),
        title=BY_KEY[section].title,
        fact=_("Version %(n)s") % {"n": found.version},
        do=_("Save"),
        back=reverse("assessment", args=[found.pk]),
        said=_("Saved."),
    )


@administrator
def sign(request: Request, assessment: uuid.UUID) -> HttpResponse:
    found = _found(request, assessment)
    if found.signed_on is not None:
        raise NotYours
    return ask(
        request,
        SignForm(request.POST or None, initial={"on": today(found.programme.timezone)}),
        lambda **words: actions.sign(by=request.user, assessment=found, **words),
        title=_("Sign it off"),
        fact=_("Version %(n)s") % {"n": found.version},
        note=_("From then on this version stands as it is, word by word. A new one can be begun."),
        do=_("Sign it off"),
        back=reverse("assessment", args=[found.pk]),
        said=_("Signed."),
    )


def _found(request: Request, assessment: uuid.UUID) -> Assessment:
    found = (
        Assessment.objects.filter(programme=request.programme, pk=assessment)
        .select_related("programme")
        .first()
    )
    if found is None:
        raise NotYours
    return found
