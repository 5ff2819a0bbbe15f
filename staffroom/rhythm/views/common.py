"""What the views of this room share."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from staffroom.conversations.views.inside import InsideRequest


def page(request: Any, name: str, **context: Any) -> HttpResponse:
    """A page of this room; with 422 when its form was refused."""
    form = context.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    context.setdefault("community", getattr(request, "community", None))
    context.setdefault("tab", "communities")
    return render(request, f"rhythm/{name}.html", context, status=422 if refused else 200)


__all__ = ["InsideRequest", "page"]
