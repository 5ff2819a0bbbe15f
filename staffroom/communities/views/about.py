"""What a community is: its page, its editing, its stages, leaving, who looked from outside."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities import hooks, queries
from staffroom.communities.access import inside, is_member, member
from staffroom.communities.actions import common, editing, leaving, stages
from staffroom.communities.forms import Closing, Editing, Kicking
from staffroom.communities.levers import lever
from staffroom.communities.models import Kickoff, OutsideView
from staffroom.communities.queries import school
from staffroom.communities.queries.history import edits
from staffroom.communities.queries.terms import open_election, open_offer
from staffroom.communities.views.common import Request, confirm, page, schools_of
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused


@inside
def about(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    rows = list(queries.memberships(here))
    advisers = list(queries.advisers(here))
    schools = schools_of([row.person for row in rows])
    for row in rows:
        row.school = schools.get(row.person_id, "")  # type: ignore[attr-defined]
    return page(
        request,
        "about",
        memberships=rows,
        advisers=advisers,
        my_advisership=next((a for a in advisers if a.person_id == request.user.pk), None),
        term=queries.current_term(here),
        offer=open_offer(here),
        election=open_election(here),
        moderation=lever(here, "moderation"),
        adviser_lever=lever(here, "adviser"),
        most=lever(here, "size"),
        weekly=lever(here, "set_time") == "weekly",
        rules=queries.current_rules(here),
        kickoff=Kickoff.objects.filter(community=here).first(),
        needs_kickoff=here.stage == "forming",
        edits=edits(here),
        is_member=is_member(request.user, here),
        steers=common.can_steer(request.user, here),
        can_record=stages.can_record_kickoff(request.user, here),
        can_wake=stages.can_wake(request.user, here),
        next_break=school.next_break(here),
        looks=OutsideView.objects.filter(community=here).count(),
        about_rows=[row for rows in hooks.about_rows.call(request=request) for row in rows],
    )


@member
def edit(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    common.check_steers(request.user, here)
    first = {key: getattr(here, key) for key in Editing.base_fields}
    form = Editing(request.POST or None, initial=first)
    weekly = lever(here, "set_time") == "weekly"
    if not weekly:
        del form.fields["set_weekday"], form.fields["set_hour"]
    if request.method == "POST" and form.is_valid():
        try:
            editing.edit(by=request.user, community_id=here.pk, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("Changed. Everyone here can see that you did."))
            return redirect("community", here.pk)
    return page(request, "edit", form=form)


@member
def leave(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    if request.method == "POST":
        leaving.leave(person=request.user, community_id=here.pk)
        flash.say(request, _("You have left %(name)s. You can ask to return.") % {"name": here})
        return redirect("communities")
    return confirm(
        request,
        title=_("Leave"),
        question=_("Leave %(name)s?") % {"name": here.name},
        text=[
            _("What you wrote stays, with your name. You can remove single posts before you go."),
            _("You no longer read what is written here, and your turn as moderator ends."),
            _("You can ask to return; the members then decide as they did before."),
        ],
        do=_("Leave"),
        back=reverse("community", args=[here.pk]),
    )


@member
def kickoff(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    if not stages.can_record_kickoff(request.user, here):
        raise NotYours
    return kickoff_page(request, back=reverse("community", args=[here.pk]))


def kickoff_page(request: Request, *, back: str) -> HttpResponse:
    """Record the workshop; the same page from inside and from the garden."""
    here = request.community
    form = Kicking(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stages.record_kickoff(by=request.user, community_id=here.pk, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("Recorded. %(name)s is open.") % {"name": here.name})
            return redirect(back)
    return page(request, "kickoff", form=form, back=back)


@member
@require_POST
def rest(request: Request, community: uuid.UUID) -> HttpResponse:
    stages.rest(by=request.user, community_id=community)
    flash.say(
        request,
        _("It rests. Everything can still be read, and any of you can wake it."),
        undo=reverse("wake", args=[community]),
    )
    return redirect("community", community)


@member
@require_POST
def wake(request: Request, community: uuid.UUID) -> HttpResponse:
    stages.wake(by=request.user, community_id=community)
    flash.say(request, _("It is open again."))
    return redirect("community", community)


@member
def close(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    common.check_steers(request.user, here)
    form = Closing(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stages.close(by=request.user, community_id=here.pk, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("Closed, with thanks."), undo=reverse("wake", args=[here.pk]))
            return redirect("community", here.pk)
    return confirm(
        request,
        title=_("Close well"),
        question=_("Close %(name)s?") % {"name": here.name},
        text=[
            _("Nobody can write any more. What you learned stays readable for its members."),
            _("Each member finds a page with what they gave and took, and where they may go on."),
            _("Within two weeks any member can open it again."),
        ],
        do=_("Close it"),
        back=reverse("community", args=[here.pk]),
        form=form,
    )


@inside
def seen(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    looks = OutsideView.objects.filter(community=here).select_related("person")
    return page(request, "seen", looks=looks.order_by("-at")[:100])
