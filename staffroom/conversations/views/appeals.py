"""The programme's office looks at one post, because its author asked for that."""

import uuid
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from staffroom.communities import offices
from staffroom.communities.actions.outside import looked
from staffroom.conversations.actions.appealed import check_look, decide_appeal
from staffroom.conversations.actions.decide import AlreadyDecided
from staffroom.conversations.forms.reports import OfficeForm
from staffroom.conversations.models import Report
from staffroom.conversations.queries.appeals import ROLES, photo_of
from staffroom.conversations.views.photos import picture
from staffroom.core import access, flash
from staffroom.core.errors import NotYours, Refused


def _office(request: HttpRequest, *, appeal: uuid.UUID, **rest: object) -> None:
    found = Report.objects.filter(pk=appeal).select_related("post__community", "decision").first()
    if found is None:
        raise NotYours
    check_look(request.user, found)  # type: ignore[arg-type]
    request.appeal = found  # type: ignore[attr-defined]


#: The gardener or administrator whom the wall does not bar, once the author has asked; never the author.
office = access.requires("appeal_office", _office)


def _look(request: HttpRequest) -> Report:
    """The appeal; the look is written where the members read it."""
    found: Report = request.appeal  # type: ignore[attr-defined]
    by: Any = request.user
    role = offices.appointments(by, *ROLES).values_list("role", flat=True).first()
    looked(person=by, community=found.post.community, office=role or "", page="appeal")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@office
@never_cache
def appeal(request: HttpRequest, **rest: Any) -> HttpResponse:
    """The post, what was decided and why, what its author says; no names."""
    found = _look(request)
    form = OfficeForm(request.POST or None, post=found.post)
    if form.is_valid():
        try:
            data = {name: form.cleaned_data[name] for name in ("choice", "why")}
            decide_appeal(by=request.user, appeal=found, **data)  # type: ignore[arg-type]
        except AlreadyDecided as refusal:
            flash.say(request, refusal.message)
            return redirect(request.path)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Decided. The author is told, and the members read it."))
            return redirect("today")
    first = found.post.decisions.exclude(choice="kept").filter(at__lt=found.at).order_by("-at")
    context = {
        "appeal": found,
        "post": found.post,
        "community": found.post.community,
        "photos": list(found.post.photos.order_by("uploaded_at", "id")),
        "first": first.first(),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "conversations/appeal.html", context, status=status)


@require_safe
@office
@never_cache
def appeal_photo(request: HttpRequest, *, photo: uuid.UUID, **rest: Any) -> FileResponse:
    """A photo of that post, until it is decided."""
    found = _look(request)
    shown = photo_of(found, photo) if found.decision_id is None else None
    if shown is None:
        raise NotYours
    return picture(shown.file, keep=False)
