"""The demo's front door: choose who you are. Exists in demo mode alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from staffroom.communities.models import Community
from staffroom.core import access
from staffroom.core.errors import NotYours
from staffroom.people.actions import sign_in_as
from staffroom.people.models import Person
from staffroom.places.models import Programme, School
from staffroom.web.demo.known import BY_KEY, KNOWN


def check_demo() -> None:
    if not settings.DEMO:
        raise NotYours


@access.anyone
def choose(request: HttpRequest) -> HttpResponse:
    check_demo()
    names = dict(
        Person.objects.filter(phone__in=[one.phone for one in KNOWN]).values_list("phone", "name")
    )
    return render(
        request,
        "web/demo.html",
        {
            "people": [(known, names[known.phone]) for known in KNOWN if known.phone in names],
            "programme": Programme.objects.first(),
            "schools": School.objects.count(),
            "communities": Community.objects.count(),
            "phones": bool(settings.SIMULATOR_URL),
        },
    )


@access.anyone
@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the known people."""
    check_demo()
    known = BY_KEY.get(key)
    person = Person.objects.filter(phone=known.phone).first() if known else None
    if person is None:
        raise NotYours
    sign_in_as(request, person, how="demo")
    return redirect("today")
