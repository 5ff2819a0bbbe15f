"""The school calendar from a file: upload it, look at what it would write, then write it."""

import datetime as dt
from dataclasses import asdict, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.core import flash
from staffroom.core.errors import Refused
from staffroom.core.words import listed as listed_words
from staffroom.people.models import Person
from staffroom.places.access import administrator
from staffroom.places.actions import import_calendar as actions
from staffroom.places.forms import CalendarFileForm
from staffroom.places.imports.days import Days, Listed, Wrong

#: What the file said, until it is written or another one is chosen; nothing of it is about a person.
KEPT = "calendar_file"


@administrator
def upload(request: HttpRequest) -> HttpResponse:
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                days = actions.read_calendar(form.cleaned_data["file"].read(actions.MOST_BYTES + 1))
            except Refused as error:
                form.refuse(error)
            else:
                request.session[KEPT] = _packed(days)
                return redirect("calendar_look")
    return render(request, "places/calendar_import.html", {"form": form}, status=status)


@administrator
def look(request: HttpRequest) -> HttpResponse:
    """Each entry, what it is taken for, and what could not be read."""
    programme = request.programme  # type: ignore[attr-defined]
    days = _unpacked(request.session.get(KEPT))
    if days is None:
        return redirect("calendar_import")
    error, status = "", 200
    chosen = _chosen(request, days.listed)
    if request.method == "POST":
        try:
            if days.wrong and "leave_out" not in request.POST:
                raise Refused(_("Please tick that the lines above are left out, or mend the file."))
            counts = actions.import_calendar(
                by=_me(request), programme=programme, listed=[one for one in chosen if one.kind]
            )
        except Refused as refused:
            error, status = refused.message, 422
        else:
            request.session.pop(KEPT, None)
            flash.say(request, _said(counts))
            return redirect("calendar")
    context = {
        "rows": actions.compare(programme, chosen),
        "wrong": days.wrong,
        "leave_out": "leave_out" in request.POST,
        "error": error,
        "kinds": [("term", _("School term")), ("holiday", _("Holiday")), ("", _("Leave it out"))],
    }
    return render(request, "places/calendar_look.html", context, status=status)


def _chosen(request: HttpRequest, listed: list[Listed]) -> list[Listed]:
    """What each entry is, as chosen on the page, else as guessed."""
    return [
        replace(one, kind=said)
        if (said := request.POST.get(f"kind-{number}", one.kind)) in actions.KINDS
        else one
        for number, one in enumerate(listed, start=1)
    ]


def _said(counts: dict[str, int]) -> str:
    parts = [
        ngettext("%(n)s new", "%(n)s new", counts["new"]) % {"n": counts["new"]},
        ngettext("%(n)s changed", "%(n)s changed", counts["changed"]) % {"n": counts["changed"]},
        ngettext("%(n)s as before", "%(n)s as before", counts["same"]) % {"n": counts["same"]},
    ]
    return _("The calendar is written: %(counts)s.") % {"counts": listed_words(parts)}


def _packed(days: Days) -> dict[str, Any]:
    return {
        "listed": [
            asdict(one)
            | {"first_day": one.first_day.isoformat(), "last_day": one.last_day.isoformat()}
            for one in days.listed
        ],
        "wrong": [asdict(one) for one in days.wrong],
    }


def _unpacked(kept: dict[str, Any] | None) -> Days | None:
    if not kept:
        return None
    return Days(
        [
            Listed(
                **one
                | {
                    "first_day": dt.date.fromisoformat(one["first_day"]),
                    "last_day": dt.date.fromisoformat(one["last_day"]),
                }
            )
            for one in kept["listed"]
        ],
        [Wrong(**one) for one in kept["wrong"]],
    )


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
