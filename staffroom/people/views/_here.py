"""This phone and whoever has just come in on it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.core import flash
from staffroom.people import cookie, devices
from staffroom.people.actions import profiles
from staffroom.people.models import Person, Phone, Profile
from staffroom.people.views import _back


def keep(request: HttpRequest, person: Person, whose: str, *, to: str = "") -> HttpResponse:
    """After a sign-in: the profile and its cookie, then the page that was wanted, or the new PIN."""
    to = to or _back.after(request)
    if whose == "staff":
        return redirect(to)
    phone = cookie.phone_of(request)
    another = _is_another(phone, person, whose)
    if whose in Profile.Kind.values:
        response = _with_profile(request, person, phone, whose, to)
    else:
        response = _on_lent(request, person, phone, to)
    if another:
        cookie.forget_kept(response)
    return response


def _with_profile(
    request: HttpRequest, person: Person, phone: Phone | None, kind: str, to: str
) -> HttpResponse:
    profile, token = profiles.keep_profile(
        person=person,
        phone=phone,
        kind=kind,
        words=devices.words(request.headers.get("User-Agent", "")),
    )
    if kind == Profile.Kind.SHARED and not profile.pin_hash:
        to = f"{reverse('my_pin')}?{urlencode({'next': to})}"
    response = redirect(to)
    if token:
        cookie.put(response, token)
    return response


def _on_lent(request: HttpRequest, person: Person, phone: Phone | None, to: str) -> HttpResponse:
    if phone is not None:
        profiles.note_person(phone=phone, person=person)
    flash.say(
        request, _("Nothing is kept here: you are signed out after 30 minutes without a page.")
    )
    return redirect(to)


def _is_another(phone: Phone | None, person: Person, whose: str) -> bool:
    """Somebody else was here before, and may have gone without signing out.

    Whoever comes back to their own phone finds the drafts and unsent words that it kept.
    """
    if phone is None:
        return whose != Profile.Kind.OWN
    return phone.last_person_id != person.pk


def end_other(request: HttpRequest, person: Person) -> None:
    """Nothing of one person's session comes along to another's."""
    if request.user.is_authenticated and request.user.pk != person.pk:
        request.session.flush()
