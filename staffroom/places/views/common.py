"""What the office's pages share: finding things inside the programme, one form a page."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from staffroom.core import flash
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import Form
from staffroom.places import queries
from staffroom.places.models import School


def school_of(request: HttpRequest, school: uuid.UUID) -> School:
    """The school, in the administrator's programme."""
    found = School.objects.filter(programme=request.programme, pk=school).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotYours
    return found


def here(request: HttpRequest) -> Any:
    """Today in the programme."""
    return today(request.programme.timezone)  # type: ignore[attr-defined]


def with_lines(schools: Any) -> list[School]:
    """Schools with `line`, their areas from the narrowest."""
    found = list(schools)
    lines = queries.area_lines(found)
    for school in found:
        vars(school)["line"] = lines.get(school.pk, "")
    return found


def ask(
    request: HttpRequest,
    form: Form,
    act: Callable[..., Any],
    *,
    title: str,
    do: str,
    back: str,
    said: str,
    fact: str = "",
    note: str = "",
    to: str = "",
    undo: Callable[[Any], str] = lambda made: "",
) -> HttpResponse:
    """One form on a page: `act(**cleaned_data)`, then `said` on the page `to` (or back).

    `undo` gives the path that takes back what `act` returned, where that is possible.
    """
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = act(**form.cleaned_data)
            except Refused as error:
                form.refuse(error)
            else:
                flash.say(request, said, undo=undo(made))
                return redirect(to or back)
        status = 422
    context = {"form": form, "title": title, "do": do, "back": back, "fact": fact, "note": note}
    return render(request, "places/ask.html", context, status=status)
