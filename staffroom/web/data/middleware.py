"""Counts what each answer weighed when it left the house, for the one who got it."""

import logging
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from staffroom.web.data.tally import TALLY
from staffroom.web.models import DataUsed

log = logging.getLogger(__name__)
Kind = DataUsed.Kind
#: Headers of one request and its answer, both ways, as measured over HTTP/1.1 (benchmarks/bytes.py).
HEADERS = 1300
#: Asking for news while a page is open.
LIVE = {"new_posts", "new_answers", "events"}
#: What somebody does without a name is not counted at all.
NAMELESS = {"ask_without_name", "asked_without_name", "unsealing", "unsealed"}


class Count:
    """Stands where answers are compressed already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Only whom the layers below have looked for: counting asks for nobody.
        person = getattr(request, "_cached_user", None)
        if settings.COUNT_DATA_EVERY and getattr(person, "pk", None) is not None:
            try:
                self._count(request, response, person.pk)  # type: ignore[union-attr]
            except DatabaseError:  # a busy database: what was not written is lost, the page is not
                log.warning("data.not_counted")
        return response

    def _count(self, request: HttpRequest, response: HttpResponseBase, person: object) -> None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name in NAMELESS:
            return
        kind = _kind(request, response, name or "")
        size = HEADERS + _sent(request) + _weight(response)
        TALLY.add(person, kind, size)  # type: ignore[arg-type]
        if response.streaming and not response.has_header("Content-Length"):
            stream = response.streaming_content  # type: ignore[attr-defined]
            if isinstance(stream, Iterable):
                response.streaming_content = _counted(stream, person, kind)  # type: ignore[attr-defined]


def _kind(request: HttpRequest, response: HttpResponseBase, name: str) -> str:
    if request.method == "POST":
        return Kind.SENDING
    type = response.get("Content-Type", "")
    if name in LIVE or type.startswith("text/event-stream"):
        return Kind.LIVE
    attached = response.get("Content-Disposition", "").startswith("attachment")
    return (
        Kind.MEDIA if attached or type.startswith(("image/", "audio/", "video/")) else Kind.READING
    )


def _sent(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def _weight(response: HttpResponseBase) -> int:
    if response.has_header("Content-Length"):
        return int(response["Content-Length"])
    return 0 if response.streaming else len(response.content)  # type: ignore[attr-defined]


def _counted(stream: Iterable[bytes], person: object, kind: str) -> Iterator[bytes]:
    """A stream of which nobody knows the length before its end."""
    size = 0
    try:
        for part in stream:
            size += len(part)
            yield part
    finally:
        TALLY.add(person, kind, size)  # type: ignore[arg-type]
        close = getattr(stream, "close", None)
        if close:
            close()
