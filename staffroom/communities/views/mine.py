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
from staffroom.communities.queries.finding import find
from staffroom.communities.views.common import Request, areas_of, page
from staffroom.communities.wall import readable_by
from staffroom.core import access

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
        waiting=queries.waiting_for(person),
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
    found = find(request.user, **wanted)
    start = _number(request.GET.get("from", ""))
    rows = list(found[start : start + A_PAGE + 1])
    more = len(rows) > A_PAGE
    rows = rows[:A_PAGE]
    for community in rows:
        community.most = int(lever(community, "size"))  # type: ignore[attr-defined]
        community.full = community.size >= community.most  # type: ignore[attr-defined]
    programme = offices.programme_of(request.user)
    query = request.GET.copy()
    query["from"] = str(start + A_PAGE)
    return page(
        request,
        "find",
        form=form,
        narrowed=any(wanted.values()),
        found=rows,
        older=f"?{query.urlencode()}" if more else "",
        areas=areas_of(programme) if programme else [],
        can_found=founding.can_found(request.user),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0
