"""Ground rules: those in force, a proposal, the versions before."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities import queries
from staffroom.communities.access import inside, is_member, is_moderator, member
from staffroom.communities.actions import rules as acts
from staffroom.communities.forms import ProposingRules
from staffroom.communities.models import GroundRules
from staffroom.communities.views.common import Request, page
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused


@inside
def rules(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    current, proposed = queries.current_rules(here), queries.proposed_rules(here)
    active = queries.active_ids(here)
    agreed = proposed.agreements.filter(person__in=active).count() if proposed else 0
    return page(
        request,
        "rules",
        current=current,
        proposed=proposed,
        agreed=agreed,
        needed=len(active) // 2 + 1,
        changes=_changes(current, proposed),
        i_agreed=queries.has_agreed(request.user, current),
        i_agreed_proposal=queries.has_agreed(request.user, proposed),
        is_member=is_member(request.user, here),
        can_withdraw=proposed is not None
        and (proposed.proposed_by_id == request.user.pk or is_moderator(request.user, here)),
        versions=GroundRules.objects.filter(community=here)
        .select_related("proposed_by")
        .order_by("-version"),
    )


def _changes(current: GroundRules | None, proposed: GroundRules | None) -> list[tuple[str, str]]:
    """The proposal line by line: ("same" | "new" | "gone", rule)."""
    if proposed is None:
        return []
    old = current.rules if current else []
    lines = [("same" if rule in old else "new", rule) for rule in proposed.rules]
    return lines + [("gone", rule) for rule in old if rule not in proposed.rules]


@member
def propose(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    current = queries.current_rules(here)
    form = ProposingRules(
        request.POST or None, initial={"rules": "\n".join(current.rules) if current else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = acts.propose_rules(
                by=request.user,
                community_id=here.pk,
                rules=form.cleaned_data["rules"].splitlines(),
            )
        except Refused as error:
            form.refuse(error)
        else:
            if version.in_force_since is None:
                flash.say(request, _("Proposed. It holds once more than half of us agree."))
            else:
                flash.say(request, _("These rules are now in force."))
            return redirect("rules", here.pk)
    return page(request, "rules_propose", form=form, current=current)


@member
@require_POST
def agree(request: Request, community: uuid.UUID, version: uuid.UUID) -> HttpResponse:
    _of(request, version)
    found = acts.agree_to_rules(person=request.user, rules_id=version)
    if found.in_force_since is None:
        flash.say(request, _("Noted: you agree."))
    else:
        flash.say(request, _("You agree to the rules. Thank you."))
    return redirect("rules", community)


@member
@require_POST
def withdraw(request: Request, community: uuid.UUID, version: uuid.UUID) -> HttpResponse:
    _of(request, version)
    acts.withdraw_rules(by=request.user, rules_id=version)
    flash.say(request, _("The proposal is off the table."))
    return redirect("rules", community)


def _of(request: Request, version: uuid.UUID) -> None:
    here = request.community
    if not GroundRules.objects.filter(pk=version, community=here).exists():
        raise NotYours
