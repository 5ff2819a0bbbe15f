"""One answer leaves: compressed as the browser takes it, told by its differences where it can be.

Compressing what holds secrets beside what a stranger can choose invites guessing (BREACH). Here the
tokens in forms are masked anew in every page; cookies are not sent with what other sites fetch
(`SameSite=Lax`), so a stranger cannot make a browser fetch a member's page again and again; and a page
is a dictionary for the session alone to which it was given (docs/explanation/bytes.md).
"""

import re
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from staffroom.core.transport import encodings, kept
from staffroom.core.transport.patterns import pattern

VARY = ["Accept-Encoding", "Available-Dictionary"]
Next = Callable[[HttpRequest], HttpResponse]
WORTH_IT = 200  # bytes; below this the frame costs more than it saves
CLEARLY = 10  # times smaller: then nothing else is tried
TEXT = re.compile(r"text/|application/(json|manifest|javascript)|image/svg")
#: A browser keeps a dictionary as long as the answer is fresh or may be shown stale. A page is never
#: fresh, or without the worker it would be shown as it was, all day; and no browser shows a page stale.
KEEPABLE = "private, stale-while-revalidate=86400"


class Transport:
    """Streams and what is compressed already pass."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.streaming
            or not response.content
            or response.has_header("Content-Encoding")
            or not TEXT.match(response.get("Content-Type", ""))
        ):
            return response
        body = response.content
        if response.get("Cache-Control") == "no-cache" and request.method in {"GET", "HEAD"}:
            response = _if_changed(request, response, encodings.digest(body))
            if response.status_code == 304:
                return response
        coding, small = self._small(request, response, body)
        if coding:
            response.content = small
            response["Content-Encoding"] = coding
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(small))
        return response

    def _small(
        self, request: HttpRequest, response: HttpResponse, body: bytes
    ) -> tuple[str, bytes]:
        accepted = request.headers.get("Accept-Encoding", "")
        if settings.DICTIONARIES:
            known = _known(request, response, accepted)
            _keep(request, response, body)
            if known is not None:
                return self._against(known, response, body, accepted)
        return self._alone(response, body, accepted)

    def _against(
        self, known: bytes, response: HttpResponse, body: bytes, accepted: str
    ) -> tuple[str, bytes]:
        """By its differences; alone where it has little of the known page, as after a deploy."""
        small = encodings.dcz(body, known)
        if len(small) * CLEARLY < len(body):
            return "dcz", small
        alone = self._alone(response, body, accepted)
        return ("dcz", small) if len(small) < len(alone[1]) else alone

    def _alone(self, response: HttpResponse, body: bytes, accepted: str) -> tuple[str, bytes]:
        if len(body) < WORTH_IT:
            return "", body
        patch_vary_headers(response, ["Accept-Encoding"])
        script = response["Content-Type"].startswith("text/javascript")
        return encodings.squeezed(body, accepted, constant=script)


def _if_changed(request: HttpRequest, response: HttpResponse, digest: bytes) -> HttpResponse:
    """What is asked for again and again and hardly ever changes, as the worker's script: 304 costs no body."""
    response["ETag"] = etag = f'"{digest.hex()[:16]}"'
    answer = get_conditional_response(request, etag=etag, response=response)
    return cast(HttpResponse, answer)


def _known(request: HttpRequest, response: HttpResponse, accepted: str) -> bytes | None:
    """The page that this browser has, if it says so and we gave it.

    Browsers name `dcz` only together with a page that they have.
    """
    header = request.headers.get("Available-Dictionary")
    if not header or _chosen_by_others(request) or not encodings.takes(accepted, "dcz"):
        return None
    patch_vary_headers(response, VARY)
    digest, session = encodings.offered(header), _session(request)
    return kept.find(session, digest) if session and digest else None


def _keep(request: HttpRequest, response: HttpResponse, body: bytes) -> None:
    """Let the browser keep this page as a dictionary, where the worker stands before its pages."""
    if (
        request.method != "GET"
        or _chosen_by_others(request)
        or request.headers.get("X-Worker") != "1"
        or response.status_code != 200
        # Whatever a view or a layer said of its own accord stays: `no-store` above all.
        or response.get("Cache-Control") != "private"
        or not response["Content-Type"].startswith("text/html")
    ):
        return
    session, match = _session(request), pattern(request.path, request.resolver_match)
    if session and match and kept.keep(session, match, body, encodings.digest(body)):
        response["Use-As-Dictionary"] = f'match="{match}"'
        response["Cache-Control"] = KEEPABLE
        patch_vary_headers(response, VARY)


def _chosen_by_others(request: HttpRequest) -> bool:
    """Whether a stranger could have put words into this page, by a link with a question mark.

    Beside what such a page says its length would tell which words stand in the dictionary too. What
    our own script asks for bears a header that no other site can send.
    """
    return bool(request.META.get("QUERY_STRING")) and "HX-Request" not in request.headers


def _session(request: HttpRequest) -> str:
    """The key of a signed-in person's session; "" of anybody else's."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return str(request.session.session_key or "")
