"""*What is new*, and the digests."""

import datetime as dt
import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities.queries.zones import zone_of
from staffroom.communities.views.common import Request
from staffroom.core import access, flash
from staffroom.core.clock import now
from staffroom.core.paging import paged
from staffroom.notices import plain, said
from staffroom.notices.actions import choose
from staffroom.notices.models import Digest
from staffroom.notices.queries import digests as queries
from staffroom.notices.queries.reach import what_is_new


@access.signed_in
def news(request: Request) -> HttpResponse:
    """What is new since the person last said: all read."""
    at = now()
    context = {"shown": said.shown(what_is_new(request.user)), "at": at.isoformat(), "tab": "today"}
    return render(request, "notices/news.html", context)


@require_POST
@access.signed_in
def news_read(request: Request) -> HttpResponse:
    """All that stood on the page when it was made is read; what came since is not."""
    choose.mark_all_read(by=request.user, until=_moment(request.POST.get("at", "")))
    flash.say(request, _("All is marked as read."))
    return redirect("news")


def _moment(text: str) -> dt.datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    return found if found is not None and timezone.is_aware(found) else now()


@access.signed_in
def digests(request: Request) -> HttpResponse:
    """My digests, and how each of them went."""
    context = paged(request, queries.digests_of(request.user)) | {"tab": "me"}
    for each in context["page"]:
        each.state_words, each.why_words = said.STATES[each.state], said.WHY.get(each.why, "")
    with timezone.override(zone_of(request.user)):
        return render(request, "notices/digests.html", context)


def _mine(request: Request, digest: uuid.UUID) -> Digest:
    return get_object_or_404(queries.digests_of(request.user), pk=digest)


@access.signed_in
def digest(request: Request, *, digest: uuid.UUID) -> HttpResponse:
    """One of them, as far as it may be read today."""
    found = _mine(request, digest)
    context = {
        "digest": found,
        "shown": said.shown(queries.held_by(found)),
        "state_words": said.STATES[found.state],
        "why_words": said.WHY.get(found.why, ""),
        "tab": "me",
    }
    with timezone.override(zone_of(request.user)):
        return render(request, "notices/digest.html", context)


@access.signed_in
def digest_text(request: Request, *, digest: uuid.UUID) -> HttpResponse:
    """The same as plain text, for whoever wants to pass it through something else."""
    text = plain.text_of(queries.held_by(_mine(request, digest)), words=True, tail="")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_POST
@access.signed_in
def digest_seen(request: Request, *, digest: uuid.UUID) -> HttpResponse:
    choose.see(by=request.user, digest=_mine(request, digest))
    return redirect("today")
