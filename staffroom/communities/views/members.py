"""Members: requests and our word on them, one member's page, ending a membership, first sign-in."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities.access import inside, is_member, is_moderator, member, moderator
from staffroom.communities.actions import common, joining, leaving
from staffroom.communities.forms import Reason
from staffroom.communities.models import Community, Ending, Membership
from staffroom.communities.views.common import Request, confirm, page, schools_of
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.people import actions as people


@member
def members(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    living = list(
        Membership.objects.filter(community=here, state__in=["requested", "invited", "active"])
        .select_related("person", "invited_by")
        .prefetch_related("approvals__member")
        .order_by("person__name", "pk")
    )
    schools = schools_of([row.person for row in living])
    inside_ids = {row.person_id for row in living if row.state == "active"}
    needed = joining.approvals_needed(here, len(inside_ids))
    moderates = is_moderator(request.user, here)
    for row in living:
        row.school = schools.get(row.person_id, "")  # type: ignore[attr-defined]
        words = [word for word in row.approvals.all() if word.member_id in inside_ids]
        row.yes = [word for word in words if word.accepts]  # type: ignore[attr-defined]
        row.no = [word for word in words if not word.accepts]  # type: ignore[attr-defined]
        row.mine = next(  # type: ignore[attr-defined]
            (word for word in words if word.member_id == request.user.pk), None
        )
        row.can_help = moderates and people.can_hand_over_code(row.person)  # type: ignore[attr-defined]
    return page(
        request,
        "members",
        requests=[row for row in living if row.state == "requested"],
        invited=[row for row in living if row.state == "invited"],
        memberships=[row for row in living if row.state == "active"],
        needed=needed,
        endings=_endings(request, here),
    )


def _endings(request: Request, here: Community) -> list[Ending]:
    """Proposals to end a membership, for everyone but the person concerned."""
    rows = (
        Ending.objects.filter(membership__community=here, closed_at=None)
        .exclude(membership__person=request.user)
        .select_related("membership__person", "proposed_by")
        .prefetch_related("agreements")
    )
    return list(rows)


@member
@require_POST
def answer_request(request: Request, community: uuid.UUID, membership: uuid.UUID) -> HttpResponse:
    _of(request, membership)
    answered = joining.say_yes_or_no(
        member=request.user,
        membership_id=membership,
        accepts=request.POST.get("word") == "yes",
        reason=request.POST.get("reason", "")[:200],
    )
    if answered.state == "active":
        flash.say(request, _("%(name)s is in. Say welcome.") % {"name": answered.person.first_name})
    elif answered.state == "declined":
        flash.say(request, _("The request is closed. No reason is told."))
    else:
        flash.say(request, _("Your word is noted. You can change it until the others decide."))
    return redirect("members", community)


def _of(request: Request, membership: uuid.UUID) -> Membership:
    found = (
        Membership.objects.filter(pk=membership, community=request.community)
        .select_related("person")
        .first()
    )
    if found is None:
        raise NotYours
    return found


@inside
def person(request: Request, community: uuid.UUID, membership: uuid.UUID) -> HttpResponse:
    """What a member shows of themselves to the others."""
    found = _of(request, membership)
    if found.state != "active":
        if is_member(request.user, request.community):
            return redirect("members", community)
        raise NotYours
    here = request.community
    steers = common.can_steer(request.user, here) and found.person_id != request.user.pk
    return page(
        request,
        "person",
        membership=found,
        person=found.person,
        school=schools_of([found.person]).get(found.person_id, ""),
        can_propose=steers,
        can_help=is_moderator(request.user, here) and people.can_hand_over_code(found.person),
        moderates=is_moderator(found.person, here),
    )


@member
def propose_ending(request: Request, community: uuid.UUID, membership: uuid.UUID) -> HttpResponse:
    found = _of(request, membership)
    here = request.community
    common.check_steers(request.user, here)
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leaving.propose_ending(by=request.user, membership_id=membership, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("The others are asked. Nothing has changed yet."))
            return redirect("members", here.pk)
    return confirm(
        request,
        title=_("End a membership"),
        question=_("Ask the others to end the membership of %(name)s?")
        % {"name": found.person.name},
        text=[_("It ends when enough members agree. Have you talked first?")],
        do=_("Ask the others"),
        back=reverse("member", args=[here.pk, found.pk]),
        form=form,
    )


@member
@require_POST
def answer_ending(request: Request, community: uuid.UUID, ending: uuid.UUID) -> HttpResponse:
    found = Ending.objects.filter(pk=ending, membership__community=request.community).first()
    if found is None:
        raise NotYours
    if request.POST.get("word") == "withdraw":
        leaving.withdraw_ending(by=request.user, ending_id=ending)
        flash.say(request, _("The proposal is withdrawn."))
        return redirect("members", community)
    found = leaving.agree_to_end(member=request.user, ending_id=ending)
    if found.closed_at is None:
        flash.say(request, _("Noted."))
    else:
        flash.say(request, _("The membership has ended."))
    return redirect("members", community)


@moderator
def hand_over_code(request: Request, community: uuid.UUID, membership: uuid.UUID) -> HttpResponse:
    """Where no message arrives: the moderator reads a code out, for the very first sign-in only."""
    found = _of(request, membership)
    if found.state not in {"active", "invited", "requested"}:
        raise NotYours
    code = ""
    if request.method == "POST":
        code = people.hand_over_code(by=request.user, to=found.person)
    return page(
        request,
        "hand_over_code",
        membership=found,
        code=code,
        possible=people.can_hand_over_code(found.person),
    )
