"""One more proof: for a number that rested long, a frozen account, or a number that is gone."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from staffroom.core import access, flash
from staffroom.core.errors import NotYours, Refused
from staffroom.people import actions, address, phones
from staffroom.people.actions import claims
from staffroom.people.actions import number as numbers
from staffroom.people.forms import (
    DeskNumberForm,
    GoneNumberForm,
    ProofForm,
    VouchForm,
    WhoseCodeForm,
)
from staffroom.people.models import Claim, Person
from staffroom.people.views import _back, _here
from staffroom.people.views.me import person_of
from staffroom.people.views.sign_in import refused


def ask(
    request: HttpRequest, person: Person | None, number: str, whose: str, *, moves: bool = False
) -> HttpResponse:
    """To the page of the proofs. Nothing of the account is put where its page could show it."""
    claim, code = claims.begin_claim(person, moves=moves)
    request.session.pop("sign_in", None)
    request.session["proving"] = {
        "claim": str(claim.pk),
        "phone": number,
        "code": f"{code[:4]} {code[4:]}",
        "whose": whose,
        "next": _back.wanted(request),
    }
    return redirect("proof")


def _asked(request: HttpRequest) -> tuple[Claim, dict[str, Any]]:
    proving = request.session.get("proving") or {}
    return claims.living(proving.get("claim") or uuid.UUID(int=0)), proving


@access.anyone
@never_cache
def proof(request: HttpRequest) -> HttpResponse:
    try:
        claim, proving = _asked(request)
    except NotYours:
        request.session.pop("proving", None)
        return redirect("sign_in")
    form = ProofForm(request.POST or None)
    status = 200
    try:
        if person := claims.collect(claim):
            return _let_in(request, claim, person, proving)
        if request.method == "POST":
            status = 422
            if form.is_valid():
                found = claims.prove(claim=claim, address=address.of(request), **form.cleaned_data)
                return _let_in(request, claim, found, proving)
    except Refused as error:
        status = refused(form, error)
    context = {"form": form, "proving": proving, "moves": claim.moves}
    return render(request, "people/proof.html", context, status=status)


def _let_in(
    request: HttpRequest, claim: Claim, person: Person, proving: dict[str, Any]
) -> HttpResponse:
    if claim.moves:
        claims.move_number(person=person, number=phones.parse(proving["phone"]))
    _here.end_other(request, person)
    actions.sign_in_as(request, person, how="proof", whose=proving["whose"])
    flash.say(request, _("Good to have you back."))
    return _here.keep(request, person, proving["whose"], to=proving["next"])


@access.anyone
@require_POST
def anew(request: HttpRequest) -> HttpResponse:
    """I am somebody else: this number is mine now."""
    claim, proving = _asked(request)
    try:
        person = claims.begin_anew(claim=claim, number=phones.parse(proving["phone"]))
    except Refused as error:
        flash.say(request, error.message)
        return redirect("proof")
    actions.sign_in_as(request, person, how="proof", whose=proving["whose"])
    return _here.keep(request, person, proving["whose"])


@access.anyone
@never_cache
def gone(request: HttpRequest) -> HttpResponse:
    """My number is gone, and I have a new one: a code to the new one first."""
    form = GoneNumberForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                begun = numbers.begin_moving(address=address.of(request), **form.cleaned_data)
                request.session["moving"] = {
                    "old": begun.old,
                    "phone": phones.e164(begun.phone),
                    "spoken": phones.spoken(begun.phone),
                    "shown_code": begun.shown_code,
                }
                return redirect("gone_number_code")
            except Refused as error:
                status = refused(form, error)
    return render(request, "people/gone_number.html", {"form": form}, status=status)


@access.anyone
@never_cache
def gone_code(request: HttpRequest) -> HttpResponse:
    moving = request.session.get("moving")
    if not moving:
        return redirect("gone_number")
    form = WhoseCodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                whose = form.cleaned_data["whose"] or "lent"
                person = numbers.confirm_moving(
                    old=moving["old"],
                    phone=moving["phone"],
                    code=form.cleaned_data["code"],
                    address=address.of(request),
                )
                request.session.pop("moving")
                return ask(request, person, moving["phone"], whose, moves=True)
            except Refused as error:
                status = refused(form, error)
    context = {"form": form, "begun": moving, "back": reverse("gone_number")}
    return render(request, "people/gone_number_code.html", context, status=status)


@access.anyone
@never_cache
def by_desk(request: HttpRequest) -> HttpResponse:
    """The help desk began to change my number: I end it, with the code and my payroll number."""
    form = DeskNumberForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            whose = given.pop("whose") or "lent"
            try:
                person = numbers.confirm_by_desk(address=address.of(request), **given)
                _here.end_other(request, person)
                actions.sign_in_as(request, person, how="proof", whose=whose)
                flash.say(request, _("Your number is changed. The old one got a message."))
                return _here.keep(request, person, whose)
            except Refused as error:
                status = refused(form, error)
    return render(request, "people/desk_number.html", {"form": form}, status=status)


@access.signed_in
def vouch(request: HttpRequest) -> HttpResponse:
    """A colleague reads me a code; I say whether it is them."""
    person = person_of(request)
    form = VouchForm(request.POST or None)
    claim, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                claim = claims.find_to_vouch(by=person, code=form.cleaned_data["code"])
                status = 200
                if request.POST.get("sure"):
                    claims.vouch(by=person, claim=claim)
                    flash.say(request, _("Thank you. They can come in now."))
                    return redirect("me")
            except Refused as error:
                status = refused(form, error)
    context = {"form": form, "claim": claim, "tab": "me"}
    return render(request, "people/vouch.html", context, status=status)
