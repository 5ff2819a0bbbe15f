"""Passkeys: in by the phone's own lock, without number and code. The keys are allauth's."""

import json
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from staffroom.core import access, flash, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.people import address, cookie, devices
from staffroom.people.actions import claims, passkeys
from staffroom.people.models import Person, Profile
from staffroom.people.views import _back
from staffroom.people.views.me import person_of
from staffroom.people.views.sign_in import let_in


@access.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    context = {
        "keys": passkeys.keys_of(person_of(request)),
        "not_here": "" if _is_own(request) else passkeys.not_here(),
        "tab": "me",
    }
    return render(request, "people/passkeys.html", context)


@access.signed_in
@never_cache
@require_GET
def new_options(request: HttpRequest) -> JsonResponse:
    """What the browser needs for making a key that is opened by the phone's own lock."""
    return JsonResponse(auth.begin_registration(person_of(request), True))


@access.signed_in
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    try:
        credential = _credential(request)
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
        passkeys.add(
            person=person_of(request),
            credential=credential,
            verified=made.is_user_verified(),
            name=devices.words(request.headers.get("User-Agent", "")),
            own=_is_own(request),
        )
    except Refused as error:
        flash.say(request, error.message)
    except ValidationError:
        flash.say(request, _("The passkey could not be kept. Please try once more."))
    else:
        flash.say(request, _("Your passkey is kept. From now on this phone's lock lets you in."))
    return redirect("my_passkeys")


@access.signed_in
@require_POST
def remove(request: HttpRequest, key_id: int) -> HttpResponse:
    passkeys.remove(person=person_of(request), key_id=key_id)
    flash.say(request, _("It no longer opens your account."))
    return redirect("my_passkeys")


@access.anyone
@never_cache
@require_GET
def options(request: HttpRequest) -> JsonResponse:
    return JsonResponse(auth.begin_authentication(None))


@access.anyone
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """In by a passkey. Whoever waits for one more proof has given it.

    A page of its own, so that the sign-in page needs no script for it.
    """
    if request.method != "POST":
        return render(request, "people/passkey.html", {"next": _back.wanted(request)})
    try:
        limits.take("passkey", address.of(request), limit=120, seconds=3600)
        credential = _credential(request)
        auth.parse_authentication_response(credential)
        found = auth.complete_authentication(
            auth.extract_user_from_response(credential),
            credential,
        )
        person = passkeys.use(key=found)
    except Refused as error:
        flash.say(request, error.message)
        return redirect("sign_in")
    except ValidationError:
        flash.say(request, _("This passkey opens nothing here. Come in with your number instead."))
        return redirect("sign_in")
    _end_claim(request, person)
    return let_in(request, person, _whose(request, person, credential), how="passkey")


def _is_own(request: HttpRequest) -> bool:
    return request.session.get("whose", "own") in {"own", "staff"}


def _end_claim(request: HttpRequest, person: Person) -> None:
    proving = request.session.get("proving")
    if not proving:
        return
    try:
        claims.by_passkey(claims.living(proving["claim"]), person)
    except NotYours:
        return


def _whose(request: HttpRequest, person: Person, credential: dict[str, Any]) -> str:
    """A key from another device, by a QR code: then this computer is taken for a lent one."""
    if person.is_staff:
        return "lent" if credential.get("authenticatorAttachment") == "cross-platform" else "staff"
    known = Profile.objects.filter(person=person, phone=cookie.phone_of(request)).first()
    if known is not None:
        return known.kind
    return "lent" if credential.get("authenticatorAttachment") == "cross-platform" else "own"


def _credential(request: HttpRequest) -> dict[str, Any]:
    try:
        read = json.loads(request.POST.get("credential", ""))
    except ValueError as error:
        raise ValidationError("not JSON") from error
    if not isinstance(read, dict) or not isinstance(read.get("response"), dict):
        raise ValidationError("not a credential")
    return read
