"""Who belongs to this phone: in by PIN, by code, and one's own PIN."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from staffroom.core import access, flash
from staffroom.core.errors import NotYours, Refused
from staffroom.people import actions, address, cookie, phones
from staffroom.people.actions import profiles
from staffroom.people.actions.profiles import MAX_TRIES
from staffroom.people.forms import NewPinForm, PinForm
from staffroom.people.models import Phone, Profile
from staffroom.people.views import _back
from staffroom.people.views.me import person_of
from staffroom.people.views.sign_in import let_in, refused, wait_for_code


def _mine(request: HttpRequest, profile: uuid.UUID) -> tuple[Phone, Profile]:
    phone = cookie.phone_of(request)
    if phone is None:
        raise NotYours
    return phone, profiles.profile_on(phone, profile)


@access.anyone
@never_cache
def enter(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """The PIN of one person on this phone."""
    phone, found = _mine(request, profile)
    form = PinForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                opened = profiles.enter_by_pin(
                    phone=phone,
                    profile_id=found.pk,
                    address=address.of(request),
                    **form.cleaned_data,
                )
                return let_in(request, opened.person, Profile.Kind.SHARED, how="pin")
            except Refused as error:
                status = refused(form, error)
                found.refresh_from_db()
    context = {
        "form": form,
        "profile": found,
        "closed": found.tries >= MAX_TRIES,
        "next": _back.wanted(request),
    }
    return render(request, "people/pin.html", context, status=status)


@access.anyone
@require_POST
def send_code(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """A code to the number of that person; the number itself is shown to nobody."""
    _phone, found = _mine(request, profile)
    number = found.person.phone
    if number is None:
        flash.say(
            request,
            _("There is no number for codes. The help desk of your programme can put one in."),
        )
        return redirect("sign_in")
    try:
        begun = actions.begin_sign_in(phones.e164(number), address=address.of(request))
    except Refused as error:
        flash.say(request, error.message)
        return redirect("sign_in")
    return wait_for_code(request, phones.e164(number), phones.masked(number), begun.shown_code)


@access.signed_in
def my_pin(request: HttpRequest) -> HttpResponse:
    """A new PIN for this phone."""
    person, phone = person_of(request), cookie.phone_of(request)
    found = Profile.objects.filter(person=person, phone=phone).first() if phone else None
    if found is None:
        flash.say(request, _("A PIN belongs to a shared phone. Sign out and in again to say so."))
        return redirect("me")
    form = NewPinForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                profiles.set_pin(person=person, profile=found, **form.cleaned_data)
                flash.say(request, _("Your PIN is kept. It works on this phone alone."))
                return redirect(_back.after(request))
            except Refused as error:
                form.refuse(error)
    context = {
        "form": form,
        "next": _back.wanted(request),
        "again": bool(found.pin_hash),
        "tab": "me",
    }
    return render(request, "people/my_pin.html", context, status=status)
