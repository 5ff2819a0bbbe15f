"""Put something into the library, describe it better, replace its file."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffroom.communities.access import designer, member
from staffroom.communities.models import Community
from staffroom.core import flash, limits
from staffroom.core.errors import Refused
from staffroom.core.forms import Form
from staffroom.core.ids import uuid7
from staffroom.library import reach
from staffroom.library.actions import resources as actions
from staffroom.library.forms.resources import AboutForm, AddForm, ReplaceForm, start
from staffroom.library.models import Resource
from staffroom.library.views import resource_rules as rules
from staffroom.library.views.resource_rules import ResourceRequest
from staffroom.places.models import Programme

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@member
def add_resource(request: Any, **rest: Any) -> HttpResponse:
    """Into the library of one's community."""
    community = request.community
    reach.check_write(request.user, community)
    first = {
        "language": community.language,
        "subjects": [community.subject],
        "grades": community.grades,
    }
    back = reverse("community_library", args=[community.pk])
    return _add(request, community, community.programme, first, back, community.name)


@require_http_methods(BOTH)
@designer
def add_for_all(request: Any, **rest: Any) -> HttpResponse:
    """Into the library of the programme, by its office."""
    programme = request.programme
    first = {"language": programme.language}
    return _add(request, None, programme, first, reverse("library"), programme.name)


def _add(
    request: Any,
    community: Community | None,
    programme: Programme,
    first: dict[str, Any],
    back: str,
    fact: str,
) -> HttpResponse:
    form = AddForm(
        request.POST or None,
        request.FILES or None,
        initial=first | {"id": uuid7()},
        most=most_words(programme),
    )

    def act() -> Resource:
        limits.take("add_resource", str(request.user.pk), limit=60, seconds=3600)
        file = form.cleaned_data["file"]
        return actions.add(
            by=request.user,
            community=community,
            programme=programme,
            about=form.about(),
            file=file,
            name=file.name if file else "",
            id=form.cleaned_data["id"],
        )

    return _form(
        request,
        form,
        act,
        title=_("Add to the library"),
        do=_("Add it"),
        back=back,
        fact=fact,
        said=_("It is in the library now."),
        note="" if community is None else _note(),
    )


def _note() -> str:
    return _("The members of this community see it, and your name with it. No supervisor does.")


@require_http_methods(BOTH)
@rules.keeper
def edit_resource(request: ResourceRequest, **rest: Any) -> HttpResponse:
    found = request.resource
    form = AboutForm(request.POST or None, initial=start(found))
    return _form(
        request,
        form,
        lambda: actions.change(by=request.user, resource=found, about=form.about()),
        title=_("Describe it better"),
        do=_("Save"),
        back=reverse("resource", args=[found.pk]),
        fact=found.title,
        said=_("Saved."),
        open_all=True,
    )


@require_http_methods(BOTH)
@rules.keeper
def replace_resource(request: ResourceRequest, **rest: Any) -> HttpResponse:
    found = request.resource
    form = ReplaceForm(
        request.POST or None, request.FILES or None, most=most_words(found.programme)
    )

    def act() -> Resource:
        file = form.cleaned_data["file"]
        return actions.replace(by=request.user, resource=found, file=file, name=file.name)

    return _form(
        request,
        form,
        act,
        title=_("Replace the file"),
        do=_("Replace it"),
        back=reverse("resource", args=[found.pk]),
        fact=found.title,
        said=_("The better file is shown now; the earlier one can still be fetched."),
    )


def _form(
    request: Any, form: Form, act: Callable[[], Resource], *, said: str, **context: Any
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = act()
            except Refused as refusal:
                form.refuse(refusal)
            else:
                flash.say(request, said)
                return redirect("resource", made.pk)
        status = 422
    context |= {
        "form": form,
        "file_again": bool(request.FILES),
        "upload": "file" in form.fields,
        "tab": "communities",
    }
    return render(request, "library/resources/form.html", context, status=status)


def most_words(programme: Programme) -> str:
    """The programme's limit of one file, left to right in every language."""
    return f"\u2066{programme.file_limit_kb / 1000:.3g} MB\u2069"
