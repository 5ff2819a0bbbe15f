"""My own pages: what I say about myself, and how Staffroom speaks to me."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST

from staffroom.core import access, flash, hooks
from staffroom.core.clock import today
from staffroom.core.errors import Refused
from staffroom.core.forms import BIDI
from staffroom.people import actions, cookie, notes
from staffroom.people.actions import profile as write
from staffroom.people.forms import PhotoForm, ProfileForm, SettingsForm, TeachingForm
from staffroom.people.models import Person

#: The ways out stand below all others.
GROUPS = {
    "work": gettext_lazy("My work"),
    "mine": gettext_lazy("Mine"),
    "me": gettext_lazy("About me"),
    "reach": gettext_lazy("What reaches me"),
    "help": gettext_lazy("Learning and help"),
    "data": gettext_lazy("My data"),
}


def person_of(request: HttpRequest) -> Person:
    """The signed-in person, fresh and with the right type."""
    assert request.user.pk is not None
    return Person.objects.get(pk=request.user.pk)


@access.signed_in
def me(request: HttpRequest) -> HttpResponse:
    entries = [entry for part in hooks.me_entries.call(person=request.user) for entry in part]
    groups = [
        (title, [entry for entry in entries if entry["group"] == code])
        for code, title in GROUPS.items()
    ]
    phone = cookie.phone_of(request)
    context = {
        "tab": "me",
        "groups": [(title, found) for title, found in groups if found],
        "notes": notes.unread(person_of(request)),
        "known_here": phone and phone.profiles.filter(person=request.user).exists(),  # type: ignore[misc]
    }
    return render(request, "people/me.html", context)


@access.signed_in
@require_POST
def notes_read(request: HttpRequest) -> HttpResponse:
    notes.mark_read(person_of(request))
    return redirect("me")


@access.signed_in
def profile(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ProfileForm(request.POST or None, initial=_said(person))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _saved(form, write.write_profile, person):
            flash.say(request, _name_said(request.POST.get("name", ""), person.name))
            return redirect("me")
    return _profile_page(request, person, form, PhotoForm(), status)


def _said(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "gender": person.gender,
        "show_phone": person.show_phone,
        "print_phone": person.print_phone,
    }


def _profile_page(
    request: HttpRequest, person: Person, form: ProfileForm, photo_form: PhotoForm, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "photo_form": photo_form,
        "person": Person.objects.get(pk=person.pk),
        "tab": "me",
    }
    return render(request, "people/profile.html", context, status=status)


def _name_said(typed: str, name: str) -> str:
    if set(typed) & BIDI:
        return _(
            "Saved. Hidden direction marks were taken out of your name; it now reads: %(name)s"
        ) % {"name": name}
    return _("Saved.")


def _saved(form: Any, action: Any, person: Person) -> bool:
    try:
        action(person=person, **form.cleaned_data)
    except Refused as error:
        form.refuse(error)
        return False
    return True


@access.signed_in
@require_POST
def photo(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            write.write_photo(person=person, file=form.cleaned_data["photo"])
            flash.say(request, _("Your photo is kept."))
            return redirect("profile")
        except Refused as error:
            form.refuse(error)
    return _profile_page(request, person, ProfileForm(initial=_said(person)), form, 422)


@access.signed_in
@require_POST
def photo_remove(request: HttpRequest) -> HttpResponse:
    write.remove_photo(person=person_of(request))
    flash.say(request, _("Your photo is gone."))
    return redirect("profile")


@access.signed_in
def teaching(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    since = person.teaching_since
    form = TeachingForm(
        request.POST or None,
        initial={
            "subjects": person.subjects,
            "grades": person.grades,
            "languages": person.languages,
            "years": None if since is None else today().year - since,
        },
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _saved(form, write.write_teaching, person):
            flash.say(request, _("Saved."))
            return redirect("me")
    return render(request, "people/teaching.html", {"form": form, "tab": "me"}, status=status)


@access.signed_in
def settings(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = SettingsForm(
        request.POST or None,
        initial={
            "language": person.language,
            "letters": person.letters,
            "text_only": person.text_only,
            "quiet_from": person.quiet_from,
            "quiet_until": person.quiet_until,
        },
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _saved(form, write.write_settings, person):
            with override(person.language):
                flash.say(request, _("Saved."))
            return redirect("me")
    return render(request, "people/settings.html", {"form": form, "tab": "me"}, status=status)


@access.signed_in
@require_POST
def text_only(request: HttpRequest) -> HttpResponse:
    """One tap, from any page that has the button."""
    write.choose_text_only(
        person=person_of(request), text_only=request.POST.get("text_only") == "yes"
    )
    back = request.POST.get("back", "")
    pages = {reverse(name) for name in ("me", "data_used", "today")}
    return redirect(back if back in pages else "me")


@access.signed_in
@require_POST
def elsewhere(request: HttpRequest) -> HttpResponse:
    actions.sign_out_elsewhere(request, person_of(request))
    flash.say(request, _("All other phones and computers are signed out. This one stays."))
    return redirect("my_phones")
