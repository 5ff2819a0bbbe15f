"""Seven screens on taking part well. Nobody but the reader knows how far they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import access
from staffroom.core.errors import NotYours, Refused
from staffroom.people.views.me import person_of
from staffroom.web.course import actions, queries
from staffroom.web.course.screens import SCREENS, Screen


@access.signed_in
def course(request: HttpRequest) -> HttpResponse:
    """The list of screens, and where one is."""
    answered = queries.answered_by(person_of(request))
    screens = [(n, one, n in answered) for n, one in enumerate(SCREENS, 1)]
    following = next((n for n, _one, is_done in screens if not is_done), None)
    context = {"tab": "me", "screens": screens, "following": following, "begun": bool(answered)}
    return render(request, "web/course/list.html", context)


@access.signed_in
def screen(request: HttpRequest, screen: int) -> HttpResponse:
    """One thought, one question answered by a tap, and why."""
    if not 1 <= screen <= len(SCREENS):
        raise NotYours
    this = SCREENS[screen - 1]
    context: dict[str, Any] = {"this": this, "n": screen, "all": len(SCREENS), "tab": "me"}
    if request.method == "POST":
        try:
            context["tapped"] = _tapped(request, this)
        except Refused as refusal:
            return render(
                request, "web/course/screen.html", context | {"wrong": refusal}, status=422
            )
        actions.answered(person=person_of(request), screen=screen)
        context["fits"] = context["tapped"] == this.right
    context["following"] = screen + 1 if screen < len(SCREENS) else None
    return render(request, "web/course/screen.html", context)


def _tapped(request: HttpRequest, this: Screen) -> int:
    given = request.POST.get("answer", "")
    if given not in {str(place) for place in range(len(this.answers))}:
        raise Refused(_("Tap one of the answers."))
    return int(given)


@access.signed_in
@require_POST
def begin_again(request: HttpRequest) -> HttpResponse:
    actions.begin_again(person=person_of(request))
    return redirect("course")
