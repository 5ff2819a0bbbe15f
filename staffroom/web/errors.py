"""Pages for what goes wrong, in the product's own voice."""

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from staffroom.core import again, once
from staffroom.core.full import is_full

log = logging.getLogger("staffroom.fault")
#: When not even a template can be made. No style, no database, no translation.
LAST_RESORT = (
    '<!doctype html><html lang="en"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>Staffroom</title>'
    '<body class="kept"><h1>The fault is ours, not yours</h1>'
    "<p>What you wrote is safe on this phone. Please try again in a minute.</p>"
    '<p><a href="/">Try again</a></p></body></html>'
)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "web/not_found.html", 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "web/bad_request.html", 400)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """In the frame of whoever asks; where it was refused before that is known (a wrong host), bare."""
    if hasattr(request, "user"):
        return render(request, template, status=status)
    return HttpResponse(render_to_string(template, _bare_frame()), status=status)


def _bare_frame() -> dict[str, str]:
    return {
        "lang": translation.get_language() or "en",
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
    }


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer as for what does not exist, so that nothing is told."""
    return not_found(request)


def fault(request: HttpRequest) -> HttpResponse:
    """Made without the request's context: the database may be what is broken."""
    error = sys.exc_info()[1]
    if error is not None and is_full(error):
        return no_room(request)
    try:
        html: str = render_to_string("web/fault.html", _bare_frame())
    except Exception:
        log.exception("the page for faults could not be made")
        html = LAST_RESORT
    return HttpResponse(html, status=500)


def no_room(request: HttpRequest) -> HttpResponse:
    """The disk is full: reading goes on, and what was typed stands in the answer."""
    try:
        words = again.words_of(request) if again.has_words(request) else {}
        return render(request, "web/no_room.html", words, status=507)
    except Exception:
        log.exception("the page for a full disk could not be made")
        return HttpResponse(LAST_RESORT, status=507)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long; what was typed in it is not lost."""
    if kept := once.stale(request):
        return kept
    if again.has_words(request):
        return again.page(request)
    return render(request, "web/csrf.html", status=403)
