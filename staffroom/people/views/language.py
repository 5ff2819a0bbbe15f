from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from staffroom.core import access
from staffroom.people.actions import profile as write
from staffroom.people.views import _back
from staffroom.people.views.me import person_of


@access.anyone
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of the pages: in a cookie, and on the profile of whoever is signed in."""
    chosen = request.POST.get("language", "")
    response = redirect(_back.after(request))
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        write.choose_language(person=person_of(request), language=chosen)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
