"""My data: take it along, or leave for good. And the one picture of others that people hold."""

import uuid

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from staffroom.core import access
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.people import cookie, queries
from staffroom.people import export as exporting
from staffroom.people.actions import erase
from staffroom.people.forms import DeleteForm
from staffroom.people.models import Person
from staffroom.people.views.me import person_of


@access.signed_in
def export(request: HttpRequest) -> HttpResponse:
    return render(request, "people/export.html", {"tab": "me"})


@access.signed_in
@never_cache
@require_POST
def export_file(request: HttpRequest) -> HttpResponseBase:
    return FileResponse(
        exporting.write(person_of(request)),
        as_attachment=True,
        filename=f"staffroom-my-data-{today():%Y-%m-%d}.zip",
        content_type="application/zip",
    )


@access.signed_in
def delete_me(request: HttpRequest) -> HttpResponse:
    form = DeleteForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _erase(request, form)
            except Refused as error:
                form.refuse(error)
    context = {"form": form, "tab": "me"}
    return render(request, "people/delete_me.html", context, status=status)


def _erase(request: HttpRequest, form: DeleteForm) -> HttpResponse:
    erase.erase(
        person=person_of(request),
        keep_contributions=form.cleaned_data["keep"] == "yes",
        typed=form.cleaned_data["typed"],
    )
    request.session.flush()
    response = redirect("gone")
    cookie.clear(response)
    return response


@access.anyone
def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "people/gone.html")


def _meets(request: HttpRequest, *, person: uuid.UUID) -> None:
    found = Person.objects.filter(pk=person).first()
    if found is None or not queries.may_see(person_of(request), found):
        raise NotYours
    request.person = found  # type: ignore[attr-defined]


meets = access.requires("meets", _meets)


@meets
@require_GET
def photo_of(request: HttpRequest, person: uuid.UUID) -> HttpResponseBase:
    """A person's photo, for those who meet them somewhere."""
    photo = request.person.photo  # type: ignore[attr-defined]
    if not photo:
        raise NotYours
    try:
        response = FileResponse(photo.open("rb"), content_type="image/webp")
    except FileNotFoundError as error:
        raise NotYours from error
    response["Cache-Control"] = "private, max-age=86400"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
