"""Before any page opens: the session still stands, staff have used their second factor, and everyone
has agreed to the words."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from staffroom.core import hooks
from staffroom.people import seen
from staffroom.people.consent import VERSION, has_agreed

Next = Callable[[HttpRequest], HttpResponse]
#: Open to whoever is signed in, whatever is missing.
ALWAYS = {"sign_out", "language"}
#: Pages for the world that show a signed-in person more.
SHOWS_MINE = {"today"}
#: What it takes to get a second factor.
SETTING_UP = {"mfa_activate_totp", "account_reauthenticate"}
#: Nobody must agree in order to leave with their data.
BEFORE_CONSENT = {"consent", "consent_refuse", "delete_me", "export", "export_file"}


class Here:
    """Ends a lent phone's session in time, notes the day of use, keeps pages out of caches."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inside = request.user.is_authenticated
        if inside:
            inside = seen.still_open(request)
        lent = inside and "idle" in request.session
        response = self.get_response(request)
        if lent or (inside and not response.has_header("Cache-Control")):
            response["Cache-Control"] = "no-store"
        if inside and "X-Worker" in request.headers and request.session.get("whose") == "shared":
            # So long does a shared phone show its copies without asking us.
            response["X-Keep-For"] = str(request.session.get_expiry_age())
        return response


class Gate:
    """Asks each signed-in request, by the route's rule and name; views need not remember."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        public = getattr(view, "access_rule", "") == "anyone" and name not in SHOWS_MINE
        if public or name in ALWAYS:
            return None
        if request.user.is_staff and not request.session.get("second_factor"):
            return None if name in SETTING_UP else _to_second_factor(request)
        if name in BEFORE_CONSENT:
            return None
        if not _agreed(request):
            return redirect(reverse("consent") + _back(request))
        place = _missing(request)
        return redirect(place + _back(request)) if place not in {"", request.path} else None


def _agreed(request: HttpRequest) -> bool:
    if request.session.get("consent") == VERSION:
        return True
    if not request.user.name or not has_agreed(request.user):  # type: ignore[union-attr,arg-type]
        return False
    request.session["consent"] = VERSION
    return True


def _missing(request: HttpRequest) -> str:
    """Where a room still needs an answer, which whoever is new must give before they go on."""
    if request.session.get("complete"):
        return ""
    place = next((place for place in hooks.missing.call(person=request.user) if place), "")
    if not place:
        request.session["complete"] = True
    return place


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    if is_mfa_enabled(
        request.user, [Authenticator.Type.TOTP]
    ):  # has one, but did not use it for this session
        logout(request)
        return redirect(reverse("account_login") + _back(request))
    return redirect(reverse("mfa_activate_totp"))


def _back(request: HttpRequest) -> str:
    if request.method != "GET" or request.headers.get("HX-Request"):
        return ""
    return "?" + urlencode({"next": request.get_full_path()})
