"""What reaches me: the digest, the levels of my communities; the programme's allowance; the way out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities.access import designer, inside
from staffroom.communities.levers import LEVERS, lever
from staffroom.communities.views.common import Request
from staffroom.conversations.queries.mutes import living
from staffroom.core import access, flash
from staffroom.core.errors import NotYours, Refused
from staffroom.notices import carriers, links, quiet
from staffroom.notices.actions import choose
from staffroom.notices.actions.allow import allow
from staffroom.notices.forms import AllowanceForm, DigestForm, LevelForm
from staffroom.notices.models import Allowance, Preference, Reach
from staffroom.notices.queries import digests
from staffroom.notices.queries.reach import Places, places_of, preference_of
from staffroom.notices.said import LEVELS


@access.signed_in
def notices(request: Request) -> HttpResponse:
    """What reaches me, over all communities."""
    person = request.user
    places, preference = places_of(person), preference_of(person)
    form = DigestForm(
        request.POST or None, initial=_initial(preference, places), ways=_ways(preference, places)
    )
    if form.is_valid() and _chosen(request, form):
        flash.say(request, _("Saved."))
        return redirect("notices")
    begins, ends = quiet.hours(person)
    context = {
        "form": form,
        "tab": "me",
        "rows": [(each, LEVELS[places.level(each) or choose.NOTHING]) for each in places.readable],
        "quiet_from": begins,
        "quiet_until": ends,
        "allowed": digests.allowance_of(places.readable) if preference.by != preference.PAGE else 0,
        "used": digests.parts_used(person, digests.zone_for(person, places))
        if preference.by != preference.PAGE
        else 0,
    }
    status = 422 if form.errors else 200
    return render(request, "notices/preferences.html", context, status=status)


def _initial(preference: Preference, places: Places) -> dict[str, Any]:
    rest = preference.rest_days
    if rest is None:
        rest = places.readable[0].programme.weekend if places.readable else []
    return {
        "often": preference.often,
        "hour": preference.hour,
        "weekday": preference.weekday,
        "rest_days": rest,
        "way": preference.by,
        "words": preference.words,
        "hour_too": preference.hour_too,
    }


def _ways(preference: Preference, places: Places) -> list[tuple[str, Any]]:
    """The carriers that work here and that the programme pays; one chosen before stays to be seen."""
    paid = digests.allowance_of(places.readable)
    working = [each for each in carriers.working() if each.free or paid]
    person = preference.person
    return [
        (each.key, each.label)
        for each in working
        # A way that costs is shown with what is missing; one without an address is no way.
        if not each.free or each.key == preference.by or each.address(person)
    ]


def _chosen(request: Request, form: DigestForm) -> bool:
    said = form.cleaned_data | {"way": form.cleaned_data.get("way", Preference.PAGE)}
    try:
        choose.choose(by=request.user, **said)
    except Refused as error:
        form.refuse(error)
        return False
    return True


@inside
def reach(request: Request, **rest: Any) -> HttpResponse:
    """What reaches me from one community."""
    here, places = request.community, places_of(request.user)
    level = places.level(here) or choose.NOTHING
    form = LevelForm(request.POST or None, initial={"level": level})
    if form.is_valid():
        choose.choose_level(by=request.user, community=here, level=form.cleaned_data["level"])
        flash.say(request, _("Saved."))
        return redirect("notices")
    context = {
        "form": form,
        "community": here,
        "tab": "communities",
        "often": LEVERS["digest"].choices[lever(here, "digest")],
        "mute": living(request.user).filter(muted_community=here).first(),
    }
    status = 422 if form.errors else 200
    return render(request, "notices/reach.html", context, status=status)


def about_rows(request: Request) -> list[dict[str, str]]:
    """The line of the page *About this community*."""
    reach = Reach.objects.filter(person=request.user, community=request.community).first()
    muted = living(request.user).filter(muted_community=request.community).exists()
    level = choose.NOTHING if muted else reach.level if reach else Reach.Level.EVERYTHING
    return [
        {
            "url": reverse("reach", args=[request.community.pk]),
            "icon": "ear",
            "title": _("What reaches me from here"),
            "text": str(LEVELS[level]),
        }
    ]


@designer
def allowance(request: Request, **rest: Any) -> HttpResponse:
    """Whether the programme pays for digests by text message."""
    kept = Allowance.objects.filter(programme=request.programme).first() or Allowance()
    first = {"sms": kept.sms, "parts_a_month": kept.parts_a_month}
    form = AllowanceForm(request.POST or None, initial=first)
    if form.is_valid():
        allow(by=request.user, programme=request.programme, **form.cleaned_data)
        flash.say(request, _("Saved."))
        return redirect("me")
    context = {
        "form": form,
        "tab": "me",
        "works": any(not each.free for each in carriers.working()),
    }
    status = 422 if form.errors else 200
    return render(request, "notices/allowance.html", context, status=status)


@access.anyone
def stop_digests(request: HttpRequest, *, token: str) -> HttpResponse:
    """The way out that stands in every message. Looking changes nothing; the button does.

    It tells nothing about anybody: whoever holds the phone may be somebody else.
    """
    if request.method == "POST":
        if not choose.stop(token=token):
            raise NotYours
        return render(request, "notices/stopped.html")
    if links.stopped_by(token) is None:
        raise NotYours
    return render(request, "notices/stop.html")
