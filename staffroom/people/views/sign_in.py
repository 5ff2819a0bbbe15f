"""In by phone and code, and out again."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from staffroom.core import access, flash, hooks
from staffroom.core.errors import Refused, TooMany
from staffroom.people import actions, address, cookie, phones
from staffroom.people.actions import claims, profiles
from staffroom.people.forms import PhoneForm, WhoseCodeForm
from staffroom.people.models import Person
from staffroom.people.views import _back, _here
from staffroom.people.views.me import person_of


def refused(form: Any, error: Refused) -> int:
    """Put the sentence at its field; the status to answer with."""
    form.refuse(error)
    return 429 if isinstance(error, TooMany) else 422


@access.anyone
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_back.after(request))
    begun = request.session.get("sign_in", {})
    form = PhoneForm(request.POST or None, initial={"phone": begun.get("spoken", "")})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _begin(request, form.cleaned_data["phone"])
            except Refused as error:
                status = refused(form, error)
    context = {
        "form": form,
        "next": _back.wanted(request),
        "invited": _invited(request),
        "profiles": profiles.profiles_on(cookie.phone_of(request)),
    }
    return render(request, "people/sign_in.html", context, status=status)


def _begin(request: HttpRequest, phone: str) -> HttpResponse:
    """To the page of the six digits; no message is sent to whoever says they have a code."""
    if request.POST.get("have_code"):
        number, shown = phones.parse(phone), None
    else:
        begun = actions.begin_sign_in(
            phone,
            address=address.of(request),
            may_enrol=_invited(request),
        )
        number, shown = begun.phone, begun.shown_code
    return wait_for_code(request, phones.e164(number), phones.spoken(number), shown)


def wait_for_code(request: HttpRequest, phone: str, spoken: str, shown: str | None) -> HttpResponse:
    """Keep whose code is awaited, and go to the page of the six digits."""
    request.session["sign_in"] = {"phone": phone, "spoken": spoken, "shown_code": shown}
    return redirect(_code_page(request))


def _invited(request: HttpRequest) -> bool:
    """Came by a link that still stands at this moment."""
    token = request.session.get("invitation")
    return bool(token) and any(part(token=token) for part in hooks.invitation_stands)


def _code_page(request: HttpRequest) -> str:
    path = _back.wanted(request)
    return reverse("sign_in_code") + (f"?{urlencode({'next': path})}" if path else "")


@access.anyone
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_back.after(request))
    begun = request.session.get("sign_in")
    if not begun:
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': _back.wanted(request)})}")
    form = WhoseCodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _confirm(request, begun["phone"], **form.cleaned_data)
            except Refused as error:
                status = refused(form, error)
    context = {"form": form, "begun": begun, "next": _back.wanted(request)}
    return render(request, "people/code.html", context, status=status)


def _confirm(request: HttpRequest, phone: str, code: str, whose: str) -> HttpResponse:
    confirmed = actions.confirm_sign_in(phone=phone, code=code, address=address.of(request))
    if claims.needs_proof(confirmed.person, cookie.phone_of(request)):
        from staffroom.people.views import proof

        return proof.ask(request, confirmed.person, phone, whose or "lent")
    response = let_in(request, confirmed.person, whose or "lent")
    if confirmed.handed_over_by is not None:
        flash.say(
            request,
            _(
                "%(name)s gave you this code. From now on codes go to your phone alone. "
                "If that was not agreed with you, choose “Not now” and tell the programme office."
            )
            % {"name": confirmed.handed_over_by.name},
        )
    return response


def let_in(request: HttpRequest, person: Person, whose: str, *, how: Any = "code") -> HttpResponse:
    """Sign in; the phone keeps a profile unless it is lent; a shared one asks for a PIN first."""
    _here.end_other(request, person)
    actions.sign_in_as(request, person, how=how, whose=whose)
    return _here.keep(request, person, whose)


@access.anyone
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Another code for the same number."""
    begun = request.session.get("sign_in")
    if not begun:
        return redirect("sign_in")
    try:
        response = _begin(request, begun["phone"])
    except Refused as error:
        flash.say(request, error.message)
        return redirect(_code_page(request))
    flash.say(request, _("A new code is on its way; the old one no longer works."))
    return response


@access.anyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Whoever takes this phone next finds nothing of mine on it."""
    phone = cookie.phone_of(request)
    if request.POST.get("forget") and phone is not None and request.user.is_authenticated:
        profiles.forget_profile(person=person_of(request), phone=phone)
    actions.sign_out(request)
    response = redirect("sign_in")
    cookie.clear(response)
    return response
