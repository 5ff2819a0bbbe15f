"""This phone and whoever has just come in on it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.core import flash
from staffroom.people import cookie, devices
from staffroom.people.actions import profiles
from staffroom.people.models import Person, Profile
from staffroom.people.views import _back


def keep(request: HttpRequest, person: Person, whose: str, *, to: str = "") -> HttpResponse:
    """After a sign-in: the profile and its cookie, then the page that was wanted, or the new PIN."""
    if whose == "staff":
        return redirect(to or _back.after(request))
    if whose not in Profile.Kind.values:
        flash.say(
            request,
            _("Nothing is kept here: you are signed out after 30 minutes without a page."),
        )
        return redirect(to or _back.after(request))
    profile, token = profiles.keep_profile(
        person=person,
        phone=cookie.phone_of(request),
        kind=whose,
        words=devices.words(request.headers.get("User-Agent", "")),
    )
    to = to or _back.after(request)
    if whose == Profile.Kind.SHARED and not profile.pin_hash:
        to = f"{reverse('my_pin')}?{urlencode({'next': to})}"
    response = redirect(to)
    if token:
        cookie.put(response, token)
    return response


def end_other(request: HttpRequest, person: Person) -> None:
    """Nothing of one person's session comes along to another's."""
    if request.user.is_authenticated and request.user.pk != person.pk:
        request.session.flush()
