"""A word for me alone, from the page Today."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from staffroom.core import access
from staffroom.core.errors import NotYours
from staffroom.facilitation.actions.words import put_aside
from staffroom.facilitation.queries.words import word_of


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def word(request: HttpRequest, told: uuid.UUID) -> HttpResponse:
    """Read it; put it aside, or go where it leads."""
    found = word_of(request.user, told)  # type: ignore[arg-type]
    if found is None:
        raise NotYours
    if request.method == "POST":
        put_aside(by=request.user, word=found)  # type: ignore[arg-type]
        if "go" not in request.POST:
            return redirect("today")
        if found.post_id is not None:
            return redirect("question", found.community_id, found.post_id)
        return redirect("stream", found.community_id)
    with timezone.override(found.community.timezone):
        context = {"word": found, "community": found.community, "tab": "today"}
        return render(request, "facilitation/word.html", context)
