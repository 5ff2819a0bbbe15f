from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from staffroom.core import access, hooks
from staffroom.core.errors import Refused
from staffroom.people import actions, cookie
from staffroom.people.actions import consent as consent_actions
from staffroom.people.consent import agreed_at
from staffroom.people.forms import NameForm
from staffroom.people.models import Person
from staffroom.people.views import _back
from staffroom.people.views.me import person_of


@access.signed_in
@never_cache
def consent(request: HttpRequest) -> HttpResponse:
    """The words, and the name where nobody has given one yet."""
    person = person_of(request)
    earlier = person.consents.exists()
    form = NameForm(request.POST or None) if not person.name else None
    status = 200
    if request.method == "POST":
        status = 422
        if form is None or form.is_valid():
            try:
                consent_actions.agree(
                    person=person, name=form.cleaned_data["name"] if form else None
                )
                return redirect(
                    ("" if earlier else _first(request, person)) or _back.after(request)
                )
            except Refused as error:
                if form:
                    form.refuse(error)
    context = {
        "form": form,
        "next": _back.wanted(request),
        "earlier": earlier,
        "agreed_at": agreed_at(person) if person.name else None,
    }
    return render(request, "people/consent.html", context, status=status)


def _first(request: HttpRequest, person: Person) -> str:
    """What a newcomer is offered, unless they were on their way to something."""
    if _back.wanted(request) not in {"", "/"}:
        return ""
    return next((place for place in hooks.newcomer.call(person=person) if place), "")


@access.signed_in
@require_POST
def refuse(request: HttpRequest) -> HttpResponse:
    consent_actions.refuse(person=person_of(request))
    actions.sign_out(request)
    response = redirect("consent_refused")
    cookie.clear(response)
    return response


@access.anyone
def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "people/consent_refused.html")
