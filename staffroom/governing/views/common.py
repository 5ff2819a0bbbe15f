"""What the pages of this room share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from staffroom.core import flash
from staffroom.core.errors import Refused, TooMany
from staffroom.core.forms import Form
from staffroom.people.models import Person
from staffroom.places.models import Programme


class Request(HttpRequest):
    """What an access rule has let through: somebody signed in, and their programme."""

    user: Person
    programme: Programme
    programmes: list[Programme]


def page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"governing/{name}.html", context, status=status)


def acted(form: Form, act: Callable[..., Any]) -> int:
    """Do it with what was typed: 0 when it is done, else the status of the page shown again."""
    if not form.is_valid():
        return 422
    try:
        act(**form.cleaned_data)
    except Refused as error:
        form.refuse(error)
        return 429 if isinstance(error, TooMany) else 422
    return 0


def ask(
    request: HttpRequest,
    form: Form,
    act: Callable[..., Any],
    *,
    back: str,
    said: str,
    **words: Any,
) -> HttpResponse:
    """One form on a page; `words`: title, do, fact, note."""
    status = 200
    if request.method == "POST":
        status = acted(form, act)
        if not status:
            flash.say(request, said)
            return redirect(back)
    return page(request, "ask", status=status, form=form, back=back, **words)
