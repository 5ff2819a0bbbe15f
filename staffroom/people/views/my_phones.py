"""My phones: where I am signed in, what knows me, and what to do when one is lost."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import access, flash
from staffroom.core.forms import Form
from staffroom.people import actions, cookie
from staffroom.people.actions import sessions
from staffroom.people.models import Profile
from staffroom.people.views.me import person_of


@access.signed_in
def phones(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    open_ones = list(sessions.open_sessions(person))
    kinds = dict(Profile.objects.filter(person=person).values_list("phone_id", "kind"))
    for one in open_ones:
        vars(one)["here"] = one.session_key == request.session.session_key
        vars(one)["kind"] = kinds.get(one.phone_id, "") if one.phone_id else ""
    known = Profile.objects.filter(person=person).select_related("phone")
    known = known.exclude(phone__in=[one.phone_id for one in open_ones if one.phone_id])
    context = {
        "sessions": open_ones,
        "profiles": known.order_by("-last_used_on"),
        "frozen": person.frozen_at,
        "tab": "me",
    }
    return render(request, "people/phones.html", context)


@access.signed_in
@require_POST
def end(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    sessions.end_session(person=person_of(request), session_id=session)
    flash.say(request, _("It is signed out."))
    return redirect("my_phones")


@access.signed_in
@require_POST
def forget(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    sessions.end_profile(person=person_of(request), profile_id=profile)
    flash.say(request, _("That phone no longer knows you."))
    return redirect("my_phones")


@access.signed_in
def lost(request: HttpRequest) -> HttpResponse:
    """Asks once; a freeze is mended by one more proof, or by a new number."""
    person = person_of(request)
    if request.method == "POST":
        here = cookie.phone_of(request)
        sessions.freeze(person=person, but=request.session.session_key, here=here)
        if not person.is_staff:
            actions.sign_out_elsewhere(request, person_of(request))
        flash.say(
            request,
            _(
                "Everything else is signed out. A code to your number alone opens nothing now. "
                "When you have a new number, write it here."
            ),
        )
        return redirect("my_number")
    context = {
        "title": _("I lost my phone"),
        "question": _("Sign everything else out?"),
        "text": [
            _("Every other phone and computer is signed out, and none of them knows you any more."),
            _(
                "Whoever has your SIM card cannot come in with a code: one more proof is asked, "
                "until you give one or have a new number."
            ),
        ],
        "do": _("Sign everything else out"),
        "back": reverse("my_phones"),
        "form": Form(),
        "tab": "me",
    }
    return render(request, "ui/confirm.html", context)
