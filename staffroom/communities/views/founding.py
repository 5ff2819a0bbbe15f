"""New communities: by teachers themselves, and by gardeners."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.communities.access import gardener
from staffroom.communities.actions import founding
from staffroom.communities.forms import Founding, Planting
from staffroom.communities.levers import is_left, programme_lever
from staffroom.communities.views.common import Request, area_named, areas_of, own_area, page
from staffroom.core import access, flash, ids, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.models import Programme

WEEK = 7 * 24 * 3600


def _first(person: Person, programme: Programme) -> dict[str, Any]:
    """What the form can know before anything is typed."""
    subjects = person.subjects or [""]
    return {
        "id": ids.uuid7(),
        "language": person.language or programme.language,
        "subject": subjects[0],
        "area": own_area(person),
        "listed": True,
        "kickoff": programme_lever(programme, "kickoff"),
    }


def _sheet(form: Founding, programme: Programme) -> founding.Sheet:
    facts = dict(form.cleaned_data)
    for key in ("id", "kickoff"):
        facts.pop(key, None)
    facts["area"] = area_named(programme, facts["area"])
    return founding.Sheet(**facts)


@access.signed_in
def new_community(request: Request) -> HttpResponse:
    programme = offices.programme_of(request.user)
    if programme is None or not founding.can_found(request.user):
        raise NotYours
    form = Founding(request.POST or None, initial=_first(request.user, programme))
    if request.method == "POST" and form.is_valid():
        limits.take("found", str(request.user.pk), limit=5, seconds=WEEK)
        try:
            community = founding.found_by_teacher(
                by=request.user, sheet=_sheet(form, programme), id=form.cleaned_data["id"]
            )
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("It exists. Now invite the first colleagues."))
            return redirect("invite", community.pk)
    return page(request, "new", form=form, areas=areas_of(programme))


@gardener
def plant(request: Request) -> HttpResponse:
    appointment = (
        offices.appointments(request.user, offices.GARDENER)
        .select_related("programme", "area")
        .order_by("starts")
        .first()
    )
    if appointment is None:
        raise NotYours
    first = _first(request.user, appointment.programme)
    if appointment.area is not None:
        first["area"] = appointment.area.name
    form = Planting(request.POST or None, initial=first)
    if not is_left(appointment.programme, "kickoff"):
        del form.fields["kickoff"]
    if request.method == "POST" and form.is_valid():
        try:
            community = founding.found_by_gardener(
                by=request.user,
                sheet=_sheet(form, appointment.programme),
                programme=appointment.programme,
                kickoff=form.cleaned_data.get("kickoff", ""),
                id=form.cleaned_data["id"],
            )
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("The community is made. Invite its first members."))
            return redirect("garden_invite", community.pk)
    return page(
        request,
        "new",
        form=form,
        planting=True,
        areas=areas_of(appointment.programme),
        tab="garden",
    )
