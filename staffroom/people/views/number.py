"""Another phone number: a code to the new one, a word to the old one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from staffroom.core import access, flash
from staffroom.core.errors import Refused
from staffroom.people import actions, phones
from staffroom.people.actions import number as write
from staffroom.people.forms import CodeForm, NewPhoneForm
from staffroom.people.views.me import person_of
from staffroom.people.views.sign_in import refused


@access.signed_in
def number(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = NewPhoneForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                begun = write.begin_new_number(person=person, phone=form.cleaned_data["phone"])
                request.session["new_number"] = {
                    "phone": phones.e164(begun.phone),
                    "spoken": phones.spoken(begun.phone),
                    "shown_code": begun.shown_code,
                }
                return redirect("my_number_code")
            except Refused as error:
                status = refused(form, error)
    context = {
        "form": form,
        "spoken": phones.spoken(person.phone) if person.phone else "",
        "tab": "me",
    }
    return render(request, "people/number.html", context, status=status)


@access.signed_in
def number_code(request: HttpRequest) -> HttpResponse:
    begun = request.session.get("new_number")
    if not begun:
        return redirect("my_number")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _confirm(request, begun["phone"], form.cleaned_data["code"])
            except Refused as error:
                status = refused(form, error)
    context = {"form": form, "begun": begun, "tab": "me"}
    return render(request, "people/number_code.html", context, status=status)


def _confirm(request: HttpRequest, phone: str, digits: str) -> HttpResponse:
    person = person_of(request)
    write.confirm_new_number(person=person, phone=phone, code=digits)
    request.session.pop("new_number", None)
    actions.stay_signed_in(request, person)
    flash.say(request, _("Your number is changed. The old one got a message that says so."))
    return redirect("me")
