"""One reported post: keep, remind, move, cover, return, hide, pass on; and taking it back."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffroom.communities.access import inside
from staffroom.communities.queries.rules import current_rules
from staffroom.conversations.actions import decide as deciding
from staffroom.conversations.actions.move import move_over
from staffroom.conversations.forms import consent
from staffroom.conversations.forms.reports import DecideForm
from staffroom.conversations.models import Decision, Post
from staffroom.conversations.queries import reports as queries
from staffroom.conversations.views.inside import InsideRequest, in_zone
from staffroom.conversations.views.reports import context_of, post_in
from staffroom.conversations.views.where import stands
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused

Choice = Decision.Choice


@require_http_methods(["GET", "HEAD", "POST"])
@inside
@in_zone
def decide(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    found = post_in(request, post)
    in_force = current_rules(request.community)
    rules = in_force.rules if in_force else ()
    form = DecideForm(request.POST or None, post=found, rules=rules)
    if form.is_valid():
        try:
            made = deciding.decide(by=request.user, post=found, **form.cleaned_data)
        except deciding.AlreadyDecided as refusal:
            return _too_late(request, found, refusal)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _decided(request, found, made)
    case = queries.case_for(request.user, found)
    if case is None:
        return _nothing_waits(request, found)
    context = context_of(
        request, case=case, post=found, form=form, decides=True, shows=_shows(found)
    )
    return render(request, "conversations/decide.html", context, status=422 if form.errors else 200)


def _shows(post: Post) -> list[str]:
    """What the sender said of the photos: whether a pupil can be known."""
    said = dict(consent.CHOICES)
    return sorted({str(said[photo.shows]) for photo in post.photos.all() if photo.shows in said})


def _decided(request: InsideRequest, post: Post, made: Decision) -> HttpResponse:
    if made.choice == Choice.PASSED:  # what others have begun to act on is not taken back
        flash.say(request, _done(made) % {"code": made.code})
    else:
        flash.say(request, _done(made), undo=_undo(made))
    post.refresh_from_db()
    return redirect(stands(post))


def _undo(made: Decision) -> str:
    return reverse("undo_decision", args=[made.post.community_id, made.pk])


def _too_late(request: InsideRequest, post: Post, refusal: deciding.AlreadyDecided) -> HttpResponse:
    """Somebody was faster: what they decided, and the words of the second, which are not lost."""
    context = context_of(
        request, post=post, decided=refusal.message, words=request.POST.get("why", "")
    )
    return render(request, "conversations/decided.html", context, status=409)


def _nothing_waits(request: InsideRequest, post: Post) -> HttpResponse:
    try:
        deciding.tell_what_was_decided(post)
    except deciding.AlreadyDecided as refusal:
        if request.POST.get("why"):
            return _too_late(request, post, refusal)
        flash.say(request, refusal.message)
    return redirect(stands(post))


def _done(decision: Decision) -> str:
    return {
        Choice.HIDDEN: _("Hidden. The author is told why."),
        Choice.REMINDED: _("It stays. The author is reminded."),
        Choice.KEPT: _("It stays."),
        Choice.RETURNED: _("Returned. The author is told why, and may change it."),
        Choice.MOVED: _("Moved, with a kind note to its author."),
        Choice.COVERED: _("The photo is covered. The author is told why."),
        Choice.PASSED: _(
            "Passed on and hidden. With this code you read the answer of those who look at it: %(code)s"
        ),
    }[Choice(decision.choice)]


@require_POST
@inside
@in_zone
def undo_decision(request: InsideRequest, *, decision: uuid.UUID, **rest: Any) -> HttpResponse:
    """Take a decision back."""
    found = (
        Decision.objects.filter(pk=decision, post__community=request.community)
        .select_related("post__community", "post__author")
        .first()
    )
    if found is None:
        raise NotYours
    try:
        deciding.undo(by=request.user, decision=found)
    except Refused as refusal:
        flash.say(request, refusal.message)
    else:
        flash.say(request, _("Taken back: it stands as before."))
    found.post.refresh_from_db()
    return redirect(stands(found.post))


@require_POST
@inside
@in_zone
def move(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """One tap: the whole thread into the other room."""
    found = post_in(request, post)
    made = move_over(by=request.user, post=found)
    found.refresh_from_db()
    if made is not None:
        flash.say(request, _done(made), undo=_undo(made))
    return redirect(stands(found))
