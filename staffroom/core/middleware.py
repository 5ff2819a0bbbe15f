"""Small layers: one log line a request, the person's own language, no copies, refusals as pages."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils import translation

from staffroom.core.errors import NotYours, Refused, TooMany

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("staffroom.request")


class Forms(CsrfViewMiddleware):
    """Django's check, without its cookie in every answer: some 90 bytes that a browser already has.

    A sign-in makes a new token, so no token is older than a session; the cookie lasts a year.
    """

    def _set_csrf_cookie(self, request: HttpRequest, response: HttpResponse) -> None:
        if request.COOKIES.get(settings.CSRF_COOKIE_NAME) != request.META.get("CSRF_COOKIE"):
            super()._set_csrf_cookie(request, response)  # type: ignore[misc]


class RequestLog:
    """Method, route, status and time. No address, no person, no URL: a route has no identifiers."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "method": request.method,
                "route": match.view_name if match else "-",
                "status": response.status_code,
                "ms": round((time.perf_counter() - start) * 1000, 1),
            },
        )
        return response


class OwnLanguage:
    """A signed-in person's pages are in the language of the profile, whatever the browser says."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class Private:
    """No page is kept by anybody on the way; those of staff, with numbers and lists, by no browser.

    A member's page may be kept by the phone until sign-out clears it: "back" then costs no bytes,
    and what was typed is still there.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            staff = getattr(request.user, "is_staff", False)
            response["Cache-Control"] = "no-store" if staff else "private"
        return response


class Refusals:
    """What views did not handle themselves: `NotYours` is a 404, `Refused` a page with the sentence."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotYours):
            raise Http404
        if isinstance(error, Refused):
            status = 429 if isinstance(error, TooMany) else 422
            response = render(request, "ui/refused.html", {"message": error.message}, status=status)
            if isinstance(error, TooMany):
                response["Retry-After"] = str(error.retry_after)
            return response
        return None
