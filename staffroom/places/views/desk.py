"""The help desk: finds one person at a time, sees how they come in and nothing else of them."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import audit, flash, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places import desk
from staffroom.places.access import help_desk
from staffroom.places.actions import desk as actions
from staffroom.places.forms import (
    DeskCodeForm,
    DeskFindForm,
    DeskMergeCodeForm,
    DeskMergeForm,
    DeskNumberForm,
    DeskPayrollForm,
)
from staffroom.places.views.common import ask


@help_desk
def find(request: HttpRequest) -> HttpResponse:
    """By a whole number, a payroll number, or a name together with a school."""
    form = DeskFindForm(request.POST or None)
    found: list[desk.Found] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                limits.take("desk-find", str(_me(request).pk), limit=300, seconds=24 * 3600)
                found = desk.find(
                    by=_me(request), programme=_programme(request), **form.cleaned_data
                )
                status = 200
            except Refused as error:
                form.refuse(error)
    context = {"form": form, "found": found, "searched": status == 200 and form.is_bound}
    return render(request, "places/desk.html", context, status=status)


@help_desk
def one(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    found = _person(request, person)
    audit.write("desk.looked", actor=_me(request), on=found)
    context = {"found": desk.state_of(found, _programme(request))}
    return render(request, "places/desk_person.html", context)


@help_desk
@require_POST
def code(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    found = _person(request, person)
    try:
        actions.send_code(by=_me(request), person=found, programme=_programme(request))
        flash.say(request, _("A code is on its way to their phone."))
    except Refused as error:
        flash.say(request, error.message)
    return redirect("desk_person", found.pk)


@help_desk
def unfreeze(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    return _act(
        request,
        person,
        DeskPayrollForm(request.POST or None),
        actions.unfreeze,
        title=_("Open the account for codes again"),
        note=_("Only when the lost phone or SIM card is back with its owner. Ask for the number."),
        do=_("Open it"),
        said=_("A code to the number opens the account again."),
    )


@help_desk
def number(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    return _act(
        request,
        person,
        DeskNumberForm(request.POST or None),
        actions.start_number,
        title=_("A new number"),
        note=_(
            "A code goes to the new number. The owner ends it with the code and the payroll number, "
            "on the sign-in page under “My number is gone”. The old number is told."
        ),
        do=_("Send the code"),
        said=_("The code is on its way to the new number."),
    )


@help_desk
def vouch(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    return _act(
        request,
        person,
        DeskCodeForm(request.POST or None),
        actions.vouch,
        title=_("They are who they say"),
        note=_(
            "They read you eight digits from their phone. Say yes only when you have seen a paper "
            "with name and payroll number, or know them. They are told that it was you."
        ),
        do=_("Yes, it is them"),
        said=_("They can come in now."),
    )


@help_desk
def merge(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    return _act(
        request,
        person,
        DeskMergeForm(request.POST or None),
        actions.offer_merge,
        title=_("Another account is theirs too"),
        note=_(
            "This account would be emptied, and what is in it go to the one they use now. Nothing "
            "happens until its owner says yes: on their phone, or here with the six digits of the "
            "message. Both accounts are told that it was you."
        ),
        do=_("Ask the owner"),
        said=_("The owner is asked. They find the question on their page Me."),
    )


@help_desk
def merge_code(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    return _act(
        request,
        person,
        DeskMergeCodeForm(request.POST or None),
        actions.merge_by_code,
        title=_("Two become one"),
        note=_(
            "Only when they sit with you and you have seen a paper with name and payroll number. "
            "It cannot be undone."
        ),
        do=_("Make them one"),
        said=_("The two accounts are one now."),
        to=reverse("desk"),
    )


def _act(
    request: HttpRequest, person: uuid.UUID, form: Any, act: Callable[..., Any], **words: Any
) -> HttpResponse:
    found = _person(request, person)
    return ask(
        request,
        form,
        lambda **fields: act(
            by=_me(request), person=found, programme=_programme(request), **fields
        ),
        fact=found.name,
        back=reverse("desk_person", args=[found.pk]),
        **words,
    )


def _person(request: HttpRequest, person: uuid.UUID) -> Person:
    found = Person.objects.filter(pk=person).first()
    if found is None:
        raise NotYours
    actions.check_helps(_me(request), found, _programme(request))
    return found


def _programme(request: HttpRequest) -> Any:
    return request.programme  # type: ignore[attr-defined]


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
