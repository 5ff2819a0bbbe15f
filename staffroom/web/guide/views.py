"""One page for the wall of the school hall: how to come in, ask, answer, and who sees what."""

import uuid
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from staffroom.communities.access import member
from staffroom.communities.actions import inviting
from staffroom.communities.models import Invitation
from staffroom.communities.views.common import Request
from staffroom.core import access
from staffroom.core.errors import NotYours
from staffroom.people.models import Person
from staffroom.web.guide.queries import my_links


@access.anyone
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Its code leads to the first page; whoever has made a link can choose that one instead."""
    links = my_links(request.user) if isinstance(request.user, Person) else []
    return _page(request, reverse("today"), links=links)


@member
@require_safe
def guide_of_link(request: Request, community: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    """Its code is this link into the community: whoever holds the sheet can ask to join."""
    found = Invitation.objects.filter(pk=invitation, community=request.community).first()
    if found is None or inviting.living_link(token := inviting.token_of(found)) is None:
        raise NotYours
    return _page(
        request, reverse("join", args=[token]), community=request.community, invitation=found
    )


def _page(request: HttpRequest, path: str, **context: Any) -> HttpResponse:
    language = request.GET.get("lang", "")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language() or settings.LANGUAGE_CODE
    address = request.build_absolute_uri(path)
    context |= {
        "tab": "me",
        "address": address.removeprefix("https://").removeprefix("http://").rstrip("/"),
        "code": _code(address),
        "languages": [code for code, _name in settings.LANGUAGES],
    }
    with translation.override(language):
        return render(request, "web/guide/guide.html", context)


def _code(address: str) -> SafeString:
    code = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True)
    return mark_safe(code)  # noqa: S308 - drawn by segno from our own address
