"""Teachers placed into new communities: begun, looked at, changed by hand, founded."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.communities.access import placer
from staffroom.communities.actions import placing as act
from staffroom.communities.actions import placing_found as found_act
from staffroom.communities.models import PlacedGroup, PlacedTeacher, Placing
from staffroom.communities.placing import candidates
from staffroom.communities.placing import wanted as asked
from staffroom.communities.placing.forms import NewPlacing, Numbers, beginning
from staffroom.communities.placing.sentences import REASONS
from staffroom.communities.queries import placing as look
from staffroom.communities.views.common import Request, area_named, areas_of, confirm, page
from staffroom.core import flash, heartbeat, ids
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.places.models import Circle, Cluster

AT_WORK = (Placing.State.FORMING, Placing.State.FOUNDING)
SOONEST, LATEST = 2, 15  # seconds between two looks of a page that waits
PATIENCE = 20  # seconds without a worker before we say so


def _placing(request: Request, placing: uuid.UUID) -> Placing:
    found = (
        Placing.objects.filter(pk=placing, programme__in=request.programmes)
        .select_related("programme", "area", "circle", "cluster")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def _office(request: Request, name: str, **context: Any) -> HttpResponse:
    return page(request, name, tab="garden", **context)


@placer
def placings(request: Request) -> HttpResponse:
    """All of the programme, the newest first."""
    gardens = offices.appointments(request.user, offices.GARDENER).exists()
    return _office(
        request,
        "placings",
        back=reverse("garden" if gardens else "places"),
        **paged(request, look.placings_of(request.programme)),
    )


@placer
def new(request: Request) -> HttpResponse:
    programme = request.programme
    first = beginning(asked.usual(programme)) | {"id": ids.uuid7()}
    form = NewPlacing(request.POST or None, initial=first)
    plans = candidates.plan_in_force(programme)
    form.fields["circle"].queryset = Circle.objects.filter(plan__in=plans)  # type: ignore[attr-defined]
    form.fields["circle"].label_from_instance = _circle_name  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            made = act.begin_placing(
                by=request.user,
                programme=programme,
                wanted=form.wanted(),
                name=form.cleaned_data["name"],
                id=form.cleaned_data["id"],
                **_where(request, form),
            )
            return redirect("placing", made.pk)
        except Refused as error:
            form.refuse(error)
    return _office(
        request, "placing_new", form=form, areas=areas_of(programme), planned=plans.exists()
    )


def _circle_name(circle: Circle) -> str:
    return circle.name or _("Circle %(n)s") % {"n": circle.number}


def _where(request: Request, form: NewPlacing) -> dict[str, Any]:
    """The narrowest that was said."""
    data = form.cleaned_data
    if number := data["cluster"]:
        plans = candidates.plan_in_force(request.programme)
        cluster = Cluster.objects.filter(plan__in=plans, number=number).first()
        if cluster is None:
            raise Refused(_("The plan in force has no cluster of this number."), "cluster")
        return {"cluster": cluster}
    if data["circle"]:
        return {"circle": data["circle"]}
    return {"area": area_named(request.programme, data["area"])}


@placer
def one(request: Request, placing: uuid.UUID) -> HttpResponse:
    """The groups; while the worker is at it, a page that asks again by itself."""
    found = _placing(request, placing)
    if found.state in AT_WORK:
        return _waits(request, found)
    shown = paged(request, look.rows_of(found, request.user))
    return _office(
        request,
        "placing",
        placing=found,
        figures=look.figures(found, request.user),
        lines=look.lines(shown["page"]),
        older=shown["older"],
        newer=shown["newer"],
        reasons=look.reasons(found),
        notes=look.notes(found),
        wanted=asked.of(found.settings),
    )


def _waits(request: Request, found: Placing) -> HttpResponse:
    waited = (now() - found.began_at).total_seconds() if found.began_at else 0
    nobody = waited > PATIENCE and not heartbeat.alive("worker")
    response = _office(request, "placing_waits", placing=found, nobody=nobody)
    response["Refresh"] = str(round(min(max(SOONEST, waited / 6), LATEST)))
    return response


@placer
def again(request: Request, placing: uuid.UUID) -> HttpResponse:
    """Other numbers, formed anew."""
    found = _placing(request, placing)
    form = Numbers(request.POST or None, initial=beginning(asked.of(found.settings)))
    if request.method == "POST" and form.is_valid():
        try:
            act.form_again(by=request.user, placing_id=found.pk, wanted=form.wanted())
            return redirect("placing", found.pk)
        except Refused as error:
            form.refuse(error)
    return _office(request, "placing_new", form=form, placing=found)


@placer
def left(request: Request, placing: uuid.UUID) -> HttpResponse:
    """Who has no group, and why."""
    found = _placing(request, placing)
    rows = (
        found.teachers.filter(group=None)
        .select_related("person", "school")
        .order_by("why", "person__name", "pk")
    )
    shown = paged(request, rows)
    people = [(each, REASONS[PlacedTeacher.Why(each.why or "waiting")]) for each in shown["page"]]
    return _office(
        request, "placing_left", placing=found, people=people,
        older=shown["older"], newer=shown["newer"],
    )  # fmt: skip


@placer
def group(request: Request, placing: uuid.UUID, placed_group: uuid.UUID) -> HttpResponse:
    """Who would sit in it; founded or undone by itself."""
    found = _placing(request, placing)
    row: PlacedGroup | None = look.rows_of(found, request.user).filter(pk=placed_group).first()
    if row is None:
        raise NotYours
    if request.method == "POST":
        try:
            if "undo" in request.POST:
                found_act.undo_group(by=request.user, group_id=row.pk)
                flash.say(request, _("It is undone: nobody is invited any more."))
            else:
                found_act.found_group(by=request.user, group_id=row.pk)
                flash.say(request, _("The community is made, and each of them is invited."))
        except Refused as error:
            flash.say(request, error.message)
        return redirect("placing_group", found.pk, row.pk)
    return _office(
        request, "placing_group", placing=found, line=look.lines([row])[0],
        members=look.members_of(row),
    )  # fmt: skip


@placer
def teacher(request: Request, placing: uuid.UUID, placed_teacher: uuid.UUID) -> HttpResponse:
    """Where one teacher sits and could sit, with what would follow."""
    found = _placing(request, placing)
    row = (
        found.teachers.select_related("person", "school", "group", "placing")
        .filter(pk=placed_teacher)
        .first()
    )
    if row is None or not look.may_see(row, request.user):
        raise NotYours
    if row.group and row.group.community_id:
        return redirect("placing_group", found.pk, row.group.pk)  # there: without names
    refused = ""
    if request.method == "POST":
        try:
            act.move(
                by=request.user, placing_id=found.pk, teacher_id=row.pk,
                group_id=_chosen(request.POST.get("group", "")),
            )  # fmt: skip
            flash.say(request, _("Moved."))
            return redirect("placing_teacher", found.pk, row.pk)
        except Refused as error:
            refused = error.message
    response = _office(
        request, "placing_teacher", placing=found, teacher=row, moves=look.moves(row, request.user),
        refused=refused, reason=REASONS[PlacedTeacher.Why(row.why)] if row.why else "",
        left=row.group.teachers.count() - 1 if row.group else None,
    )  # fmt: skip
    response.status_code = 422 if refused else 200
    return response


def _chosen(text: str) -> uuid.UUID | None:
    try:
        return ids.from_short(text) if text else None
    except ValueError:
        raise NotYours from None


@placer
def found(request: Request, placing: uuid.UUID) -> HttpResponse:
    """Asks once, then the worker founds them all."""
    one = _placing(request, placing)
    if request.method == "POST":
        return _done(request, one, found_act.found_all)
    told = look.figures(one, request.user)
    return confirm(
        request,
        title=_("Found them"),
        question=_("%(groups)s communities, %(people)s teachers") % {
            "groups": told["waiting"], "people": told["placed"],
        },
        text=[
            _("Each teacher is invited, with one sentence that says why they were placed there. They may say no."),
            _("Every rule is looked at once more. A group that breaks one is left as it is and says why."),
            _("You can undo a community as long as nobody has accepted."),
        ],
        do=_("Found them"),
        back=reverse("placing", args=[one.pk]),
    )  # fmt: skip


@placer
def undo(request: Request, placing: uuid.UUID) -> HttpResponse:
    one = _placing(request, placing)
    if request.method == "POST":
        return _done(request, one, found_act.undo_all)
    return confirm(
        request,
        title=_("Undo what is founded"),
        question=_("Take these communities away again?"),
        text=[
            _(
                "Those in which somebody has accepted stay. In the others nobody is invited any more."
            )
        ],
        do=_("Undo them"),
        back=reverse("placing", args=[one.pk]),
    )


def _done(request: Request, placing: Placing, action: Any) -> HttpResponse:
    try:
        action(by=request.user, placing_id=placing.pk)
    except Refused as error:
        flash.say(request, error.message)
    return redirect("placing", placing.pk)


@placer
def discard(request: Request, placing: uuid.UUID) -> HttpResponse:
    one = _placing(request, placing)
    back = reverse("placing", args=[one.pk])
    if request.method == "POST":
        try:
            act.give_up(by=request.user, placing_id=one.pk)
        except Refused as error:
            flash.say(request, error.message)
            return redirect(back)
        flash.say(request, _("It is forgotten."))
        return redirect("placings")
    return confirm(
        request,
        title=_("Forget this placing"),
        question=_("Forget it?"),
        text=[_("No teacher has heard of it. The groups and what you moved by hand are gone.")],
        do=_("Forget it"),
        back=back,
    )
