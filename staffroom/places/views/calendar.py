"""The schools' calendar, as administrators write it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import flash
from staffroom.core.errors import NotYours
from staffroom.core.words import listed, weekday
from staffroom.people.models import Person
from staffroom.places import calendar as rules
from staffroom.places import queries
from staffroom.places.access import administrator
from staffroom.places.actions import calendar as actions
from staffroom.places.forms import HolidayForm, SchoolTermForm, WeekendForm
from staffroom.places.models import Holiday, SchoolTerm
from staffroom.places.views.common import ask, here


@administrator
def show(request: HttpRequest) -> HttpResponse:
    programme, day = request.programme, here(request)  # type: ignore[attr-defined]
    terms = SchoolTerm.objects.filter(programme=programme)
    context = {
        "programme": programme,
        "terms": terms.filter(last_day__gte=day),
        "holidays": Holiday.objects.filter(programme=programme, last_day__gte=day).select_related(
            "area"
        ),
        "earlier": [
            *terms.filter(last_day__lt=day),
            *Holiday.objects.filter(programme=programme, last_day__lt=day),
        ],
        "weekend": listed(weekday(number) for number in programme.weekend),
        "school_today": rules.is_school_day(programme, day),
        "runs_out": terms.exists() and not terms.filter(last_day__gte=day).exists(),
    }
    return render(request, "places/calendar.html", context)


@administrator
def weekend(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    return ask(
        request,
        WeekendForm(request.POST or None, initial={"days": programme.weekend}),
        lambda **fields: actions.set_weekend(by=_me(request), programme=programme, **fields),
        title=_("Days without school"),
        fact=programme.name,
        do=_("Save"),
        back=reverse("calendar"),
        said=_("Saved."),
    )


@administrator
def new_term(request: HttpRequest) -> HttpResponse:
    return _term(request, None)


@administrator
def term(request: HttpRequest, school_term: uuid.UUID) -> HttpResponse:
    return _term(request, _found(SchoolTerm, request, school_term))


@administrator
def new_holiday(request: HttpRequest) -> HttpResponse:
    return _holiday(request, None)


@administrator
def holiday(request: HttpRequest, holiday: uuid.UUID) -> HttpResponse:
    return _holiday(request, _found(Holiday, request, holiday))


@administrator
@require_POST
def remove_term(request: HttpRequest, school_term: uuid.UUID) -> HttpResponse:
    return _remove(request, _found(SchoolTerm, request, school_term))


@administrator
@require_POST
def remove_holiday(request: HttpRequest, holiday: uuid.UUID) -> HttpResponse:
    return _remove(request, _found(Holiday, request, holiday))


def _term(request: HttpRequest, row: SchoolTerm | None) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    return ask(
        request,
        SchoolTermForm(request.POST or None, initial=_days(row)),
        lambda **fields: actions.write_term(
            by=_me(request), programme=programme, term=row, **fields
        ),
        title=_("A school term") if row is None else row.name,
        fact=programme.name,
        do=_("Save"),
        back=reverse("calendar"),
        said=_("Saved."),
    )


def _holiday(request: HttpRequest, row: Holiday | None) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    initial = _days(row)
    if row is not None and row.area_id is not None:
        initial["area"] = queries.area_names([row.area_id], here(request))[0]
    return ask(
        request,
        HolidayForm(request.POST or None, initial=initial, programme=programme),
        lambda **fields: actions.write_holiday(
            by=_me(request), programme=programme, holiday=row, **fields
        ),
        title=_("A holiday") if row is None else row.name,
        fact=programme.name,
        do=_("Save"),
        back=reverse("calendar"),
        said=_("Saved."),
    )


def _days(row: SchoolTerm | Holiday | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {"name": row.name, "first_day": row.first_day, "last_day": row.last_day}


def _remove(request: HttpRequest, row: SchoolTerm | Holiday) -> HttpResponse:
    actions.remove(by=_me(request), period=row)
    flash.say(request, _("%(name)s is taken out of the calendar.") % {"name": row.name})
    return redirect("calendar")


def _found(kind: Any, request: HttpRequest, pk: uuid.UUID) -> Any:
    found = kind.objects.filter(programme=request.programme, pk=pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotYours
    return found


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
