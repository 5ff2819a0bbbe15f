"""Every view says who may see it. A view without a rule fails the firewall's tests."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from staffroom.core import again, once

View = Callable[..., HttpResponseBase]


def _name(view: View, rule: str) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def anyone(view: View) -> View:
    """Open to the world: sign-in, health, the public explanation."""
    return _name(view, "anyone")


def requires(rule: str, check: Callable[..., None]) -> Callable[[View], View]:
    """Signed in, and `check(request, **kwargs)` does not raise `NotYours`.

    `check` may put what it found on the request, so that the view need not look again; and as
    `request.zone` whose clock the page shows.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if kept := once.signed_out(request):
                    return kept
                if again.has_words(request):
                    return again.page(request)
                return redirect_to_login(request.get_full_path())

            def first(*, act: bool) -> None:
                check(request, **kwargs)
                if act:
                    once.prepare(view, request)

            def answer() -> HttpResponseBase:
                with timezone.override(getattr(request, "zone", None)):
                    return view(request, *args, **kwargs)

            return once.answer(request, first, answer, object=once.object_of(view, kwargs))

        return _name(guarded, rule)

    return decorate


def signed_in(view: View) -> View:
    """Any person with an account."""
    return requires("signed_in", lambda request, **kwargs: None)(view)
