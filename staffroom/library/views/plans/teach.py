"""I taught it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffroom.communities.access import inside
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.paging import paged
from staffroom.library.actions.plans import teach as acts
from staffroom.library.actions.plans.common import check_write
from staffroom.library.forms.plans import Teaching
from staffroom.library.models import Taught
from staffroom.library.views.plans.common import Request, pace, page, plan_here, plan_url, sent_id


@inside
@require_http_methods(["GET", "HEAD", "POST"])
def taught(request: Request, *, plan: uuid.UUID, **rest: Any) -> HttpResponse:
    """All reports, and the form for one's own."""
    found = plan_here(request, plan)
    form = Teaching(
        request.POST or None, community=request.community, initial={"grade": found.grade}
    )
    if request.method == "POST" and form.is_valid():
        try:
            pace(request)
            acts.tell_taught(by=request.user, plan=found, id=sent_id(request), **form.cleaned_data)
            flash.say(request, _("Thank you. Whoever teaches it next will read this."))
            return redirect(plan_url(found) + "#taught")
        except Refused as refusal:
            form.refuse(refusal)
    reports = found.taught.select_related("by").order_by("-day", "-at", "-id")
    return page(
        request,
        "taught",
        form=form,
        plan=found,
        may_write=can(check_write, request.user, found),
        back=plan_url(found),
        **paged(request, reports, 20),
    )


@inside
@require_POST
def taught_gone(
    request: Request, *, plan: uuid.UUID, taught: uuid.UUID, **rest: Any
) -> HttpResponse:
    found = (
        Taught.objects.filter(pk=taught, plan=plan_here(request, plan))
        .select_related("plan__community__programme")
        .first()
    )
    if found is None:
        raise NotYours
    acts.take_back(by=request.user, taught=found)
    flash.say(request, _("Your report is taken away."))
    return redirect("plan_taught", request.community.pk, plan)
