"""The garden: what a gardener may know of communities, and what a gardener may do for them."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from staffroom.communities import access, hooks, offices
from staffroom.communities.actions import outside
from staffroom.communities.actions.design import can_change
from staffroom.communities.levers import LEVERS, design_of, where
from staffroom.communities.queries.garden import garden_of, plot_of
from staffroom.communities.views.about import kickoff_page
from staffroom.communities.views.advising import advisers_page
from staffroom.communities.views.common import Request, page
from staffroom.communities.views.design import change_page
from staffroom.core.clock import today
from staffroom.core.paging import paged
from staffroom.places.supervision import has_supervising_place


@access.gardener
def garden(request: Request) -> HttpResponse:
    plots = garden_of(request.user)
    wanted = request.GET.get("stage", "")
    vacant = [plot for plot in plots if plot.vacant and plot.community.stage == "open"]
    of_stage = [plot for plot in plots if not wanted or plot.community.stage == wanted]
    shown = paged(request, vacant if wanted == "vacant" else of_stage)
    return page(
        request,
        "garden",
        plots=shown["page"],
        older=shown["older"],
        newer=shown["newer"],
        count=len(plots),
        forming=sum(1 for plot in plots if plot.community.stage == "forming"),
        vacant=len(vacant),
        stage=wanted,
        barred=has_supervising_place(request.user),
        designs=offices.appointments(request.user, offices.GARDENER).filter(area=None).exists(),
        notes=[note for notes in hooks.garden_notes.call(person=request.user) for note in notes],
        tab="garden",
    )


@access.tending
def plot(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    outside.looked(person=request.user, community=here, office="gardener", page="garden")
    values = design_of(here)
    return page(
        request,
        "plot",
        plot=plot_of(request.user, here),
        design=[
            (each, each.choices[values[key]], can_change(request.user, here, key))
            for key, each in LEVERS.items()
            if where(key)
        ],
        needs_kickoff=here.stage == "forming" and values["kickoff"] == "workshop",
        today=today(),
        tab="garden",
    )


@access.tending_or_training
def kickoff(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    tends = offices.tends(request.user, here)
    outside.looked(
        person=request.user,
        community=here,
        office="gardener" if tends else "trainer",
        page="kickoff",
    )
    return kickoff_page(
        request, back=reverse("plot", args=[here.pk]) if tends else reverse("today")
    )


@access.tending
def change_design(request: Request, community: uuid.UUID, lever: str) -> HttpResponse:
    """While the community is forming, its gardener chooses what is left to it."""
    return change_page(request, lever, back=reverse("plot", args=[community]))


@access.tending
def advisers(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    outside.looked(person=request.user, community=here, office="gardener", page="advisers")
    answered = advisers_page(request, back=reverse("plot", args=[here.pk]))
    return answered or redirect("garden_advisers", here.pk)
