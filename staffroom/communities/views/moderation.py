"""The moderator's term: who has it, who is asked, the vote, the hand-over."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities import hooks, queries
from staffroom.communities.access import inside, is_member, member, moderator
from staffroom.communities.actions import elections, terms
from staffroom.communities.forms import HandingOver
from staffroom.communities.levers import lever
from staffroom.communities.models import Ballot, Community, Election, Term
from staffroom.communities.queries import school
from staffroom.communities.queries.terms import last_ended, open_election, open_offer
from staffroom.communities.views.common import Request, page
from staffroom.core import flash, ids
from staffroom.core.errors import NotYours, Refused

MOST_HANDOVER = 2000


@inside
def moderation(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    term, offer, election = queries.current_term(here), open_offer(here), open_election(here)
    before = last_ended(here)
    mine = term is not None and term.person_id == request.user.pk
    reads_handover = before is not None and (mine or before.person_id == request.user.pk)
    voted = election and Ballot.objects.filter(election=election, voter=request.user).first()
    return page(
        request,
        "moderation",
        mode=lever(here, "moderation"),
        term=term,
        mine=mine,
        ends_in_break=school.ends_in_break(here, term),
        offer=offer,
        offered_me=offer is not None
        and offer.person_id == request.user.pk
        and offer.accepted_at is None,
        election=election,
        voted=voted,
        candidates=queries.members(here) if election else [],
        handover=before if reads_handover and before and before.handover else None,
        advisers=queries.advisers(here),
        is_member=is_member(request.user, here),
        before=Term.objects.filter(community=here, starts__isnull=False, ended_at__isnull=False)
        .select_related("person")
        .order_by("-starts")[:12],
    )


@member
@require_POST
def volunteer(request: Request, community: uuid.UUID) -> HttpResponse:
    terms.volunteer(person=request.user, community_id=community)
    flash.say(request, _("The turn is yours. Asante: fifteen minutes a day are enough."))
    return redirect("moderation", community)


@member
@require_POST
def answer_offer(request: Request, community: uuid.UUID, term: uuid.UUID) -> HttpResponse:
    accepts = request.POST.get("word") == "yes"
    if not Term.objects.filter(pk=term, community=community).exists():
        raise NotYours
    terms.answer_offer(person=request.user, term_id=term, accepts=accepts)
    if accepts:
        flash.say(request, _("Thank you. You take the next turn."))
    else:
        flash.say(request, _("That is quite all right. Somebody else is asked."))
    return redirect("moderation", community)


@moderator
@require_POST
def extend(request: Request, community: uuid.UUID) -> HttpResponse:
    terms.extend(person=request.user, community_id=community)
    flash.say(request, _("Your turn is four weeks longer. That can be done once."))
    return redirect("moderation", community)


@moderator
def hand_over(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    term = queries.current_term(here)
    form = HandingOver(request.POST or None, initial={"words": _handover(here, term)})
    if request.method == "POST" and form.is_valid():
        ends = "end" in request.POST
        try:
            terms.hand_over(
                person=request.user,
                community_id=here.pk,
                words=form.cleaned_data["words"],
                ends=ends,
            )
        except Refused as error:
            form.refuse(error)
        else:
            if ends:
                flash.say(request, _("Your turn has ended. Thank you for it."))
            else:
                flash.say(request, _("Kept. You can add to it until your turn ends."))
            return redirect("moderation", here.pk)
    return page(
        request, "hand_over", form=form, term=term, back=reverse("moderation", args=[here.pk])
    )


def _handover(community: Community, term: Term | None) -> str:
    """What the moderator kept already; else a draft of what happened in the term."""
    if term is None or term.handover:
        return term.handover if term else ""
    drafts = hooks.handover_drafts.call(community=community, term=term)
    return "\n".join(drafts)[:MOST_HANDOVER]


@member
@require_POST
def open_vote(request: Request, community: uuid.UUID) -> HttpResponse:
    elections.open_vote(by=request.user, community_id=community)
    flash.say(request, _("The vote is open for three days."))
    return redirect("moderation", community)


@member
@require_POST
def vote(request: Request, community: uuid.UUID, election: uuid.UUID) -> HttpResponse:
    if not Election.objects.filter(pk=election, community=community).exists():
        raise NotYours
    try:
        candidate = ids.from_short(request.POST.get("candidate", ""))
    except ValueError as error:
        raise Refused(_("Choose one of the members."), "candidate") from error
    elections.vote(voter=request.user, election_id=election, candidate_id=candidate)
    flash.say(request, _("Your vote is in. You can change it until the close."))
    return redirect("moderation", community)
