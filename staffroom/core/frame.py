"""What the frame of every page needs: direction, the tabs, what rooms add through the hook."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from staffroom.core import hooks


def frame(request: HttpRequest) -> dict[str, Any]:
    context: dict[str, Any] = {
        "lang": translation.get_language() or "en",
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "demo": settings.DEMO,
    }
    for part in hooks.frame:
        context |= part(request=request)
    return context
