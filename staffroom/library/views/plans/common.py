"""What the views of lesson plans share."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from staffroom.communities.models import Community
from staffroom.communities.wall import readable_by as communities_of
from staffroom.core import access, limits
from staffroom.core.errors import NotYours
from staffroom.core.forms import Form
from staffroom.core.ids import short, uuid7
from staffroom.library.models import LessonPlan, PlanSection
from staffroom.library.queries.plans import reading
from staffroom.people.models import Person


class Request(HttpRequest):
    """A request that an access rule has let through."""

    user: Person
    community: Community


def _colleague(request: HttpRequest, **rest: object) -> None:
    """Whoever is in some community: shared plans are for teachers who share."""
    if not communities_of(request.user).exists():  # type: ignore[arg-type]
        raise NotYours


#: Members and advisers of any community.
colleague = access.requires("colleague", _colleague)


def plan_here(request: Request, id: uuid.UUID) -> LessonPlan:
    """The plan, if it is of this community."""
    plan = reading.plan_in(request.community, id)
    if plan is None:
        raise NotYours
    return plan


def section_here(request: Request, plan: uuid.UUID, id: uuid.UUID) -> PlanSection:
    section = reading.section_in(plan_here(request, plan), id)
    if section is None:
        raise NotYours
    return section


def sent_id(request: HttpRequest) -> uuid.UUID | None:
    """The id that the phone (or the server, in the form) made for what is sent."""
    try:
        return uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        return None


def sent_number(request: HttpRequest, name: str) -> int:
    """A number that the form carries along; -1 for nonsense, which no version has."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def pace(request: Request) -> None:
    """More than this in ten minutes is a stuck phone or a machine."""
    limits.take("write", str(request.user.pk), limit=60, seconds=600)


def page(request: Request, name: str, status: int = 0, **context: Any) -> HttpResponse:
    """A page of a plan; with 422 when its form was refused."""
    form: Form | None = context.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    context.setdefault("community", getattr(request, "community", None))
    context.setdefault("tab", "communities")
    context.setdefault("new_id", sent_id(request) if refused and sent_id(request) else uuid7())
    return render(
        request, f"library/plans/{name}.html", context, status=status or (422 if refused else 200)
    )


def go(request: HttpRequest, url: str) -> HttpResponse:
    """On to another page. The script is told where, so that it fetches that page once."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=200, headers={"X-Go": url})
    return redirect(url)


def to_plan(plan: LessonPlan, section: PlanSection | None = None) -> HttpResponse:
    """Back to the plan, at the section."""
    return redirect(plan_url(plan, section))


def plan_url(plan: LessonPlan, section: PlanSection | None = None) -> str:
    url = reverse("plan", args=[plan.community_id, plan.pk])
    return f"{url}#s-{short(section.pk)}" if section else url
