"""Files of the library, given out to whoever may see the resource, asked each time."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from staffroom.core.serving import served
from staffroom.library.queries import resources as queries
from staffroom.library.reading import VIDEOS
from staffroom.library.views import resource_rules as rules
from staffroom.library.views.resource_rules import ResourceRequest


@require_safe
@rules.reader
def resource_file(request: ResourceRequest, *, edition: int, **rest: Any) -> HttpResponseBase:
    """The file, or the part of it that the phone asks for; a video may be watched where it stands."""
    from staffroom.library.reading.take import TYPES  # its libraries are large

    found = queries.edition(request.resource, edition)
    return served(
        request,
        found.file,
        type=TYPES.get(found.kind, "application/octet-stream"),
        name=found.name,
        download=found.kind not in VIDEOS or "keep" in request.GET,
        tag=found.digest,
    )


@require_safe
@rules.reader
def resource_picture(request: ResourceRequest, *, edition: int, **rest: Any) -> HttpResponseBase:
    """Its first page, cover or a frame, small."""
    found = queries.edition(request.resource, edition)
    if not found.picture:
        raise Http404
    tag = f"look-{found.digest}"
    return served(
        request, found.picture, type="image/webp", name="page.webp", download=False, tag=tag
    )
