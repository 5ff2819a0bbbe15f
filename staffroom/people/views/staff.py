"""Staff set their password by a link; the rest is allauth's, in our look."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from staffroom.core import access, flash
from staffroom.core.errors import Refused
from staffroom.people.actions import staff
from staffroom.people.forms import PasswordForm
from staffroom.people.models import Person


@access.anyone
@never_cache
def password(request: HttpRequest, person: uuid.UUID, token: str) -> HttpResponse:
    found = staff.check_password_link(Person.objects.filter(pk=person).first(), token)
    form = PasswordForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                staff.set_password(person=found, token=token, **form.cleaned_data)
                flash.say(request, _("Your password is set. Now sign in with it."))
                return redirect("account_login")
            except Refused as error:
                form.refuse(error)
    context = {"form": form, "person": found}
    return render(request, "people/staff_password.html", context, status=status)
