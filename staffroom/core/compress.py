"""Pages leave the house compressed: a bundle is the teacher's money.

Compressing what holds secrets beside what a stranger can choose invites guessing (BREACH). Here the
tokens in forms are masked anew in every page, and cookies are not sent with what other sites fetch
(`SameSite=Lax`), so a stranger cannot make a browser fetch a member's page again and again.
"""

import gzip
import re
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

Next = Callable[[HttpRequest], HttpResponse]
WORTH_IT = 200  # bytes; below this the frame costs more than it saves
TEXT = re.compile(r"text/|application/(json|manifest|javascript)|image/svg")
#: Brotli's fifth step gives nearly the size of its eleventh in a fortieth of the time.
EFFORT = 5


class Compress:
    """Brotli for whoever takes it, else gzip. Streams and what is compressed already pass."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.streaming
            or len(response.content) < WORTH_IT
            or response.has_header("Content-Encoding")
            or not TEXT.match(response.get("Content-Type", ""))
        ):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        taken = request.headers.get("Accept-Encoding", "")
        if re.search(r"\bbr\b(?!\s*;\s*q=0(\.0*)?\b)", taken):
            response.content = brotli.compress(response.content, quality=EFFORT)
            response["Content-Encoding"] = "br"
        elif re.search(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\b)", taken):
            response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
            response["Content-Encoding"] = "gzip"
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
        return response
