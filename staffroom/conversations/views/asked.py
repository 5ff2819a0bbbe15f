"""While a question is typed: was it asked before? An answer of at most 300 bytes."""

from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from staffroom.communities.access import member
from staffroom.conversations.queries.asked import asked_before
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core import limits
from staffroom.core.errors import Refused
from staffroom.core.retrieval.kinds import Found

MOST_BYTES = 300
MOST_LETTERS = 60


@require_POST
@member
def asked(request: InsideRequest, **rest: Any) -> HttpResponse:
    """Links to the likest questions; 204 when there are none, or somebody asks too fast."""
    try:
        limits.take("asked", str(request.user.pk), limit=120, seconds=600)
    except Refused:
        return HttpResponse(status=204)
    found = asked_before(
        request.user,
        request.POST.get("text", "").replace("\x00", ""),
        request.POST.get("topic", "").replace("\x00", ""),
    )
    body = _fitting(found)
    return HttpResponse(body) if body else HttpResponse(status=204)


def _fitting(found: list[Found]) -> bytes:
    """As many links as fit."""
    body = b""
    for one in found:
        link = _link(one, MOST_LETTERS)
        if len(body) + len(link) > MOST_BYTES:
            break
        body += link
    return body or (_link(found[0], 20) if found else b"")


def _link(one: Found, most: int) -> bytes:
    words = " ".join(one.post.text.split()) or one.title
    if len(words) > most:
        words = words[: most - 1] + "…"
    return str(format_html('<a class="more" href="{}">{}</a>', one.url, words)).encode()
