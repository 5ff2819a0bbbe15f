"""People as administrators see them: where they work and what office they hold. Nobody's community."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.people.models import Person
from staffroom.places import queries
from staffroom.places.access import administrator
from staffroom.places.actions import offices as actions
from staffroom.places.actions import own_number
from staffroom.places.forms import AppointForm, EndForm, OverseeForm, SuperviseForm
from staffroom.places.models import (
    Appointment,
    Oversight,
    Posting,
    Supervision,
    TeacherNumber,
    on_date,
)
from staffroom.places.views.common import ask, here


@administrator
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:80]
    context = paged(request, queries.search_people(request.programme, words) if words else [])  # type: ignore[attr-defined]
    schools = dict(
        Posting.objects.filter(
            on_date(here(request)),
            person__in=[person.pk for person in context["page"]],
            school__programme=request.programme,  # type: ignore[attr-defined]
        ).values_list("person_id", "school__name")
    )
    for person in context["page"]:
        person.works_at = schools.get(person.pk, "")
    return render(request, "places/people.html", context | {"words": words})


@administrator
def one(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    found = _person(request, person)
    programme = request.programme  # type: ignore[attr-defined]
    numbers = list(TeacherNumber.objects.filter(person=found, programme=programme))
    context = {
        "person": found,
        "numbers": numbers,
        "own_word": any(row.own_word for row in numbers),
        "postings": Posting.objects.filter(person=found, school__programme=programme)
        .select_related("school")
        .order_by("-starts"),
        "offices": Appointment.objects.filter(person=found, programme=programme)
        .select_related("area")
        .order_by("-starts"),
        "oversights": Oversight.objects.filter(person=found, area__programme=programme)
        .select_related("area")
        .order_by("-starts"),
        "above": Supervision.objects.filter(person=found).select_related("supervisor"),
        "below": Supervision.objects.filter(supervisor=found).select_related("person"),
        "circle": actions.in_circle(found),
    }
    return render(request, "places/person.html", context)


@administrator
@require_POST
def remove_number(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """A number that its owner wrote and that turned out to be somebody else's."""
    found, programme = _person(request, person), request.programme  # type: ignore[attr-defined]
    own_number.take_away(by=_me(request), person=found, programme=programme)
    flash.say(request, _("The number is taken away."))
    return redirect("places_person", found.pk)


@administrator
def appoint(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    found, programme = _person(request, person), request.programme  # type: ignore[attr-defined]
    form = AppointForm(request.POST or None, initial={"starts": here(request)}, programme=programme)
    return ask(
        request,
        form,
        lambda **fields: actions.appoint(
            by=_me(request), person=found, programme=programme, **fields
        ),
        title=_("Give an office"),
        fact=found.name,
        do=_("Give the office"),
        back=reverse("places_person", args=[found.pk]),
        said=_("The office is given."),
    )


@administrator
def oversee(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    found = _person(request, person)
    form = OverseeForm(
        request.POST or None,
        initial={"starts": here(request)},
        programme=request.programme,  # type: ignore[attr-defined]
    )
    return ask(
        request,
        form,
        lambda **fields: actions.oversee(by=_me(request), person=found, **fields),
        title=_("Oversight of an area"),
        fact=found.name,
        note=_(
            "Whoever oversees an area supervises every school in it, and cannot enter communities "
            "that hold somebody who works there."
        ),
        do=_("Save"),
        back=reverse("places_person", args=[found.pk]),
        said=_("Saved."),
    )


@administrator
def supervise(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    found = _person(request, person)

    def act(number: str, **fields: object) -> None:
        row = (
            TeacherNumber.objects.filter(programme=request.programme, number=number)  # type: ignore[attr-defined]
            .select_related("person")
            .first()
        )
        if row is None:
            raise Refused(_("No teacher has this number."), "number")
        actions.name_supervisor(by=_me(request), supervisor=found, person=row.person, **fields)  # type: ignore[arg-type]

    return ask(
        request,
        SuperviseForm(request.POST or None, initial={"starts": here(request)}),
        act,
        title=_("Supervision by name"),
        fact=found.name,
        do=_("Save"),
        back=reverse("places_person", args=[found.pk]),
        said=_("Saved."),
    )


@administrator
def end_appointment(request: HttpRequest, appointment: uuid.UUID) -> HttpResponse:
    found = (
        Appointment.objects.filter(programme=request.programme, pk=appointment)  # type: ignore[attr-defined]
        .select_related("person", "programme")
        .first()
    )
    if found is None:
        raise NotYours
    return _end(
        request,
        found.person,
        lambda ends: actions.end_appointment(by=_me(request), appointment=found, ends=ends),
    )


@administrator
def end_oversight(request: HttpRequest, oversight: uuid.UUID) -> HttpResponse:
    found = (
        Oversight.objects.filter(area__programme=request.programme, pk=oversight)  # type: ignore[attr-defined]
        .select_related("person", "area__programme")
        .first()
    )
    if found is None:
        raise NotYours
    return _end(
        request,
        found.person,
        lambda ends: actions.end_oversight(by=_me(request), oversight=found, ends=ends),
    )


@administrator
def end_supervision(request: HttpRequest, supervision: uuid.UUID) -> HttpResponse:
    found = (
        Supervision.objects.filter(pk=supervision).select_related("supervisor", "person").first()
    )
    if found is None or not actions.can_name_supervisor(_me(request), found.person):
        raise NotYours
    return _end(
        request,
        found.supervisor,
        lambda ends: actions.end_supervision(by=_me(request), supervision_row=found, ends=ends),
    )


def _end(request: HttpRequest, person: Person, act: Callable[..., None]) -> HttpResponse:
    return ask(
        request,
        EndForm(request.POST or None, initial={"ends": here(request)}),
        act,
        title=_("End an office"),
        fact=person.name,
        do=_("End it"),
        back=reverse("places_person", args=[person.pk]),
        said=_("It ends."),
    )


def _person(request: HttpRequest, person: uuid.UUID) -> Person:
    found = queries.people_of(request.programme).filter(pk=person).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotYours
    return found


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
