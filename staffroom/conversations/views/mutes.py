import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities.access import inside
from staffroom.communities.queries.zones import zone_of
from staffroom.conversations.actions.mute import check_mute, mute_community, mute_person, unmute
from staffroom.conversations.forms.mutes import MuteForm
from staffroom.conversations.models import Mute, Post
from staffroom.conversations.queries.mutes import living
from staffroom.conversations.views.inside import InsideRequest, in_zone
from staffroom.conversations.views.where import stands
from staffroom.core import access, flash
from staffroom.core.errors import NotYours


@inside
@in_zone
def mute_author(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """Do not hear the author of this post for a while."""
    community = request.community
    found = Post.objects.filter(community=community, pk=post).select_related("author").first()
    if found is None or found.author is None:
        raise NotYours
    other = found.author
    check_mute(request.user, other, community)
    form = MuteForm(request.POST or None)
    if form.is_valid():
        mute = mute_person(by=request.user, other=other, community=community, until=form.until())
        flash.say(
            request,
            _("What %(name)s writes is folded for you.") % {"name": other.first_name},
            undo=reverse("unmute", args=[mute.pk]),
        )
        return redirect(stands(found))
    return _ask(
        request,
        form,
        title=_("Mute %(name)s") % {"name": other.first_name},
        text=[
            _("What %(name)s writes is folded for you; one tap shows it.")
            % {"name": other.first_name},
            _("Nobody is told, neither now nor later."),
        ],
        back=stands(found),
    )


@inside
@in_zone
def mute_here(request: InsideRequest, **rest: Any) -> HttpResponse:
    """No counts and no notices of this community for a while."""
    community = request.community
    form = MuteForm(request.POST or None)
    if form.is_valid():
        mute = mute_community(by=request.user, community=community, until=form.until())
        flash.say(
            request,
            _("%(community)s is quiet for you.") % {"community": community.name},
            undo=reverse("unmute", args=[mute.pk]),
        )
        return redirect("communities")
    return _ask(
        request,
        form,
        title=_("Mute this community"),
        text=[
            _("You can read and write here as before. Nothing new is counted for you meanwhile."),
            _("Nobody is told, neither now nor later."),
        ],
        back=reverse("communities"),
    )


def _ask(
    request: InsideRequest, form: MuteForm, *, title: str, text: list[str], back: str
) -> HttpResponse:
    context = {
        "title": title,
        "question": title,
        "text": text,
        "do": _("Mute"),
        "back": back,
        "form": form,
        "tab": "communities",
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


@access.signed_in
def mutes(request: InsideRequest) -> HttpResponse:
    """Whom and what I muted; each can be heard again."""
    found = living(request.user)
    with timezone.override(zone_of(request.user)):
        return render(request, "conversations/mutes.html", {"mutes": found, "tab": "me"})


@require_POST
@access.signed_in
def unmute_view(request: InsideRequest, *, mute: uuid.UUID) -> HttpResponse:
    """Hear them again."""
    found = get_object_or_404(Mute, pk=mute, person=request.user)
    unmute(by=request.user, mute=found)
    flash.say(request, _("You hear them again."))
    return redirect("mutes")
