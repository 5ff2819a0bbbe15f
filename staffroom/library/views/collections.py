"""Collections: looked at, made, filled, ordered."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staffroom.communities.access import designer, member
from staffroom.core import access, flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import from_short
from staffroom.core.paging import paged
from staffroom.library.actions import collections as actions
from staffroom.library.forms.collections import CollectForm, CollectionForm
from staffroom.library.models import Collection, Resource
from staffroom.library.queries import collections as queries
from staffroom.library.queries import resources
from staffroom.library.views import resource_rules as rules
from staffroom.library.views.resource_rules import ResourceRequest

BOTH = ["GET", "HEAD", "POST"]


@require_safe
@rules.looker
def collection(request: ResourceRequest, **rest: Any) -> HttpResponse:
    found = request.collection
    context = paged(request, queries.items(request.user, found), 50)
    context |= {
        "collection": found,
        "keeps": queries.may_change(request.user, found),
        "back": _home(found),
        "tab": "communities" if found.community_id else "me",
    }
    return render(request, "library/collections/collection.html", context)


def _home(collection: Collection) -> str:
    if collection.community_id:
        return reverse("community_library", args=[collection.community_id])
    return reverse("library" if collection.programme_id else "shelf")


@require_http_methods(BOTH)
@access.signed_in
def new_collection(request: Any, **rest: Any) -> HttpResponse:
    """My own."""
    return _new(request, reverse("shelf"))


@require_http_methods(BOTH)
@designer
def new_collection_for_all(request: Any, **rest: Any) -> HttpResponse:
    return _new(request, reverse("library"), programme=request.programme)


@require_http_methods(BOTH)
@member
def new_collection_here(request: Any, **rest: Any) -> HttpResponse:
    community = request.community
    back = reverse("community_library", args=[community.pk])
    return _new(request, back, community=community)


def _new(request: Any, back: str, **place: Any) -> HttpResponse:
    form = CollectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make(by=request.user, **place, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if resource := _named(request):
                actions.put(by=request.user, collection=made, resource=resource)
            return redirect("collection", made.pk)
    return _form(request, form, _("A new collection"), _("Make it"), back)


def _named(request: Any) -> Resource | None:
    """The resource from whose page one came to begin a collection with it."""
    try:
        return resources.one(request.user, from_short(request.GET.get("with", "")))
    except (ValueError, NotYours):
        return None


def _form(request: Any, form: Any, title: str, do: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "do": do, "back": back, "tab": "communities"}
    status = 422 if form.errors else 200
    return render(request, "library/collections/form.html", context, status=status)


@require_http_methods(BOTH)
@rules.collector
def edit_collection(request: ResourceRequest, **rest: Any) -> HttpResponse:
    found = request.collection
    form = CollectionForm(request.POST or None, initial={"name": found.name, "about": found.about})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(by=request.user, collection=found, **form.cleaned_data)
            return redirect("collection", found.pk)
        except Refused as refusal:
            form.refuse(refusal)
    back = reverse("collection", args=[found.pk])
    return _form(request, form, _("Name and purpose"), _("Save"), back)


@require_http_methods(BOTH)
@rules.collector
def delete_collection(request: ResourceRequest, **rest: Any) -> HttpResponse:
    found = request.collection
    if request.method == "POST":
        actions.delete(by=request.user, collection=found)
        flash.say(request, _("The collection is deleted. What was in it stays in the library."))
        return redirect(_home(found))
    context = {
        "title": _("Delete the collection"),
        "question": _("Delete “%(name)s”?") % {"name": found.name},
        "text": [_("What is in it stays in the library.")],
        "do": _("Delete"),
        "back": reverse("collection", args=[found.pk]),
    }
    return render(request, "ui/confirm.html", context)


@require_POST
@rules.collector
def order_collection(request: ResourceRequest, **rest: Any) -> HttpResponse:
    """`up`, `down` or `out` with the resource that is meant."""
    found, act = request.collection, request.POST
    for name in ("up", "down", "out"):
        if name not in act:
            continue
        item = _item(found, act[name])
        if name == "out":
            actions.take(by=request.user, collection=found, resource=item)
            flash.say(request, _("It is out of this collection."))
        else:
            actions.move(by=request.user, collection=found, resource=item, up=name == "up")
    return redirect("collection", found.pk)


def _item(collection: Collection, text: str) -> Resource:
    try:
        found = Resource.objects.filter(pk=from_short(text)).first()
    except ValueError:
        found = None
    if found is None or not collection.items.filter(resource=found).exists():
        raise NotYours
    return found


@require_http_methods(BOTH)
@rules.reader
def collect(request: ResourceRequest, **rest: Any) -> HttpResponse:
    """Put a resource into a collection."""
    found = request.resource
    offered = queries.to_put_into(request.user, found)
    form = CollectForm(request.POST or None, collections=offered)
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in offered if str(one.pk) == form.cleaned_data["collection"])
        try:
            actions.put(by=request.user, collection=chosen, resource=found)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("It is in “%(name)s” now.") % {"name": chosen.name})
            return redirect("resource", found.pk)
    context = {
        "resource": found,
        "form": form,
        "offered": offered,
        "places": resources.places(request.user, found),
        "tab": "communities",
    }
    status = 422 if form.errors else 200
    return render(request, "library/collections/collect.html", context, status=status)
