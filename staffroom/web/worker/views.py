"""The worker: one script at the root, so that it may stand before every page."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static

from staffroom.core.access import anyone
from staffroom.core.lean import lean

SOURCE = Path(__file__).with_name("worker.js")


@anyone
def worker(request: HttpRequest) -> HttpResponse:
    text = lean(SOURCE.read_text()).replace("OUTBOX", static("outbox.js"))
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
