"""A page of the practice corner: a community's own template, its links leading to practice."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_urlconf, set_urlconf

from staffroom.web.practice.exercises import EXERCISES
from staffroom.web.practice.state import Corner


@contextmanager
def practising() -> Iterator[None]:
    """While a page is drawn, the names of a community's routes mean the practice pages."""
    before = get_urlconf()
    set_urlconf("staffroom.web.practice.addresses")
    try:
        yield
    finally:
        set_urlconf(before)


def draw(
    request: HttpRequest,
    name: str,
    corner: Corner,
    *,
    exercise: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """With the banner that says where one is and, if one came for an exercise, what to do."""
    context |= {"tab": "me", "exercise": EXERCISES.get(exercise), "corner": corner}
    with practising():
        return render(request, f"web/practice/{name}.html", context, status=status)
