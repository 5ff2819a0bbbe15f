"""Who may open which page of the library; each puts what it found on the request."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from staffroom.communities import offices
from staffroom.core import access
from staffroom.core.errors import NotYours
from staffroom.library.models import Collection, Resource
from staffroom.library.queries import collections, resource_reports, resources
from staffroom.people.models import Person
from staffroom.places.models import Programme


class ResourceRequest(HttpRequest):
    """A request that a rule below let in."""

    user: Person
    resource: Resource
    collection: Collection
    programme: Programme


def _enrolled(request: Any, **rest: object) -> None:
    programme = offices.programme_of(request.user)
    if programme is None:
        raise NotYours
    request.programme, request.zone = programme, ZoneInfo(programme.timezone)


def _found(request: Any, resource: Resource) -> None:
    home = resource.community or resource.programme
    request.resource, request.zone = resource, ZoneInfo(home.timezone)


def _reader(request: Any, *, resource: uuid.UUID, **rest: object) -> None:
    _found(request, resources.one(request.user, resource))


def _keeper(request: Any, *, resource: uuid.UUID, **rest: object) -> None:
    _found(request, resources.kept_by(request.user, resource))


def _decider(request: Any, *, resource: uuid.UUID, **rest: object) -> None:
    _found(request, resources.judged_by(request.user, resource))


def _any(request: Any, *, resource: uuid.UUID, **rest: object) -> None:
    """What was taken out is shown to whoever can bring it back."""
    for rule in (_reader, _decider):
        try:
            rule(request, resource=resource)
            return
        except NotYours:
            continue
    _keeper(request, resource=resource)


def _decides(request: Any, **rest: object) -> None:
    if not resource_reports.decides_anything(request.user):
        raise NotYours


def _collection(request: Any, *, collection: uuid.UUID, **rest: object) -> None:
    request.collection = collections.one(request.user, collection)


def _collector(request: Any, *, collection: uuid.UUID, **rest: object) -> None:
    _collection(request, collection=collection)
    if not collections.may_change(request.user, request.collection):
        raise NotYours


#: Whoever works in a programme, school leaders included; puts `request.programme`.
enrolled = access.requires("enrolled", _enrolled)
#: Whoever sees the resource; puts `request.resource`, as do the next four.
reader = access.requires("resource_reader", _reader)
#: Whoever put it there and whoever decides about it.
keeper = access.requires("resource_keeper", _keeper)
reader_or_keeper = access.requires("resource_reader", _any)
#: Who decides about what was reported of it (`reach.judged_by`).
decider = access.requires("resource_decider", _decider)
#: Whoever decides about some resource.
decides = access.requires("library_decider", _decides)
#: Whoever sees the collection; puts `request.collection`.
looker = access.requires("collection_reader", _collection)
#: Whoever may change it.
collector = access.requires("collection_keeper", _collector)
