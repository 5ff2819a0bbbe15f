"""What one does with a resource by one tap."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffroom.communities.access import community_for
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.library import reach
from staffroom.library.actions import resource_marks as marks
from staffroom.library.actions import resources as actions
from staffroom.library.forms.resources import ShareForm
from staffroom.library.queries import resources as queries
from staffroom.library.views import resource_rules as rules
from staffroom.library.views.resource_rules import ResourceRequest


def _page(request: ResourceRequest) -> HttpResponse:
    return redirect("resource", request.resource.pk)


@require_POST
@rules.reader
def helped(request: ResourceRequest, **rest: Any) -> HttpResponse:
    marks.help(by=request.user, resource=request.resource)
    return _page(request)


@require_POST
@rules.reader
def unhelped(request: ResourceRequest, **rest: Any) -> HttpResponse:
    marks.unhelp(by=request.user, resource=request.resource)
    return _page(request)


@require_POST
@rules.reader
def put_on_shelf(request: ResourceRequest, **rest: Any) -> HttpResponse:
    marks.put_on_shelf(by=request.user, resource=request.resource)
    undo = reverse("take_off_shelf", args=[request.resource.pk])
    flash.say(request, _("It is on your shelf."), undo=undo)
    return _page(request)


@require_POST
@rules.reader
def take_off_shelf(request: ResourceRequest, **rest: Any) -> HttpResponse:
    marks.take_off_shelf(by=request.user, resource=request.resource)
    return _page(request)


@require_POST
@rules.keeper
def remove_resource(request: ResourceRequest, **rest: Any) -> HttpResponse:
    """With a way back at the top of the next page."""
    found = request.resource
    actions.remove(by=request.user, resource=found)
    undo = reverse("restore_resource", args=[found.pk])
    flash.say(request, _("Taken out of the library."), undo=undo)
    if found.community_id and queries.is_reader(request.user, found.community):  # type: ignore[arg-type]
        return redirect("community_library", found.community_id)
    return redirect("library")


@require_POST
@rules.keeper
def restore_resource(request: ResourceRequest, **rest: Any) -> HttpResponse:
    actions.restore(by=request.user, resource=request.resource)
    flash.say(request, _("It is in the library again."))
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@rules.reader
def share_resource(request: ResourceRequest, **rest: Any) -> HttpResponse:
    """To another community of mine, or to everybody."""
    found, person = request.resource, request.user
    communities = queries.may_bring_to(person, found)
    form = ShareForm(request.POST or None, communities=communities)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            chosen = next(
                one for one in communities if str(one.pk) == form.cleaned_data["community"]
            )
            try:
                marks.share(by=person, resource=found, community=chosen)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                undo = reverse("unshare_resource", args=[found.pk, chosen.pk])
                flash.say(request, _("Shared with %(name)s.") % {"name": chosen.name}, undo=undo)
                return _page(request)
    context = {
        "resource": found,
        "form": form,
        "communities": communities,
        "refusal": _why_not(request),
        "places": queries.places(person, found),
        "tab": "communities",
    }
    return render(request, "library/resources/share.html", context, status=status)


def _why_not(request: ResourceRequest) -> str:
    try:
        reach.check_pass_on(request.user, request.resource)
    except Refused as refusal:
        return refusal.message
    return ""


@require_POST
@rules.reader
def unshare_resource(
    request: ResourceRequest, *, community: uuid.UUID, **rest: Any
) -> HttpResponse:
    there = community_for(request.user, community)
    marks.unshare(by=request.user, resource=request.resource, community=there)
    flash.say(request, _("It no longer stands in %(name)s.") % {"name": there.name})
    try:
        queries.one(request.user, request.resource.pk)
    except NotYours:
        return redirect("community_library", there.pk)
    return _page(request)


@require_POST
@rules.reader
def share_with_all(request: ResourceRequest, **rest: Any) -> HttpResponse:
    marks.share_with_all(by=request.user, resource=request.resource)
    undo = reverse("unshare_with_all", args=[request.resource.pk])
    flash.say(request, _("Everybody of the programme can see it now."), undo=undo)
    return _page(request)


@require_POST
@rules.reader
def unshare_with_all(request: ResourceRequest, **rest: Any) -> HttpResponse:
    marks.unshare_with_all(by=request.user, resource=request.resource)
    flash.say(request, _("Only its own community sees it again."))
    try:
        queries.one(request.user, request.resource.pk)
    except NotYours:  # the office does not read there
        return redirect("library")
    return _page(request)
