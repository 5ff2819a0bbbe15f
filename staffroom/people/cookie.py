"""The cookie by which a phone is known again. It says nothing about who uses it."""

import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from staffroom.people.models import Phone

YEAR = 400 * 24 * 3600  # the longest that browsers keep a cookie


def name() -> str:
    """With the prefix no other host and no page without HTTPS can set it."""
    return "__Host-p" if settings.SESSION_COOKIE_SECURE else "p"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the database holds instead of the token; it is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def phone_of(request: HttpRequest) -> Phone | None:
    """The phone that asks, if it was here before."""
    token = request.COOKIES.get(name(), "")
    return Phone.objects.filter(token_hash=digest(token)).first() if token else None


def put(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        name(),
        token,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def clear(response: HttpResponse) -> None:
    """Nothing of the person stays in the browser; the phone itself is still known."""
    for other in (settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages"):
        response.delete_cookie(other, samesite="Lax")
    forget_kept(response)


def forget_kept(response: HttpResponse) -> None:
    """The browser drops the pages, photos and drafts that it kept."""
    response["Clear-Site-Data"] = '"cache", "storage"'
