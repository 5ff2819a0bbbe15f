"""Ask for a look at a resource; look."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staffroom.core import flash, limits
from staffroom.core.errors import Refused
from staffroom.core.paging import paged
from staffroom.library.actions import resource_reports as actions
from staffroom.library.forms.resources import HideForm, ReportResourceForm
from staffroom.library.queries import resource_reports as queries
from staffroom.library.views import resource_rules as rules
from staffroom.library.views.resource_rules import ResourceRequest


@require_http_methods(["GET", "HEAD", "POST"])
@rules.reader
def report_resource(request: ResourceRequest, **rest: Any) -> HttpResponse:
    form = ReportResourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limits.take("report", str(request.user.pk), limit=20, seconds=24 * 3600)
        try:
            actions.report(by=request.user, resource=request.resource, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Thank you. It will be looked at; your name is not shown."))
            return redirect("resource", request.resource.pk)
    context = {"resource": request.resource, "form": form, "tab": "communities"}
    status = 422 if form.errors else 200
    return render(request, "library/resources/report.html", context, status=status)


@require_safe
@rules.decides
def resource_reports(request: ResourceRequest, **rest: Any) -> HttpResponse:
    """What waits for this person's look, and what was taken off."""
    context = paged(request, queries.waiting_for(request.user))
    context |= {"hidden": queries.hidden_for(request.user)[:30], "tab": "me"}
    return render(request, "library/resources/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@rules.decider
def decide_resource(request: ResourceRequest, **rest: Any) -> HttpResponse:
    """It stays, or it is taken off with a reason."""
    found = request.resource
    keeps = "keep" in request.POST
    form = HideForm(None if keeps else request.POST or None)
    try:
        if keeps:
            actions.keep(by=request.user, resource=found)
            flash.say(request, _("It stays."))
            return redirect("resource_reports")
        if request.method == "POST" and form.is_valid():
            actions.hide(by=request.user, resource=found, **form.cleaned_data)
            undo = reverse("unhide_resource", args=[found.pk])
            flash.say(request, _("Taken off. Whoever put it there reads why."), undo=undo)
            return redirect("resource_reports")
    except Refused as refusal:
        form.refuse(refusal) if form.is_bound else flash.say(request, refusal.message)
    context = {"resource": found, "form": form, "said": queries.said_of(found), "tab": "me"}
    status = 422 if form.errors else 200
    return render(request, "library/resources/decide.html", context, status=status)


@require_POST
@rules.decider
def unhide_resource(request: ResourceRequest, **rest: Any) -> HttpResponse:
    actions.unhide(by=request.user, resource=request.resource)
    flash.say(request, _("It is in the library again."))
    return redirect("resource", request.resource.pk)
