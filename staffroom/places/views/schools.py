"""Schools: browse, search, look at one, and change it by date."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import flash
from staffroom.core.errors import NotYours
from staffroom.core.paging import paged
from staffroom.people.models import Person
from staffroom.places import cluster_queries, queries
from staffroom.places.access import administrator
from staffroom.places.actions import schools as actions
from staffroom.places.actions.codes import add_code, end_code
from staffroom.places.clusters_now import cluster_of
from staffroom.places.forms import (
    CloseSchoolForm,
    EndForm,
    MoveSchoolForm,
    NewSchoolForm,
    SchoolCodeForm,
    SchoolForm,
)
from staffroom.places.models import Posting, SchoolArea, SchoolCode
from staffroom.places.views.common import ask, here, school_of, with_lines


@administrator
def browse(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:80]
    context = paged(request, queries.search_schools(request.programme, words))  # type: ignore[attr-defined]
    context |= {"words": words, "schools": with_lines(context["page"])}
    return render(request, "places/schools.html", context)


@administrator
def one(request: HttpRequest, school: uuid.UUID) -> HttpResponse:
    found, day = school_of(request, school), here(request)
    postings = list(
        Posting.objects.filter(school=found).select_related("person").order_by("-starts", "pk")
    )
    words = request.GET.get("q", "").strip()[:80]
    context = {
        "school": found,
        "line": queries.area_line(found, day),
        "place": cluster_of(found, day),
        "areas": SchoolArea.objects.filter(school=found).select_related("area").order_by("starts"),
        "now": [p for p in postings if p.starts <= day and (p.ends is None or p.ends > day)],
        "later": [p for p in postings if p.starts > day],
        "before": [p for p in postings if p.ends is not None and p.ends <= day][:50],
        "codes": SchoolCode.objects.filter(school=found),
        "open": found.closed is None or found.closed > day,
        "words": words,
        "in_plans": cluster_queries.plans_with(found),
    }
    if words:
        context["people"] = queries.search_people(request.programme, words)[:20]  # type: ignore[attr-defined]
    return render(request, "places/school.html", context)


@administrator
def new(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    form = NewSchoolForm(request.POST or None, programme=programme)
    return ask(
        request,
        form,
        lambda **fields: actions.add_school(
            by=_person(request), programme=programme, on=here(request), **fields
        ),
        title=_("A new school"),
        do=_("Add the school"),
        back=reverse("schools"),
        said=_("The school is there."),
    )


@administrator
def edit(request: HttpRequest, school: uuid.UUID) -> HttpResponse:
    found = school_of(request, school)
    kept = {name: getattr(found, name) for name in actions.EDITABLE}
    form = SchoolForm(request.POST or None, initial=kept, programme=found.programme)
    return ask(
        request,
        form,
        lambda **fields: actions.edit_school(by=_person(request), school=found, **fields),
        title=_("Correct a school"),
        fact=found.name,
        do=_("Save"),
        back=reverse("school", args=[found.pk]),
        said=_("Saved."),
    )


@administrator
def move(request: HttpRequest, school: uuid.UUID) -> HttpResponse:
    found = school_of(request, school)
    form = MoveSchoolForm(
        request.POST or None, initial={"on": here(request)}, programme=found.programme
    )
    return ask(
        request,
        form,
        lambda **fields: actions.move_school(by=_person(request), school=found, **fields),
        title=_("Move to another area"),
        fact=found.name,
        note=_("Until the day before, it stays where it was: what happened there keeps its place."),
        do=_("Move it"),
        back=reverse("school", args=[found.pk]),
        said=_("Moved."),
    )


@administrator
def close(request: HttpRequest, school: uuid.UUID) -> HttpResponse:
    found = school_of(request, school)
    form = CloseSchoolForm(
        request.POST or None, initial={"on": here(request)}, programme=found.programme
    )
    return ask(
        request,
        form,
        lambda **fields: actions.close_school(by=_person(request), school=found, **fields),
        title=_("Close or merge"),
        fact=found.name,
        do=_("Close the school"),
        back=reverse("school", args=[found.pk]),
        said=_("Closed."),
    )


@administrator
@require_POST
def reopen(request: HttpRequest, school: uuid.UUID) -> HttpResponse:
    found = school_of(request, school)
    actions.reopen_school(by=_person(request), school=found)
    flash.say(request, _("Open again. Postings that ended are not back: post people again."))
    return redirect("school", found.pk)


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]


@administrator
def new_code(request: HttpRequest, school: uuid.UUID) -> HttpResponse:
    found = school_of(request, school)
    form = SchoolCodeForm(request.POST or None, initial={"starts": here(request)})
    return ask(
        request,
        form,
        lambda **fields: add_code(by=_person(request), school=found, **fields),
        title=_("A code of this school"),
        fact=found.name,
        note=_("The code it had in this system until then ends on that day and stays known."),
        do=_("Save"),
        back=reverse("school", args=[found.pk]),
        said=_("Saved."),
    )


@administrator
def end_of_code(request: HttpRequest, school_code: uuid.UUID) -> HttpResponse:
    found = SchoolCode.objects.filter(pk=school_code, school__programme=request.programme)  # type: ignore[attr-defined]
    kept = found.select_related("school__programme").first()
    if kept is None:
        raise NotYours
    return ask(
        request,
        EndForm(request.POST or None, initial={"ends": here(request)}),
        lambda **fields: end_code(by=_person(request), code=kept, **fields),
        title=_("The code no longer holds"),
        fact=f"{kept.system} {kept.code}",
        do=_("End it"),
        back=reverse("school", args=[kept.school_id]),
        said=_("Saved."),
    )
