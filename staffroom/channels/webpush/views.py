"""Me, Notifications: what they are, then the browser's own question; where they are on; off again."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.channels.webpush import keys
from staffroom.channels.webpush.actions import subscribe, trying
from staffroom.channels.webpush.models import Subscription
from staffroom.core import access, flash
from staffroom.core.errors import Refused
from staffroom.notices import quiet
from staffroom.notices.queries.reach import preference_of
from staffroom.people.views.me import person_of


@access.signed_in
def notifications(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, wrong: str = "") -> HttpResponse:
    person = person_of(request)
    rows = Subscription.objects.filter(person=person).select_related("session")
    told = list(rows.order_by("made_at"))
    here = request.session.session_key
    begins, ends = quiet.hours(person)
    context = {
        "mine": next((each for each in told if each.session.session_key == here), None),
        "others": [each for each in told if each.session.session_key != here],
        "at_once": all(each.at_once for each in told),
        "any": bool(told),
        "key": keys.current().public,
        "lent": "idle" in request.session,
        "words": preference_of(person).words,
        "quiet_from": begins,
        "quiet_until": ends,
        "wrong": wrong,
        "tab": "me",
    }
    return render(request, "webpush/notifications.html", context, status=422 if wrong else 200)


@access.signed_in
@require_POST
def turn_on(request: HttpRequest) -> HttpResponse:
    """The browser has agreed and gives its address. On a lent phone it is not taken."""
    if "idle" in request.session:
        return _page(request, _("This phone is lent: nothing of yours stays on it."))
    said = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth", "made_for")}
    try:
        subscribe.subscribe(
            by=person_of(request), session_key=request.session.session_key or "", **said
        )
    except Refused as error:
        return _page(request, error.message)
    flash.say(request, _("Notifications are on here."))
    return redirect("notifications")


@access.signed_in
@require_POST
def turn_off(request: HttpRequest, subscription: uuid.UUID) -> HttpResponse:
    subscribe.unsubscribe(by=person_of(request), subscription=subscription)
    flash.say(request, _("Notifications are off there."))
    return redirect("notifications")


@access.signed_in
@require_POST
def choose_at_once(request: HttpRequest) -> HttpResponse:
    subscribe.choose(by=person_of(request), at_once=bool(request.POST.get("at_once")))
    flash.say(request, _("Saved."))
    return redirect("notifications")


@access.signed_in
@require_POST
def try_it(request: HttpRequest) -> HttpResponse:
    """One to this browser, now, whatever the hour: its owner has just asked for it."""
    trying.ask(by=person_of(request), session_key=request.session.session_key or "")
    flash.say(request, _("One is on its way. It takes a moment."))
    return redirect("notifications")
