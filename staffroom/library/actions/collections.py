"""Make a collection, put resources into it, order them."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core import audit
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import bounded
from staffroom.library import reach
from staffroom.library.models import Collection, CollectionItem, Resource
from staffroom.library.queries import collections as queries
from staffroom.people.models import Person
from staffroom.places.models import Programme

MOST_NAME, MOST_ABOUT = 120, 300
#: More than this nobody looks through; and a person's own lists stay a person's.
MOST_ITEMS, MOST_OF_ONE = 200, 50


@transaction.atomic
def make(
    *,
    by: Person,
    name: str,
    about: str = "",
    community: Community | None = None,
    programme: Programme | None = None,
) -> Collection:
    """A community's (by any member), a programme's (by its office), or one's own."""
    if community is not None:
        reach.check_write(by, community)
    elif programme is not None and not reach.looks_after(by, programme):
        raise NotYours
    rows = Collection.objects.filter(community=community, programme=programme)
    if community is None and programme is None:
        rows = rows.filter(owner=by)
    if rows.count() >= MOST_OF_ONE:
        raise Refused(_("There are %(n)s collections already. Please delete one first.") % {
            "n": MOST_OF_ONE
        }, "name")  # fmt: skip
    made = Collection.objects.create(
        name=_name(name), about=_about(about), community=community, programme=programme, owner=by
    )
    audit.write("collection.made", actor=by, on=made)
    return made


@transaction.atomic
def rename(*, by: Person, collection: Collection, name: str, about: str) -> Collection:
    held = _held(by, collection)
    held.name, held.about = _name(name), _about(about)
    held.save(update_fields=["name", "about"])
    audit.write("collection.renamed", actor=by, on=held)
    return held


@transaction.atomic
def put(*, by: Person, collection: Collection, resource: Resource) -> None:
    """At its end. Twice is once."""
    held = _held(by, collection)
    reach.check_reach(by, resource)
    if not queries.fits(resource, held):
        raise Refused(
            _("Not everybody who sees this collection could see it. Share it there first.")
        )
    if held.items.count() >= MOST_ITEMS:
        raise Refused(_("This collection is full. Please begin another."))
    last = held.items.aggregate(last=Max("place"))["last"] or 0
    _made, new = CollectionItem.objects.get_or_create(
        collection=held, resource=resource, defaults={"place": last + 1}
    )
    if new:
        audit.write("collection.put", actor=by, on=held, resource=resource.pk)


@transaction.atomic
def take(*, by: Person, collection: Collection, resource: Resource) -> None:
    held = _held(by, collection)
    held.items.filter(resource=resource).delete()
    audit.write("collection.taken", actor=by, on=held, resource=resource.pk)


@transaction.atomic
def move(*, by: Person, collection: Collection, resource: Resource, up: bool) -> None:
    """One place up or down, past what stands beside it."""
    held = _held(by, collection)
    items = list(held.items.select_for_update().order_by("place", "id"))
    at = next((n for n, item in enumerate(items) if item.resource_id == resource.pk), None)
    if at is None:
        return
    to = at - 1 if up else at + 1
    if not 0 <= to < len(items):
        return
    items[at], items[to] = items[to], items[at]
    for place, item in enumerate(items, 1):
        if item.place != place:
            item.place = place
            item.save(update_fields=["place"])


@transaction.atomic
def delete(*, by: Person, collection: Collection) -> None:
    """The list alone; what is in it stays in the library."""
    held = _held(by, collection)
    audit.write("collection.deleted", actor=by, on=held)
    held.delete()


def _held(by: Person, collection: Collection) -> Collection:
    held = (
        Collection.objects.select_for_update(of=("self",))
        .select_related("community", "programme")
        .filter(pk=collection.pk)
        .first()
    )
    if held is None or not queries.may_change(by, held):
        raise NotYours
    return held


def _name(text: str) -> str:
    text = one_line(text)
    if not text:
        raise Refused(_("Please give it a name."), "name")
    return _fitting(text, MOST_NAME, "name")


def _about(text: str) -> str:
    return _fitting(one_line(text), MOST_ABOUT, "about")


def _fitting(text: str, most: int, field: str) -> str:
    return bounded(text, most, field)
