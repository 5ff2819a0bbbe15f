"""My own time: pages that only their owner opens, with or without an office."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staffroom.core import access, flash, limits
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.core.paging import paged
from staffroom.people.models import Person
from staffroom.rhythm.actions import own_time as acts
from staffroom.rhythm.forms.own_time import Entry, Paper
from staffroom.rhythm.models.own_time import OwnTime
from staffroom.rhythm.queries import own_time as asking
from staffroom.rhythm.views.common import page

_READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


class Request(HttpRequest):
    user: Person


def _page(request: Request, name: str, **context: Any) -> HttpResponse:
    return page(request, f"own_time/{name}", tab="me", **context)


def _mine(request: Request, entry: uuid.UUID) -> OwnTime:
    found = asking.entry_of(request.user, entry)
    if found is None:
        raise NotYours
    return found


@require_safe
@access.signed_in
def own_time(request: Request) -> HttpResponse:
    """The entries, their sums, and the gatherings of the last days with one tap each."""
    terms, years = asking.totals(request.user)
    return _page(
        request,
        "list",
        terms=terms,
        years=years,
        gathered=asking.gathered(request.user),
        **paged(request, asking.entries(request.user)),
    )


@_READS_AND_WRITES
@access.signed_in
def new(request: Request) -> HttpResponse:
    """A new entry; `day`, `minutes`, `what`, `at` in the address fill the form in."""
    return _written(request, None, _offered(request))


@_READS_AND_WRITES
@access.signed_in
def change(request: Request, entry: uuid.UUID) -> HttpResponse:
    found = _mine(request, entry)
    said = {name: getattr(found, name) for name in ("day", "minutes", "what", "place")}
    return _written(request, found, said)


def _offered(request: Request) -> dict[str, Any]:
    said = {name: request.GET.get(name, "")[:200] for name in ("day", "minutes", "what")}
    return {"day": today(asking.zone_of(request.user))} | {
        name: value for name, value in said.items() if value
    } | {"place": request.GET.get("at", "")[:120]}  # fmt: skip


def _written(request: Request, found: OwnTime | None, said: dict[str, Any]) -> HttpResponse:
    places = asking.places_of(request.user)
    if said["place"] in places:
        said = said | {"community": said["place"], "place": ""}
    form = Entry(request.POST or None, places=places, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            limits.take("write", str(request.user.pk), limit=60, seconds=600)
            acts.write(
                by=request.user,
                entry=found,
                id=_sent_id(request),
                zone=asking.zone_of(request.user),
                **form.words(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Written down. You alone see it."))
            return redirect("own_time")
    return _page(request, "form", form=form, entry=found, new_id=_sent_id(request) or uuid7())


def _sent_id(request: Request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        return None


@require_POST
@access.signed_in
def remove(request: Request, entry: uuid.UUID) -> HttpResponse:
    found = _mine(request, entry)
    acts.remove(by=request.user, entry=found)
    flash.say(request, _("Removed."), undo=reverse("own_time_back", args=[found.pk]))
    return redirect("own_time")


@require_POST
@access.signed_in
def put_back(request: Request, entry: uuid.UUID) -> HttpResponse:
    try:
        acts.put_back(by=request.user, entry=_mine(request, entry))
    except Refused as refusal:
        flash.say(request, refusal.message)
    else:
        flash.say(request, _("It is there again."))
    return redirect("own_time")


@_READS_AND_WRITES
@access.signed_in
def paper(request: Request) -> HttpResponse:
    """A sheet of A4 for one's own file. The name comes with the request and is kept nowhere."""
    here = today(asking.zone_of(request.user))
    form = Paper(
        request.POST or None,
        initial={"name": request.user.name, "first": dt.date(here.year, 1, 1), "last": here},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        rows = asking.between(request.user, said["first"], said["last"])
        return _page(request, "paper", said=said, rows=rows, total=asking.total_of(rows))
    return _page(request, "paper_form", form=form)


@require_safe
@access.signed_in
def as_csv(request: Request) -> HttpResponse:
    """All entries, for a spreadsheet of one's own."""
    rows = list(asking.entries(request.user).order_by("day", "id"))
    answer = HttpResponse("".join(asking.lines(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-time.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
