"""What the pages of this room share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from staffroom.communities.views.common import Request

__all__ = ["Request", "page"]


def page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """A page of this room; with 422 when its form was refused."""
    form = context.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    refused = refused or bool(context.get("refused"))
    context.setdefault("community", getattr(request, "community", None))
    context.setdefault("tab", "communities")
    return render(request, f"edges/{name}.html", context, status=422 if refused else 200)
