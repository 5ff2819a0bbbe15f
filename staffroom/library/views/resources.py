"""The library of a community and of a programme, one's own shelf, the page of a resource."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from staffroom.communities.access import inside, is_member
from staffroom.communities.state import can_talk
from staffroom.communities.wall import readable_by
from staffroom.core import access
from staffroom.core.paging import paged
from staffroom.library import reach
from staffroom.library.forms.resources import FilterForm
from staffroom.library.models import Resource
from staffroom.library.queries import collections
from staffroom.library.queries import resources as queries
from staffroom.library.resource_words import MEANS
from staffroom.library.views import resource_rules as rules
from staffroom.library.views.resource_rules import ResourceRequest

PAGE = 20
#: The page of a resource shows so much of what it says; the rest is a page of its own.
FIRST_WORDS, WORDS_A_PAGE = 500, 5000


@require_safe
@inside
def community_library(request: Any, **rest: Any) -> HttpResponse:
    """What this community has, and the way to what all have."""
    community, person = request.community, request.user
    may_add = is_member(person, community) and can_talk(community)
    return _listed(
        request,
        reach.of_community(community),
        community=community,
        tab="communities",
        title=_("Our library"),
        collections=collections.of_community(community),
        add_url=reverse("add_resource", args=[community.pk]) if may_add else "",
        new_collection=reverse("new_collection_here", args=[community.pk]) if may_add else "",
        empty=_(
            "Nothing is here yet. It begins with the one past paper or lesson plan that helped you."
        ),
    )


@require_safe
@rules.enrolled
def library(request: ResourceRequest, **rest: Any) -> HttpResponse:
    """What everybody of the programme sees."""
    office = reach.looks_after(request.user, request.programme)
    return _listed(
        request,
        reach.of_programmes(request.user),
        tab="me",
        title=_("The library"),
        fact=request.programme.name,
        collections=collections.of_programmes(request.user),
        add_url=reverse("add_for_all") if office else "",
        import_url=reverse("import_library") if office else "",
        new_collection=reverse("new_collection_for_all") if office else "",
        back=reverse("me"),
        empty=_("Nothing is here yet. What communities share with everybody stands here."),
    )


@require_safe
@access.signed_in
def shelf(request: Any, **rest: Any) -> HttpResponse:
    """My own."""
    return _listed(
        request,
        queries.shelf(request.user),
        tab="me",
        title=_("My shelf"),
        fact=_("Only you see it"),
        collections=collections.mine(request.user),
        new_collection=reverse("new_collection"),
        back=reverse("me"),
        empty=_("Nothing is on it yet. Open something in a library and put it on your shelf."),
    )


def _listed(request: HttpRequest, rows: Any, **context: Any) -> HttpResponse:
    form = FilterForm(request.GET, found=queries.choices_in(rows))
    chosen = form.chosen()
    found = queries.candidates(rows, **chosen)
    context |= paged(request, found, PAGE) | {"form": form, "chosen": chosen}
    if chosen or request.GET.get("page", "1") != "1":
        context["collections"] = []  # one looks for something: the shelves stand on the first page
    return render(request, "library/resources/list.html", context)


@require_safe
@rules.reader_or_keeper
def resource(request: ResourceRequest, **rest: Any) -> HttpResponse:
    found, person = request.resource, request.user
    edition = queries.current(found)
    words = edition.words if edition else ""
    standing = not (found.removed_at or found.hidden_at)
    context = {
        "tab": "communities" if found.community_id else "me",
        "resource": found,
        "edition": edition,
        "earlier": list(queries.earlier(found)[:20]),
        "words": words[:FIRST_WORDS],
        "more_words": len(words) > FIRST_WORDS,
        "words_size": len(words.encode()),
        "means": MEANS.get(found.licence, ""),
        "giver": queries.giver(person, found),
        "own": found.added_by_id == person.pk,
        "keeps": _keeps(request, found),
        "judges": reach.may_judge(person, found),
        "places": queries.places(person, found),
        "standing": standing,
        "named": _named(person, found),
        "takes_back": _takes_back(request, found),
        "back": _back(request, found),
        "address": request.build_absolute_uri(request.path),
    }
    if standing:
        context |= queries.marks(person, found)
    return render(request, "library/resources/resource.html", context)


def _named(person: Any, resource: Resource) -> bool:
    """Whether who judged it may be read: inside its own community alone."""
    home = readable_by(person).filter(resources=resource)
    return not resource.for_all and home.exists()


def _keeps(request: ResourceRequest, resource: Resource) -> bool:
    return resource.added_by_id == request.user.pk or reach.decides(request.user, resource)


def _takes_back(request: ResourceRequest, resource: Resource) -> bool:
    """May show to its own community alone what all can see now."""
    if not resource.for_all or resource.community_id is None:
        return False
    return _keeps(request, resource) or reach.looks_after(request.user, resource.programme_id)


def _back(request: ResourceRequest, resource: Resource) -> str:
    """The library in which this person finds it."""
    if not resource.for_all:
        here = queries.places(request.user, resource)
        if here:
            return reverse("community_library", args=[here[0].pk])
    return reverse("library")


@require_safe
@rules.reader
def resource_words(request: ResourceRequest, **rest: Any) -> HttpResponse:
    """What it says, a few screens at a time: read without fetching the file."""
    edition = queries.current(request.resource)
    pages = _pages(edition.words if edition else "")
    context = paged(request, pages, 1)
    context |= {"resource": request.resource, "cut": edition is not None and edition.kind != "md"}
    return render(request, "library/resources/words.html", context)


def _pages(words: str) -> list[str]:
    """Cut between paragraphs where that is possible."""
    pages: list[str] = []
    while len(words) > WORDS_A_PAGE:
        at = words.rfind("\n", WORDS_A_PAGE // 2, WORDS_A_PAGE)
        at = at if at > 0 else WORDS_A_PAGE
        pages.append(words[:at].rstrip())
        words = words[at:].lstrip("\n")
    return [*pages, words]
