"""What other communities share, one's own shelf; copying; on paper."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from staffroom.communities.models import Community, Membership
from staffroom.communities.wall import readable_by as communities_of
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.library.actions.plans import begin as beginning
from staffroom.library.actions.plans import share as acts
from staffroom.library.forms.plans import Copying
from staffroom.library.models import LessonPlan
from staffroom.library.pdf import can_make_pdf, make_pdf
from staffroom.library.queries.plans import page as asking
from staffroom.library.queries.plans import reading
from staffroom.library.views.plans.common import (
    Request,
    colleague,
    page,
    plan_url,
    sent_id,
    to_plan,
)
from staffroom.people.models import Person

A_PAGE = 20
#: So many letters fit on a sheet of A4 in this size (`plan.css`).
FITS = (1500, 2400, 3600)


@colleague
@require_GET
def shelf(request: Request) -> HttpResponse:
    """What I keep, and what is shared in the programme."""
    kept = asking.with_counts(reading.saved_by(request.user))[:A_PAGE]
    found = asking.with_counts(reading.shared_with(request.user))
    return page(
        request,
        "shelf",
        tab="me",
        kept=list(kept),
        mine=set(communities_of(request.user).values_list("pk", flat=True)),
        **paged(request, found, A_PAGE),
    )


@colleague
@require_GET
def shared_plan(request: Request, plan: uuid.UUID) -> HttpResponse:
    """A plan as others see it: its sections and where it comes from; no name, no word in pencil."""
    found = _readable(request, plan)
    if communities_of(request.user).filter(pk=found.community_id).exists():
        return to_plan(found)
    return page(
        request,
        "shared",
        tab="me",
        plan=found,
        rows=asking.sections_shown(found),
        pdf=can_make_pdf(),
        saved=asking.is_saved(found, request.user),
        back=reverse("plan_shelf"),
    )


@colleague
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: Request, plan: uuid.UUID) -> HttpResponse:
    """Adapt it in a community of one's own."""
    found = _readable(request, plan)
    mine = _my_communities(request.user)
    form = Copying(request.POST or None, person=request.user, communities=mine)
    if request.method == "POST" and form.is_valid():
        try:
            made = beginning.copy(
                by=request.user,
                origin=found,
                community=form.cleaned_data["community"],
                id=sent_id(request),
            )
            flash.say(request, _("It is yours to change. Where it comes from stands below it."))
            return to_plan(made)
        except Refused as refusal:
            form.refuse(refusal)
    return page(
        request,
        "copy",
        tab="me",
        form=form,
        plan=found,
        any=mine.exists(),
        back=_back(request, found),
    )


def _my_communities(person: Person) -> Any:
    """Where the person is a member and may still read."""
    active = Membership.objects.filter(person=person, state=Membership.State.ACTIVE)
    return (
        communities_of(person)
        .filter(pk__in=active.values("community"), stage=Community.Stage.OPEN)
        .order_by("name")
    )


@colleague
@require_POST
def keep(request: Request, plan: uuid.UUID) -> HttpResponse:
    """On my shelf, or off it (`keep=no`)."""
    found = _readable(request, plan)
    if request.POST.get("keep") == "no":
        acts.let_go(by=request.user, plan=found)
    else:
        acts.save(by=request.user, plan=found)
    return redirect(_back(request, found))


@colleague
@require_GET
def paper(request: Request, plan: uuid.UUID) -> HttpResponse:
    """One sheet of A4, printed by the browser."""
    found = _readable(request, plan)
    return page(
        request, "paper", tab="me", back=_back(request, found), pdf=can_make_pdf(), **_sheet(found)
    )


@colleague
@require_GET
def pdf(request: Request, plan: uuid.UUID) -> HttpResponse:
    """The same sheet as a file."""
    found = _readable(request, plan)
    if not can_make_pdf():
        return redirect("plan_print", plan)
    made = make_pdf(render_to_string("library/plans/sheet.html", _sheet(found), request=request))
    answer = HttpResponse(made, content_type="application/pdf")
    name = slugify(found.title, allow_unicode=False) or "lesson-plan"
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _sheet(plan: LessonPlan) -> dict[str, Any]:
    rows = [row for row in asking.sections_shown(plan) if row.section.text.strip()]
    letters = sum(len(row.section.text) + 40 * row.section.text.count("\n") for row in rows)
    size = sum(letters > most for most in FITS) + 1
    return {"plan": plan, "rows": rows, "size": size, "long": size > len(FITS)}


def _readable(request: Request, id: uuid.UUID) -> LessonPlan:
    found = reading.readable_by(request.user).filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


def _back(request: Request, plan: LessonPlan) -> str:
    """The plan's own page for whoever is inside, else the shared one."""
    if communities_of(request.user).filter(pk=plan.community_id).exists():
        return plan_url(plan)
    return reverse("shared_plan", args=[plan.pk])
