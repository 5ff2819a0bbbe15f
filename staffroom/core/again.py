"""Words that were sent when nobody was signed in any more: shown again, to be sent again.

They stand in this one answer and nowhere else: neither in the database nor in the session, because
we do not know whose they are. Whoever sent them signs in on another page, comes back, and sends.
"""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

#: Never shown again, never in a page.
SECRET = ("password", "code", "token", "otp", "pin")
NOT_WORDS = {"id", "next"}
CSRF = "csrfmiddlewaretoken"


def has_words(request: HttpRequest) -> bool:
    """Whether something was sent that a person typed and would be sorry to lose."""
    if request.method != "POST":
        return False
    if any(part in name.lower() for name in request.POST for part in SECRET if name != CSRF):
        return False
    return any(_is_words(name, value) for name, value in _fields(request))


def from_here(request: HttpRequest) -> bool:
    """The form stood on a page of ours; so it may be offered for sending once more."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
    except ValueError:  # "http://[" is no address at all
        return False
    return bool(origin.netloc) and origin.netloc == request.get_host()


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The page with the words, and the way to send them."""
    return render(request, "ui/again.html", words_of(request), status=403)


def words_of(request: HttpRequest) -> dict[str, Any]:
    """What was sent, as the page shows it."""
    fields = _fields(request)
    words = [(name, value) for name, value in fields if _is_words(name, value)]
    return {
        "words": [(name, value, _label(name)) for name, value in words],
        "others": [pair for pair in fields if pair not in words],
        "had_files": bool(request.FILES),
        "can_send": from_here(request),
        "to": request.get_full_path(),
    }


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != CSRF
    ]


def _is_words(name: str, value: str) -> bool:
    """Typed, not made: a name, a sentence; not an identifier, a number or a choice."""
    return (
        name not in NOT_WORDS and (name == "text" or " " in value.strip()) and bool(value.strip())
    )


def _label(name: str) -> str:
    return _("What you wrote") if name == "text" else name.replace("_", " ").capitalize()
