"""My communities, and those I may ask to join."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from staffroom.communities import hooks, offices, queries
from staffroom.communities.actions import founding, leaving
from staffroom.communities.forms import Finding
from staffroom.communities.levers import lever
from staffroom.communities.models import Advisership, Membership
from staffroom.communities.queries.finding import find, is_placed
from staffroom.communities.views import by_link
from staffroom.communities.views.common import Request, areas_of, page
from staffroom.communities.wall import readable_by
from staffroom.core import access
from staffroom.core.paging import paged

A_PAGE = 20


@access.signed_in
def mine(request: Request) -> HttpResponse:
    person = request.user
    new: dict[uuid.UUID, int] = {}
    for counts in hooks.new_counts.call(person=person):
        new |= counts
    communities = [membership.community for membership in queries.my_memberships(person)]
    advising = [
        row.community
        for row in Advisership.objects.filter(
            person=person, ended_at=None, community__in=readable_by(person).values("pk")
        ).select_related("community")
        if row.community not in communities
    ]
    moderators = queries.moderators([*communities, *advising])
    for community in [*communities, *advising]:
        community.new = new.get(community.pk, 0)  # type: ignore[attr-defined]
        community.moderator = moderators.get(community.pk)  # type: ignore[attr-defined]
    return page(
        request,
        "mine",
        communities=communities,
        advising=advising,
        waiting=[*by_link.waiting(request), *queries.waiting_for(person)],
        asked=Membership.objects.filter(person=person, state="requested").select_related(
            "community"
        ),
        ended=Membership.objects.filter(person=person, state="ended", told_at=None).select_related(
            "community"
        ),
        can_found=founding.can_found(person),
        tends=offices.appointments(person, offices.GARDENER).exists(),
    )


@access.signed_in
@require_POST
def told(request: Request, membership: uuid.UUID) -> HttpResponse:
    leaving.told(person=request.user, membership_id=membership)
    return redirect("communities")


@access.signed_in
def find_communities(request: Request) -> HttpResponse:
    form = Finding(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    shown = paged(request, find(request.user, **wanted), A_PAGE)
    rows = list(shown["page"])
    for community in rows:
        # Only whether there is room: an exact number would tell of one person who came or left.
        community.full = community.size >= int(lever(community, "size"))
    programme = offices.programme_of(request.user)
    return page(
        request,
        "find",
        form=form,
        narrowed=any(wanted.values()),
        found=rows,
        placed=is_placed(request.user),
        older=shown["older"],
        newer=shown["newer"],
        areas=areas_of(programme) if programme else [],
        can_found=founding.can_found(request.user),
    )
