"""Asking that a seal be opened, deciding it, being told of it."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from staffroom.communities import offices
from staffroom.communities.access import inside
from staffroom.communities.actions.outside import looked
from staffroom.conversations import sealed
from staffroom.conversations.actions import unseal
from staffroom.conversations.models import Unsealing
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.inside import InsideRequest
from staffroom.conversations.views.where import stands
from staffroom.core import access, flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import Form, LineField


class WhyForm(Form):
    why = LineField(
        label=gettext_lazy("Why?"),
        max_length=unseal.MAX_NOTE,
        help_text=gettext_lazy("One sentence. The members and the author read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _found(unsealing: uuid.UUID) -> Unsealing:
    found = (
        Unsealing.objects.filter(pk=unsealing)
        .select_related("post__community", "first_by", "second_by", "refused_by")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def _office(request: HttpRequest, *, unsealing: uuid.UUID, **rest: object) -> None:
    request.unsealing = _found(unsealing)  # type: ignore[attr-defined]
    unseal.check_decide(request.user, request.unsealing)  # type: ignore[attr-defined,arg-type]


#: The gardener or administrator of the programme whom the wall does not bar; never the author.
office = access.requires("unsealing_office", _office)


def _author(request: HttpRequest, *, unsealing: uuid.UUID, **rest: object) -> None:
    request.unsealing = found = _found(unsealing)  # type: ignore[attr-defined]
    if found.opened_at is None or not sealed.wrote(request.user, found.post):  # type: ignore[arg-type]
        raise NotYours


#: Whoever wrote the post whose seal was opened.
author = access.requires("unsealed_author", _author)


@require_http_methods(["GET", "HEAD", "POST"])
@inside
@here.in_zone
def ask_to_unseal(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """The moderator or an adviser asks the programme."""
    found = here.post_here(request, post)
    try:
        unseal.check_ask(request.user, found)
    except Refused as refusal:
        flash.say(request, refusal.message)
        return redirect("report", found.community_id, found.pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            unseal.ask(by=request.user, post=found, reason=form.cleaned_data["why"])
        except Refused as refusal:
            form.refuse(Refused(refusal.message, "why"))
        else:
            flash.say(request, _("Two people of the programme will look at it."))
            return redirect(stands(found))
    context = {
        "post": found,
        "form": form,
        "community": request.community,
        "back": reverse("post_more", args=[found.community_id, found.pk]),
        "tab": "communities",
    }
    status = 422 if form.errors else 200
    return render(request, "conversations/unseal_ask.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@office
@never_cache
def unsealing(request: HttpRequest, **rest: Any) -> HttpResponse:
    """One request: agree, refuse, and once both agreed, the name."""
    found: Unsealing = request.unsealing  # type: ignore[attr-defined]
    by: Any = request.user
    role = offices.appointments(by, *unseal.ROLES).values_list("role", flat=True).first()
    looked(person=by, community=found.post.community, office=role or "", page="unsealing")
    form, name = WhyForm(), ""
    try:
        if "agree" in request.POST:
            unseal.agree(by=by, unsealing=found)
            return redirect(request.path)
        if "look" in request.POST:
            person = unseal.look(by=by, unsealing=found)
            name = person.name if person else _("The seal cannot be opened with this key.")
        elif request.method == "POST":
            form = WhyForm(request.POST)
            if form.is_valid():
                unseal.refuse(by=by, unsealing=found, why=form.cleaned_data["why"])
                return redirect(request.path)
    except Refused as refusal:
        flash.say(request, refusal.message)
        return redirect(request.path)
    context = {
        "unsealing": found,
        "post": found.post,
        "community": found.post.community,
        "form": form,
        "name": name,
        "agreed": by.pk in {found.first_by_id, found.second_by_id},
    }
    status = 422 if form.errors else 200
    return render(request, "conversations/unsealing.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@author
def unsealed(request: HttpRequest, **rest: Any) -> HttpResponse:
    """The author reads that the seal was opened, by whom and why."""
    found: Unsealing = request.unsealing  # type: ignore[attr-defined]
    if request.method == "POST":
        unseal.hear(by=request.user, unsealing=found)  # type: ignore[arg-type]
        return redirect("today")
    context = {"unsealing": found, "post": found.post, "community": found.post.community}
    return render(request, "conversations/unsealed.html", context)
