"""The one question for whoever was away, and what a programme learns of all answers together."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staffroom.communities import offices
from staffroom.communities.access import designer, gardener
from staffroom.core import access, flash
from staffroom.core.errors import Refused
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.rhythm.actions import silence as doing
from staffroom.rhythm.forms.silence import Away, Weeks, Wish
from staffroom.rhythm.models.silence import SilenceAnswer
from staffroom.rhythm.queries import silence as asking
from staffroom.rhythm.silence_figures import Told
from staffroom.rhythm.silence_words import REASONS
from staffroom.rhythm.views.common import page


class Request(HttpRequest):
    user: Person
    programme: Programme


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    return page(request, f"silence/{name}", **({"tab": "me"} | context))


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def away(request: Request) -> HttpResponse:
    """The question, while it is open; in any case what I wish about being asked."""
    is_open = asking.open_asking(request.user) is not None
    form = Away(request.POST or None) if is_open else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            doing.answer(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            # Not by an address: on a shared phone it would tell what was answered.
            comfort = form.cleaned_data["reason"] == SilenceAnswer.Reason.COMFORT
            return _page(request, "thanks", comfort=comfort)
    wished = asking.wish_of(request.user)
    wish = Wish(initial={"ask": wished.ask, "by_sms": wished.by_sms})
    return _page(request, "away", form=form, wish=wish)


@require_POST
@access.signed_in
def not_now(request: Request) -> HttpResponse:
    doing.not_now(by=request.user)
    flash.say(request, _("All right. Nobody asks again about this time."))
    return redirect("today")


@require_POST
@access.signed_in
def wish(request: Request) -> HttpResponse:
    form = Wish(request.POST)
    form.is_valid()  # two ticks cannot be wrong
    doing.wish(by=request.user, **form.cleaned_data)
    flash.say(request, _("Kept."))
    return redirect("away")


@require_safe
@gardener
def silence(request: Request) -> HttpResponse:
    """Whole figures of closed quarters, over all communities of a programme."""
    programmes = [
        {
            "name": programme.name,
            "weeks": asking.weeks_of(programme),
            "quarters": [
                {"first": each.first, "told": _said(each.figures)}
                for each in asking.quarters(request.user, programme)
            ],
        }
        for programme in asking.programmes_tended(request.user)
    ]
    designs = offices.appointments(request.user, offices.GARDENER).filter(area=None).exists()
    return _page(request, "figures", programmes=programmes, designs=designs, tab="garden")


def _said(figures: Told | None) -> dict[str, Any] | None:
    if figures is None:
        return None
    return {
        "total": figures.total,
        "rows": [(REASONS[reason], count) for reason, count in figures.reasons],
        "together": [REASONS[reason] for reason in figures.together],
        "together_count": figures.together_count,
        "words": figures.words,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@designer
def weeks(request: Request) -> HttpResponse:
    first = {"weeks": asking.weeks_of(request.programme)}
    form = Weeks(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            doing.set_weeks(by=request.user, programme=request.programme, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            flash.say(request, _("Kept."))
            return redirect("silence_weeks")
    return _page(request, "weeks", form=form, tab="garden")
