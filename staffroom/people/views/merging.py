"""I have two accounts: signed in to one, the other shown to be mine too."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from staffroom.core import access, flash
from staffroom.core.errors import Refused
from staffroom.people import actions, address, cookie, phones
from staffroom.people.actions import claims, merge, merge_by_desk, profiles
from staffroom.people.forms import CodeForm, OtherNumberForm, OtherPinForm
from staffroom.people.models import MergeOffer, Person
from staffroom.people.views.me import person_of
from staffroom.people.views.sign_in import refused


@access.signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """By a code to the other number, or by the PIN of the other profile on this phone."""
    person, phone = person_of(request), cookie.phone_of(request)
    others = (
        [one for one in profiles.profiles_on(phone) if one.person_id != person.pk and one.pin_hash]
        if phone
        else []
    )
    form = OtherNumberForm(request.POST if "phone" in request.POST else None)
    pin_form = OtherPinForm(request.POST if "pin" in request.POST else None, profiles=others)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if pin_form.is_valid() and phone is not None:
                opened = profiles.enter_by_pin(
                    phone=phone, address=address.of(request), **pin_form.cleaned_data
                )
                return _ask(request, opened.person)
            if form.is_valid():
                return _send(request, form.cleaned_data["phone"])
        except Refused as error:
            status = refused(pin_form if pin_form.is_bound else form, error)
    context = {"form": form, "pin_form": pin_form, "others": others, "tab": "me"}
    return render(request, "people/merge.html", context, status=status)


def _send(request: HttpRequest, phone: str) -> HttpResponse:
    begun = actions.begin_sign_in(phone, address=address.of(request))
    request.session["merging"] = {
        "phone": phones.e164(begun.phone),
        "spoken": phones.spoken(begun.phone),
        "shown_code": begun.shown_code,
    }
    return redirect("merge_code")


@access.signed_in
def code(request: HttpRequest) -> HttpResponse:
    begun = request.session.get("merging")
    if not begun:
        return redirect("merge")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                confirmed = actions.confirm_sign_in(
                    phone=begun["phone"],
                    code=form.cleaned_data["code"],
                    address=address.of(request),
                )
                if claims.needs_proof(confirmed.person, None):
                    raise Refused(
                        _("Please sign in to that account once first, and come back then."), "code"
                    )
                return _ask(request, confirmed.person)
            except Refused as error:
                status = refused(form, error)
    return render(
        request,
        "people/merge_code.html",
        {"form": form, "begun": begun, "tab": "me"},
        status=status,
    )


def _ask(request: HttpRequest, other: Person) -> HttpResponse:
    request.session.pop("merging", None)
    if not merge.can_merge(person_of(request), other):
        raise Refused(_("This is the account in which you are."), "phone")
    request.session["merge_with"] = str(other.pk)
    return redirect("merge_confirm")


@access.signed_in
def confirm(request: HttpRequest) -> HttpResponse:
    """Both are mine: what happens, and the last word."""
    person = person_of(request)
    other = Person.objects.filter(pk=request.session.get("merge_with") or uuid.UUID(int=0)).first()
    if other is None or not merge.can_merge(person, other):
        return redirect("merge")
    if request.method == "POST":
        merge.merge(keep=person, drop=other, by=person)
        request.session.pop("merge_with", None)
        flash.say(request, _("Your two accounts are one now."))
        return redirect("me")
    context = {
        "other": other,
        "spoken": phones.spoken(other.phone) if other.phone else "",
        "tab": "me",
    }
    return render(request, "people/merge_confirm.html", context)


@access.signed_in
def by_desk(request: HttpRequest) -> HttpResponse:
    """The help desk holds another account for mine: I say yes or no."""
    person = person_of(request)
    offer = merge_by_desk.living(person)
    if offer is None:
        return redirect("merge")
    mine = offer.keep_id == person.pk
    if request.method == "POST":
        try:
            flash.say(request, _answer(offer, person, yes="yes" in request.POST))
        except Refused as error:
            flash.say(request, error.message)
            return redirect("merge_by_desk")
        return redirect("me")
    other = offer.drop if mine else offer.keep
    context = {
        "mine": mine,
        "early": mine and merge_by_desk.is_early(offer),
        "other": other,
        "number": phones.masked(other.phone),
        "tab": "me",
    }
    return render(request, "people/merge_by_desk.html", context)


def _answer(offer: MergeOffer, person: Person, *, yes: bool) -> str:
    if yes:
        merge_by_desk.agree(offer=offer, by=person)
        return _("Your two accounts are one now.")
    merge_by_desk.decline(offer=offer, by=person)
    return _("Nothing has changed. The two stay apart.")
