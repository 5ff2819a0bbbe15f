"""The phone's outbox: the page of what waits, its words, and who would be sending."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from staffroom.core import once
from staffroom.core.access import anyone


@require_safe
@anyone
def waiting(request: HttpRequest) -> HttpResponse:
    """*Waiting on this phone*. The same for everybody: `outbox.js` fills it from the phone's own
    store, so that it opens without signal too."""
    return render(request, "web/waiting/waiting.html", {"tab": "me"})


@require_safe
@anyone
@never_cache
def who(request: HttpRequest) -> HttpResponse:
    """Whose acts may be sent now, and a fresh token for them; a dash where nobody is signed in, for a
    line that breaks early says nothing too."""
    said = "-"
    if request.user.is_authenticated:
        said = f"{once.whose(request.user)} {get_token(request)}"
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


@require_safe
@anyone
def words(request: HttpRequest) -> HttpResponse:
    """What the outbox says, in one's language: fetched once and kept on the phone."""
    return render(request, "web/waiting/words.html")
