"""Attendance as the person sees it ("I am here", my days), and the head of a school."""

import datetime as dt
import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from staffroom.cascade import attendance_codes as codes
from staffroom.cascade.access import at_session, can_attend
from staffroom.cascade.actions import attendance as acts
from staffroom.cascade.forms.attendance import HereForm
from staffroom.cascade.queries import attendance as asking
from staffroom.cascade.queries import certificates as certificates
from staffroom.cascade.views.attendance import Request, page, square
from staffroom.core import access, flash, once
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.library.views.trust import school_leader

#: What a head teacher is shown: the trainings of a year.
YEAR = dt.timedelta(days=365)


@at_session
def here(request: Request, training: uuid.UUID) -> HttpResponse:
    """ "I am here": by the code of the day. Opened once, it works without signal."""
    form = HereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.arrive(
                person=request.user,
                session=request.training,
                written_at=once.written_at(request),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("You are here. Have a good day of learning."))
            return redirect("attendance_here", training)
    return page(
        request,
        "here",
        form=form,
        days=asking.of_person_and_session(request.user, request.training),
        here=today(request.training.programme.timezone),
        may=can_attend(request.user, request.training),
        card=codes.of_person(request.training.pk, request.user.pk),
    )


@require_safe
@at_session
def card(request: Request, training: uuid.UUID) -> HttpResponse:
    """My own code for this training: the trainer scans it, or I read it out."""
    if not can_attend(request.user, request.training):
        raise NotYours
    word = codes.of_person(request.training.pk, request.user.pk)
    return page(request, "card", word=word, square=square(word))


@require_safe
@access.signed_in
def mine(request: Request) -> HttpResponse:
    """My trainings, day by day, and my certificates. Nobody else opens this page."""
    return page(
        request,
        "mine",
        taken=asking.of_people([request.user.pk])[request.user.pk],
        certificates=certificates.of_person(request.user),
    )


@require_safe
@school_leader
def schools(request: Request) -> HttpResponse:
    """Who of my schools came to training: this, and nothing else of it, a head teacher may see."""
    shown = paged(request, asking.own_schools(request.user), 20)
    since = today() - YEAR
    found = asking.at_schools(request.user, list(shown["page"]), since)
    rows = [(school, found.get(school.pk, [])) for school in shown["page"]]
    return page(request, "schools", rows=rows, **shown)
