"""What a phone keeps to read without signal: the page that lists it, and whether it may still stand there."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from staffroom.core import access
from staffroom.people.models import Person
from staffroom.web.shelf.queries import standing

MOST = 100


@require_safe
@access.signed_in
def on_this_phone(request: HttpRequest) -> HttpResponse:
    """Empty as it leaves the house: the phone itself knows what it keeps, and fills it in."""
    return render(request, "web/shelf/on_this_phone.html", {"tab": "me"})


@require_safe
@access.signed_in
def state(request: HttpRequest) -> HttpResponse:
    """Of each address named: gone, or the version and size it has now. Says nothing else."""
    person: Person = request.user  # type: ignore[assignment]
    gone, version = [], {}
    for path in dict.fromkeys(request.GET.getlist("item")[:MOST]):
        found = standing(person, path)
        if found is None:
            gone.append(path)
        else:
            version[path] = [found.version, found.size]
    response = JsonResponse({"gone": gone, "version": version})
    response["Cache-Control"] = "no-store"
    return response
