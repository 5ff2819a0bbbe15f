"""The administrator's first page, and setting up a programme."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core.errors import NotYours
from staffroom.places import queries
from staffroom.places.access import administrator
from staffroom.places.actions.programmes import create_programme, set_file_limit, write_numbers
from staffroom.places.forms import FileLimitForm, NumbersForm, ProgrammeForm
from staffroom.places.models import Appointment, Area, ImportRun, Posting, School, on_date
from staffroom.places.views.common import ask, here


@administrator
def home(request: HttpRequest) -> HttpResponse:
    programme, day = request.programme, here(request)  # type: ignore[attr-defined]
    schools = School.objects.filter(programme=programme)
    levels = list(programme.levels.order_by("depth"))
    for level in levels:
        level.count = Area.objects.filter(on_date(day), level=level).count()
    context = {
        "programme": programme,
        "programmes": request.programmes,  # type: ignore[attr-defined]
        "levels": levels,
        "limit_mb": programme.file_limit_kb // 1000,
        "schools": schools.filter(queries.open_on(day)).count(),
        "closed": schools.exclude(queries.open_on(day)).count(),
        "teachers": Posting.objects.filter(on_date(day), school__programme=programme)
        .values("person")
        .distinct()
        .count(),
        "whole": Appointment.objects.filter(
            on_date(day),
            person=request.user,
            programme=programme,
            area=None,  # type: ignore[misc]
        ).exists(),
        "unfinished": ImportRun.objects.filter(programme=programme)
        .exclude(state=ImportRun.State.DONE)
        .order_by("-at"),
    }
    return render(request, "places/home.html", context)


@administrator
@require_POST
def choose_programme(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    if programme not in {mine.pk for mine in request.programmes}:  # type: ignore[attr-defined]
        raise NotYours
    request.session["programme"] = str(programme)
    return redirect("places")


@administrator
def new_programme(request: HttpRequest) -> HttpResponse:
    def act(levels: str, **fields: str) -> None:
        made = create_programme(by=request.user, levels=levels.splitlines(), **fields)  # type: ignore[arg-type]
        request.session["programme"] = str(made.pk)

    return ask(
        request,
        ProgrammeForm(request.POST or None),
        act,
        title=_("A new programme"),
        do=_("Set it up"),
        back=reverse("places"),
        said=_("The programme is there, and you administer it. Next: import its schools."),
    )


@administrator
def numbers(request: HttpRequest) -> HttpResponse:
    """What the payroll number is called here, and how one looks."""
    programme = request.programme  # type: ignore[attr-defined]
    initial = {
        "number_label": programme.number_label,
        "number_mask": programme.number_mask,
        "number_required": programme.number_required_since is not None,
    }
    return ask(
        request,
        NumbersForm(request.POST or None, initial=initial),
        lambda **fields: write_numbers(by=request.user, programme=programme, **fields),  # type: ignore[arg-type]
        title=_("Payroll numbers"),
        fact=programme.name,
        note=_(
            "An imported number that looks different is shown before anything is imported. "
            "Whoever changed their phone number can prove with it who they are."
        ),
        do=_("Save"),
        back=reverse("places"),
        said=_("Saved."),
    )


@administrator
def file_limit(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]

    def act(megabytes: int) -> None:
        set_file_limit(by=request.user, programme=programme, megabytes=megabytes)  # type: ignore[arg-type]

    start = {"megabytes": programme.file_limit_kb // 1000}
    return ask(
        request,
        FileLimitForm(request.POST or None, initial=start),
        act,
        title=_("Files in posts"),
        do=_("Save"),
        back=reverse("places"),
        said=_("Saved. It holds for files sent from now on."),
        fact=programme.name,
    )
