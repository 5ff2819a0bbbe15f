"""Collections that a person may see, and what of them the person may see."""

import uuid

from django.db.models import Count, Q, QuerySet

from staffroom.communities import offices
from staffroom.communities.access import is_member
from staffroom.communities.models import Community
from staffroom.core.errors import NotYours
from staffroom.library import reach
from staffroom.library.models import Collection, CollectionItem, Resource
from staffroom.people.models import Person


def visible_to(person: Person) -> QuerySet[Collection]:
    """One's own, those of one's communities, those of one's programmes."""
    return Collection.objects.filter(
        Q(community=None, programme=None, owner=person)
        | Q(community__in=reach.readable_by(person).values("pk"))
        | Q(programme__in=offices.programmes_of(person).values("pk"))
    )


def one(person: Person, id: uuid.UUID) -> Collection:
    rows = visible_to(person).select_related("community", "programme")
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


def _counted(rows: QuerySet[Collection]) -> QuerySet[Collection]:
    standing = Q(items__resource__removed_at=None, items__resource__hidden_at=None)
    return rows.annotate(count=Count("items", filter=standing)).order_by("name", "id")


def of_community(community: Community) -> QuerySet[Collection]:
    return _counted(Collection.objects.filter(community=community))


def of_programmes(person: Person) -> QuerySet[Collection]:
    return _counted(Collection.objects.filter(programme__in=offices.programmes_of(person)))


def mine(person: Person) -> QuerySet[Collection]:
    return _counted(Collection.objects.filter(community=None, programme=None, owner=person))


def items(person: Person, collection: Collection) -> QuerySet[CollectionItem]:
    """In their order; what this person may not see is not told of."""
    return (
        CollectionItem.objects.filter(
            collection=collection, resource__in=reach.visible_to(person).values("pk")
        )
        .select_related("resource")
        .order_by("place", "id")
    )


def may_change(person: Person, collection: Collection) -> bool:
    if collection.community is not None:
        return is_member(person, collection.community) and person_reads(
            person, collection.community
        )
    if collection.programme_id is not None:
        return reach.looks_after(person, collection.programme_id)
    return collection.owner_id == person.pk


def person_reads(person: Person, community: Community) -> bool:
    return reach.readable_by(person).filter(pk=community.pk).exists()


def to_put_into(person: Person, resource: Resource) -> list[Collection]:
    """Where this person may put it, and where it is not yet: only where all who look can see it."""
    there = CollectionItem.objects.filter(resource=resource).values("collection")
    rows = visible_to(person).exclude(pk__in=there).select_related("community")
    rows = rows.order_by("name", "id")[:200]
    return [each for each in rows if fits(resource, each) and may_change(person, each)]


def fits(resource: Resource, collection: Collection) -> bool:
    """What is in a community's collection is in its library; a programme's holds what is for all."""
    if collection.community is not None:
        return reach.of_community(collection.community).filter(pk=resource.pk).exists() or (
            resource.for_all and resource.programme_id == collection.community.programme_id
        )
    if collection.programme_id is not None:
        return resource.for_all and resource.programme_id == collection.programme_id
    return True
