"""A community's challenges, and the moderator's and members' words on them."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staffroom.communities.access import inside, member, moderator
from staffroom.communities.levers import acts, lever
from staffroom.conversations.permissions import check_moderate
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.inside import InsideRequest, pace
from staffroom.core import flash
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.paging import paged
from staffroom.rhythm.actions import challenge as doing
from staffroom.rhythm.challenge_words import DIRECTIONS, GOALS, WHY_LEFT
from staffroom.rhythm.forms.challenge import Proposal
from staffroom.rhythm.models.challenge import Challenge, ChallengePart
from staffroom.rhythm.queries import challenge as asking
from staffroom.rhythm.views.common import page

acts(
    "challenge",
    gettext_lazy(
        "The page of challenges: the moderator proposes one, the members have a week to object."
    ),
)
PAGE = 10
State = ChallengePart.State


def _page(request: InsideRequest, name: str, **context: Any) -> HttpResponse:
    return page(request, f"challenge/{name}", **context)


@require_safe
@inside
@here.in_zone
def challenges(request: InsideRequest, **rest: Any) -> HttpResponse:
    """What is announced or going on, and what was."""
    paging = paged(request, asking.parts_of(request.community), PAGE)
    moderates = can(check_moderate, request.user, request.community)
    return _page(
        request,
        "list",
        cards=[_card(each, moderates) for each in asking.shown(request.user, list(paging["page"]))],
        on=lever(request.community, "challenge"),
        moderates=moderates,
        **paging,
    )


def _card(shown: asking.Shown, moderates: bool) -> dict[str, Any]:
    part, challenge = shown.part, shown.challenge
    living = challenge.state in (Challenge.State.ANNOUNCED, Challenge.State.RUNNING)
    announced = part.state == State.ANNOUNCED and part.waits_until and part.waits_until > now()
    return {
        "part": part,
        "challenge": challenge,
        "goal": GOALS[challenge.goal],
        "with": [each for each in shown.others if each.state != State.LEFT],
        "why_left": WHY_LEFT.get(part.why_left, ""),
        "direction": DIRECTIONS.get(part.direction, ""),
        "results": [
            {"community": each.community, "words": DIRECTIONS.get(each.direction, "")}
            for each in shown.others
            if challenge.state == Challenge.State.ENDED and each.state == State.IN
        ]
        if part.state == State.IN
        else [],
        "may_object": living and announced,
        "may_answer": living and moderates and part.state == State.INVITED,
        "may_withdraw": living and moderates and part.state in (State.ANNOUNCED, State.IN),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
@here.in_zone
def new(request: InsideRequest, **rest: Any) -> HttpResponse:
    community = request.community
    try:
        doing.check_propose(request.user, community)
    except Refused as refused:
        return _page(request, "new", refusal=refused.message)
    with_others = lever(community, "challenge") == "with-others"
    others = asking.could_join(community) if with_others else []
    first = today(community.timezone) + dt.timedelta(days=15 if others else 8)
    initial = {"first_day": first, "weeks": 4}
    form = Proposal(request.POST or None, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        chosen = [uuid.UUID(each) for each in said.pop("others", [])]
        try:
            pace(request)
            doing.propose(by=request.user, community=community, others=chosen, **said)
        except Refused as refused:
            form.refuse(refused)
        else:
            flash.say(request, _("Announced. The members have a week to think about it."))
            return redirect("challenges", community.pk)
    return _page(request, "new", form=form)


def _act(act: Callable[..., None], done: Any) -> Any:
    """A button of the page: what it does, and what is said then."""

    def view(request: InsideRequest, part: uuid.UUID, **rest: Any) -> HttpResponse:
        found = asking.part_here(request.community, part)
        if found is None:
            raise NotYours
        try:
            act(by=request.user, part=found)
        except Refused as refused:
            flash.say(request, refused.message)
        else:
            flash.say(request, str(done))
        return redirect("challenges", request.community.pk)

    return view


accept = require_POST(
    moderator(_act(doing.accept, gettext_lazy("Your members have a week to think about it.")))
)
decline = require_POST(moderator(_act(doing.decline, gettext_lazy("Your community is not in it."))))
withdraw = require_POST(
    moderator(_act(doing.withdraw, gettext_lazy("Your community is no longer in it.")))
)
object_to = require_POST(
    member(
        _act(
            doing.object_to, gettext_lazy("Your community is not in it. Nobody is told who asked.")
        )
    )
)
