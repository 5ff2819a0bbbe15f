"""Asking to join, invitations, links, and the first page of a newcomer."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from staffroom.communities import queries, wall
from staffroom.communities.access import member
from staffroom.communities.actions import inviting, joining, rules
from staffroom.communities.forms import Asking, Joining
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community, Membership
from staffroom.communities.placing.sentences import why_here
from staffroom.communities.queries.finding import findable_by
from staffroom.communities.queries.placing import placed_as
from staffroom.communities.state import can_talk
from staffroom.communities.views import by_link
from staffroom.communities.views.common import Request, page
from staffroom.core import access, flash, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

acts("icebreaker", gettext_lazy("A newcomer is asked to begin with one teaching challenge."))
DAY = 24 * 3600


@access.signed_in
def ask_to_join(request: Request, community: uuid.UUID) -> HttpResponse:
    found = findable_by(request.user).filter(pk=community).first()
    if found is None:
        raise NotYours
    form = Asking(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        limits.take("ask-to-join", str(request.user.pk), limit=20, seconds=DAY)
        try:
            asked = joining.ask_to_join(
                person=request.user, community_id=community, **form.cleaned_data
            )
            return _arrived(request, asked)
        except Refused as error:
            form.refuse(error)
    return page(
        request,
        "ask",
        form=form,
        community=found,
        at_once=lever(found, "membership") == "open",
    )


@access.signed_in
@require_POST
def withdraw_request(request: Request, membership: uuid.UUID) -> HttpResponse:
    joining.withdraw_request(person=request.user, membership_id=membership)
    flash.say(request, _("You have taken your request back."))
    return redirect("communities")


@access.signed_in
def invitation(request: Request, membership: uuid.UUID) -> HttpResponse:
    found = (
        Membership.objects.filter(pk=membership, person=request.user)
        .select_related("community__programme", "invited_by")
        .first()
    )
    if found is None or (found.state == "invited" and not _still_open(request, found)):
        raise NotYours
    if found.state != "invited":
        return redirect("communities")
    form = Joining(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answered = inviting.answer_invitation(
                person=request.user,
                membership_id=membership,
                accepts="decline" not in request.POST,
            )
            return _arrived(request, answered)
        except Refused as error:
            form.refuse(error)
    return page(
        request,
        "invitation",
        form=form,
        community=found.community,
        inviter=found.invited_by,
        decline=True,
        why=_why_placed(found),
    )


def _why_placed(membership: Membership) -> str:
    placed = placed_as(membership)
    return why_here(placed) if placed else ""


def _still_open(request: Request, membership: Membership) -> bool:
    return wall.may_join(request.user, membership.community)


@access.anyone
def join(request: Request, token: str) -> HttpResponse:
    """A link or printed code. Before sign-in it tells no name; after, it leads on."""
    if isinstance(request.user, Person):
        if inviting.link_for(request.user, token) is not None:
            by_link.keep(request, token)
        return redirect("join_here", token)
    if inviting.living_link(token) is None:
        return page(request, "dead_link", tab="")
    by_link.keep(request, token)
    return page(request, "join", tab="", path=reverse("join_here", args=[token]))


@access.signed_in
def join_here(request: Request, token: str) -> HttpResponse:
    """The invitation behind the link. For whom it is not, the answer is that of a dead link."""
    invitation = inviting.link_for(request.user, token)
    if invitation is None:
        return page(request, "dead_link")
    community = invitation.community
    living = queries.my_membership(request.user, community)
    if living is not None and living.state != "invited":
        return _arrived(request, living)
    if "decline" in request.POST:
        by_link.forget(request)
        flash.say(request, _declined())
        return redirect("communities")
    form = Joining(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            joined = inviting.join_by_link(person=request.user, token=token)
            by_link.forget(request)
            return _arrived(request, joined)
        except Refused as error:
            form.refuse(error)
        except NotYours:
            return page(request, "dead_link")
    return page(
        request,
        "invitation",
        form=form,
        community=community,
        inviter=invitation.made_by,
        decline=by_link.is_kept(request, token),
    )


def _arrived(request: Request, membership: Membership) -> HttpResponse:
    """Where the person stands now, and where that leads."""
    if membership.state == Membership.State.ACTIVE:
        return redirect("welcome", membership.community_id)
    name = membership.community.name
    if membership.state == Membership.State.REQUESTED:
        flash.say(
            request, _("The members of %(name)s will decide. It may take days.") % {"name": name}
        )
    elif membership.state == Membership.State.DECLINED and membership.why_ended == "refused":
        flash.say(request, _declined())
    else:
        flash.say(request, _("The members did not take it up just now."))
    return redirect("communities")


def _declined() -> str:
    return _("You have declined. That is quite all right.")


@member
def welcome(request: Request, community: uuid.UUID) -> HttpResponse:
    """The first page inside: the ground rules; then one challenge, if the design asks for it."""
    here = request.community
    current = queries.current_rules(here)
    agreed = queries.has_agreed(request.user, current)
    if request.method == "POST" and "agree" in request.POST and current is not None:
        rules.agree_to_rules(person=request.user, rules_id=current.pk)
        return redirect("welcome", here.pk)
    if request.method == "POST":
        joining.break_the_ice(person=request.user, community=here)
        return redirect(_first_words(here) if "write" in request.POST else _inside(here))
    return page(
        request,
        "welcome",
        rules=None if agreed else current,
        ice=lever(here, "icebreaker") == "challenge",
        can_talk=can_talk(here),
        size=len(queries.active_ids(here)) - 1,  # the others
        forming=here.stage == Community.Stage.FORMING,
    )


def _first_words(community: Community) -> str:
    """Where a newcomer writes what is hard: beside the others', in the round."""
    try:
        return reverse("round", args=[community.pk])
    except NoReverseMatch:
        return reverse("ask", args=[community.pk])


def _inside(community: Community) -> str:
    try:
        return reverse("stream", args=[community.pk])
    except NoReverseMatch:
        return reverse("community", args=[community.pk])
