"""The design: a community's own, a programme's defaults, and the evidence for each lever."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities.access import designer, inside, member
from staffroom.communities.actions import design as acts
from staffroom.communities.evidence import bearing_on
from staffroom.communities.forms import ChangingDefault, ChangingLever
from staffroom.communities.levers import (
    LEVERS,
    Lever,
    design_of,
    is_left,
    programme_lever,
    where,
)
from staffroom.communities.models import Community, DesignChange
from staffroom.communities.views.common import Request, page
from staffroom.core import access, flash
from staffroom.core.errors import NotYours, Refused


def _named(change: DesignChange) -> DesignChange:
    """A change with the words of its lever."""
    each = LEVERS.get(change.lever)
    change.label = each.label if each else change.lever  # type: ignore[attr-defined]
    change.old_label = each.choices.get(change.old, "") if each else change.old  # type: ignore[attr-defined]
    change.new_label = each.choices.get(change.new, "") if each else change.new  # type: ignore[attr-defined]
    return change


def _row(each: Lever, value: str) -> dict[str, Any]:
    return {
        "lever": each,
        "value": each.choices[value],
        "where": where(each.key),
        "strength": strengths()[each.strength],
    }


def strengths() -> dict[str, str]:
    return {
        "tested": _("tested"),
        "observed": _("observed"),
        "proposed": _("proposed"),
    }


@inside
def design(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    values = design_of(here)
    rows = [_row(each, values[key]) for key, each in LEVERS.items()]
    for row in rows:
        row["can_change"] = acts.can_change(request.user, here, row["lever"].key)
    changes = DesignChange.objects.filter(programme=here.programme, community=here)
    defaults = DesignChange.objects.filter(programme=here.programme, community=None)
    history = (changes | defaults).select_related("changed_by").order_by("-at")
    return page(
        request,
        "design",
        acting=[row for row in rows if row["where"]],
        idle=[row for row in rows if not row["where"]],
        waiting=[
            _named(change)
            for change in changes.filter(waits_until__isnull=False, withdrawn_at=None)
        ],
        history=[_named(change) for change in history[:50]],
    )


@member
def change_design(request: Request, community: uuid.UUID, lever: str) -> HttpResponse:
    return change_page(request, lever, back=reverse("design", args=[community]))


def change_page(request: Request, key: str, *, back: str) -> HttpResponse:
    """Change one lever of a community; the same page from inside and, while forming, the garden."""
    here = request.community
    if key not in LEVERS or not acts.can_change(request.user, here, key):
        raise NotYours
    each = LEVERS[key]
    form = ChangingLever(
        request.POST or None,
        choices=list(each.choices.items()),
        initial={"value": design_of(here)[key]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            change = acts.choose(
                by=request.user, community_id=here.pk, key=key, **form.cleaned_data
            )
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _announced(change))
            return redirect(back)
    return page(
        request,
        "design_change",
        form=form,
        lever=each,
        where=where(key),
        back=back,
        forming=here.stage == Community.Stage.FORMING,
    )


def _announced(change: DesignChange | None) -> str:
    if change is None:
        return _("That is the setting already.")
    if change.waits_until is None:
        return _("Chosen. The members can read the reason.")
    return _("Announced to the members. It acts in three days.")


@member
@require_POST
def withdraw_change(request: Request, community: uuid.UUID, change: uuid.UUID) -> HttpResponse:
    if not DesignChange.objects.filter(pk=change, community=community).exists():
        raise NotYours
    acts.withdraw_change(by=request.user, change_id=change)
    flash.say(request, _("Withdrawn. Nothing changes."))
    return redirect("design", community)


@access.signed_in
def evidence(request: Request, lever: str) -> HttpResponse:
    if lever not in LEVERS:
        raise Http404
    each = LEVERS[lever]
    notes = [
        {"text": note.text, "source": note.source, "strength": strengths()[note.strength]}
        for note in each.evidence
    ]
    return page(
        request,
        "lever",
        lever=each,
        default=each.choices[each.default],
        where=where(lever),
        notes=notes,
        studies=bearing_on(lever),
        tested=each.strength == "tested",
    )


@designer
def programme_levers(request: Request) -> HttpResponse:
    programme = request.programme
    rows = []
    for key, each in LEVERS.items():
        row = _row(each, programme_lever(programme, key))
        row["left"] = is_left(programme, key)
        rows.append(row)
    history = (
        DesignChange.objects.filter(programme=programme, community=None)
        .select_related("changed_by")
        .order_by("-at")
    )
    return page(
        request,
        "programme_levers",
        programme=programme,
        rows=rows,
        history=[_named(change) for change in history[:50]],
        tab="garden",
    )


@designer
def programme_lever_page(request: Request, lever: str) -> HttpResponse:
    programme = request.programme
    if lever not in LEVERS:
        raise Http404
    each = LEVERS[lever]
    first = {"value": programme_lever(programme, lever), "left": is_left(programme, lever)}
    form = ChangingDefault(request.POST or None, choices=list(each.choices.items()), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_default(by=request.user, programme=programme, key=lever, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("Set. Every community's design page tells of it."))
            return redirect("programme_levers")
    return page(
        request,
        "design_change",
        form=form,
        lever=each,
        where=where(lever),
        programme=programme,
        back=reverse("programme_levers"),
        tab="garden",
    )
