"""Whom to tell of a hole in the wall (RFC 9116), at an address that those who look for it know."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from staffroom.core import access
from staffroom.core.clock import now

GOOD_FOR = dt.timedelta(days=90)


@access.anyone
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Nothing where nobody has said whom to write to."""
    if not settings.SECURITY_CONTACTS:
        raise Http404
    until = (now() + GOOD_FOR).astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {contact}" for contact in settings.SECURITY_CONTACTS]
    lines += [f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
