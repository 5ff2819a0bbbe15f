"""What the pages of support visits and return sessions share."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from staffroom.core import limits
from staffroom.people.models import Person

READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


class Request(HttpRequest):
    user: Person
    training: Any
    visit: Any
    harvest: Any
    brought: Any
    programme: Any


def page(request: Request, name: str, **context: Any) -> HttpResponse:
    """A page of this part; with 422 when its form was refused."""
    form = context.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    context.setdefault("tab", "me")
    return render(request, f"cascade/{name}.html", context, status=422 if refused else 200)


def pace(request: Request) -> None:
    limits.take("write", str(request.user.pk), limit=60, seconds=600)


def sent_id(request: Request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        return None
