"""An unanswered question goes further: its asker decides; who answers chooses the credit."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffroom.communities.access import inside
from staffroom.conversations import sealed
from staffroom.conversations.models import Post
from staffroom.conversations.queries.question import post_of, question_of
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.edges.actions import passing, returning
from staffroom.edges.forms.questions import Onward
from staffroom.edges.queries.sisters import sisters
from staffroom.edges.views.common import Request, page


@require_http_methods(["GET", "HEAD", "POST"])
@inside
def onward(request: Request, *, community: uuid.UUID, post: uuid.UUID) -> HttpResponse:
    """Look the words over and let them go, or not; later, take them back."""
    asked = _question(request, post)
    rise = passing.check_asker(request.user, asked)
    pictures = [each for each in asked.pictures if each.covered_at is None]
    first = {"text": asked.text, "topic": asked.topic}
    sends = request.method == "POST"
    form = Onward(request.POST if sends else None, initial=first, pictures=pictures)
    if sends and request.POST.get("do") in ("keep", "back"):
        return _not_now(request, asked)
    if sends and form.is_valid():
        try:
            said = form.cleaned_data
            passing.pass_on(
                by=request.user,
                question=asked,
                text=said["text"],
                topic=said["topic"],
                photos=[uuid.UUID(each) for each in said.get("photos", [])],
            )
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("It stands there now. Answers come back to this page."))
            return _back(asked)
    return page(
        request,
        "onward",
        question=asked,
        quiet=bool(sealed.mine(request.user, [asked])),
        rise=rise,
        out=passing.standing(asked),
        sisters=sisters(request.community),
        form=form,
    )


def _not_now(request: Request, asked: Post) -> HttpResponse:
    if request.POST["do"] == "back":
        passing.take_back(by=request.user, question=asked)
        flash.say(request, _("Taken back. It no longer stands there."))
    else:
        passing.keep_here(by=request.user, question=asked)
        flash.say(request, _("It stays here."))
    return _back(asked)


@require_POST
@inside
def credit(request: Request, *, community: uuid.UUID, post: uuid.UUID) -> HttpResponse:
    """The author of an answer says how it goes back."""
    answer = post_of(request.community, post)
    if answer is None or answer.question is None:
        raise NotYours
    returning.credit(by=request.user, answer=answer, named=request.POST.get("say") == "name")
    flash.say(request, _("Kept. It can be changed at any time."))
    return _back(answer.question)


def _question(request: Request, post: uuid.UUID) -> Post:
    asked = question_of(request.community, post)
    if asked is None:
        raise NotYours
    return asked


def _back(asked: Post) -> HttpResponse:
    return redirect(reverse("question", args=[asked.community_id, asked.pk]))
