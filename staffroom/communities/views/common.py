"""What several pages share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core.clock import today
from staffroom.core.errors import Refused
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places.models import Area, Posting, Programme, on_date


class Request(HttpRequest):
    """What an access rule has let through: somebody signed in, and what the rule found."""

    user: Person
    community: Community
    programme: Programme
    programmes: list[Programme]


def page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """A page of this room; with 422 when its form was refused."""
    form = context.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    context.setdefault("community", getattr(request, "community", None))
    context.setdefault("tab", _tab(request))
    return render(request, f"communities/{name}.html", context, status=422 if refused else 200)


def _tab(request: HttpRequest) -> str:
    """Pages from the garden's side belong to its own tab, not to my communities."""
    return "garden" if request.path.startswith(reverse("garden")) else "communities"


def confirm(request: HttpRequest, **context: Any) -> HttpResponse:
    """The page that asks before something hard to take back."""
    form = context.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    context["tab"] = _tab(request)
    return render(request, "ui/confirm.html", context, status=422 if refused else 200)


def area_named(programme: Programme, text: str) -> Area | None:
    """The area of this name, the widest if several have it; "Mwingi (Zone)" says which level."""
    if not text:
        return None
    name, _paren, level = text.rstrip(")").partition(" (")
    found = Area.objects.filter(on_date(today()), programme=programme, name__iexact=name.strip())
    if level:
        found = found.filter(level__name__iexact=level.strip())
    area = found.order_by("level__depth", "pk").first()
    if area is None:
        raise Refused(_("We do not know this area. Write it as on the school's papers."), "area")
    return area


def areas_of(programme: Programme) -> list[str]:
    """Names to offer while typing: the two widest levels."""
    return list(
        Area.objects.filter(on_date(today()), programme=programme, level__depth=1)
        .order_by("name")
        .values_list("name", flat=True)[:100]
    )


def own_area(person: Person) -> str:
    """Where the person works, to fill in the form."""
    posting = (
        Posting.objects.filter(on_date(today()), person=person).select_related("school").first()
    )
    if posting is None:
        return ""
    area = (
        Area.objects.filter(on_date(today(), "schools__"), schools__school=posting.school_id)
        .order_by("pk")
        .first()
    )
    return area.name if area else ""


def schools_of(people: list[Person]) -> dict[Any, str]:
    """Where each of these people works today."""
    schools: dict[Any, str] = {}
    rows = Posting.objects.filter(on_date(today()), person__in=people).select_related("school")
    for posting in rows.order_by("starts"):
        before = schools.get(posting.person_id, "")
        schools[posting.person_id] = listed([before, posting.school.name])
    return schools
