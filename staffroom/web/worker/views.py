"""The worker: one script at the root, so that it may stand before every page."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from staffroom.core.access import anyone
from staffroom.core.lean import lean

#: The rules for pages, and what is done with a notification.
PARTS = [Path(__file__).with_name(name) for name in ("worker.js", "push.js")]
#: What every page needs, and what stands in where there is no signal.
SHELL = ("style.css", "app.js", "icons.svg", "kept.js", "shelf.js", "outbox.js", "waiting.js")


def _script() -> str:
    """The worker with the names of this release's files above it; another release is another text."""
    here = {
        "shell": [static(name) for name in SHELL],
        "kept": static("kept.js"),
        "outbox": static("outbox.js"),
        "phone": reverse("on_this_phone"),
        "waiting": reverse("waiting"),
        "state": reverse("shelf_state"),
    }
    source = _lean()
    told = json.dumps(here) + source
    release = hashlib.sha256(told.encode()).hexdigest()[:10]
    return (
        f"const HERE = {json.dumps(here | {'release': release}, separators=(',', ':'))};\n{source}"
    )


@cache
def _lean() -> str:
    return "".join(lean(part.read_text()) for part in PARTS)


def _tag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(_script().encode()).hexdigest()[:16]}"'


@anyone
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Browsers look for a newer one at every page; with a day's rest this costs nothing most times."""
    response: HttpResponse = _whole(request)
    # At a 304 too, or what the browser keeps would lose its day.
    response["Cache-Control"] = "private, max-age=86400"
    return response


@condition(etag_func=_tag)
def _whole(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
