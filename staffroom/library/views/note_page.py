"""What several pages of notes share."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from staffroom.communities.views.common import Request
from staffroom.core.errors import NotYours
from staffroom.library.models import Note
from staffroom.library.queries.notes import note_in


def page(request: Request, name: str, **context: Any) -> HttpResponse:
    """A page of notes; with 422 when its form was refused."""
    form = context.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    context.setdefault("community", getattr(request, "community", None))
    context.setdefault("tab", "communities")
    return render(request, f"library/notes/{name}.html", context, status=422 if refused else 200)


def note_here(request: Request, id: uuid.UUID) -> Note:
    """The note, if it is of this community."""
    note = note_in(request.community, id)
    if note is None:
        raise NotYours
    return note
