"""When a community has closed: what I gave, what I took, where I may go on."""

import uuid

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from staffroom.communities.access import member
from staffroom.communities.models import Community
from staffroom.core.errors import NotYours
from staffroom.edges.queries.farewell import SHOWN, elsewhere
from staffroom.edges.queries.farewell import farewell as asked
from staffroom.edges.views.common import Request, page


@require_GET
@member
def farewell(request: Request, *, community: uuid.UUID) -> HttpResponse:
    """For the one who looks alone; with `?file` as a text to keep."""
    here, me = request.community, request.user
    if here.stage != Community.Stage.CLOSED:
        raise NotYours
    found = asked(me, here)
    if "file" in request.GET:
        text = render_to_string("edges/farewell.txt", {"community": here, "found": found})
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        name = slugify(here.name) or "community"
        response["Content-Disposition"] = f'attachment; filename="{name}.txt"'
        return response
    return page(
        request,
        "farewell",
        found=found,
        questions=found.questions[:SHOWN],
        answers=found.answers[:SHOWN],
        took=found.took[:SHOWN],
        elsewhere=elsewhere(me, here),
    )
