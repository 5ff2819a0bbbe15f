"""The worker: one script at the root, so that it may stand before every page."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse

from staffroom.core.access import anyone
from staffroom.core.lean import lean

#: The rules for pages, and what is done with a notification.
PARTS = [Path(__file__).with_name(name) for name in ("worker.js", "push.js")]


@anyone
def worker(request: HttpRequest) -> HttpResponse:
    script = "".join(lean(part.read_text()) for part in PARTS)
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
