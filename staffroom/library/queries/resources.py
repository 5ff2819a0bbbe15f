"""Lists of resources: one query for the rows, however many members or resources there are."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from staffroom.communities.models import Community
from staffroom.communities.queries import my_memberships
from staffroom.core.errors import NotYours
from staffroom.library import reach
from staffroom.library.models import Edition, Resource, ResourceHelped, Share, ShelfItem
from staffroom.library.models.codes import having
from staffroom.library.resource_words import KINDS
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES, LANGUAGES, SUBJECTS

MOST_WORDS = 8
#: Above so many rows the filters are not counted out.
LARGE = 1000


def candidates(
    rows: QuerySet[Resource],
    *,
    words: str = "",
    subject: str = "",
    grade: int | None = None,
    kind: str = "",
    language: str = "",
) -> QuerySet[Resource]:
    """Those of `rows` (of `reach`) that fit: every word in title, description, topic or credit."""
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(description__icontains=word)
            | Q(topic__icontains=word)
            | Q(credit__icontains=word)
        )
    if subject:
        rows = rows.filter(having("subjects", subject))
    if grade is not None:
        rows = rows.filter(having("grades", grade))
    if kind:
        rows = rows.filter(kind=kind)
    if language:
        rows = rows.filter(language=language)
    return rows.order_by("-added_at", "id")


def one(person: Person, id: uuid.UUID) -> Resource:
    """The resource, if this person may see it; else `NotYours`."""
    rows = reach.visible_to(person).select_related("community", "programme", "added_by")
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


def kept_by(person: Person, id: uuid.UUID) -> Resource:
    """The resource, removed or hidden too, for whoever may change it; else `NotYours`."""
    rows = Resource.objects.select_related("community", "programme", "added_by")
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotYours
    reach.check_change(person, found)
    return found


def judged_by(person: Person, id: uuid.UUID) -> Resource:
    """The resource, hidden too, for whoever decides about what was reported; else `NotYours`."""
    rows = Resource.objects.select_related("community", "programme", "added_by")
    found = rows.filter(reach.judged_by(person), pk=id).first()
    if found is None:
        raise NotYours
    return found


def edition(resource: Resource, number: int) -> Edition:
    found = Edition.objects.filter(resource=resource, number=number).first()
    if found is None:
        raise NotYours
    return found


def current(resource: Resource) -> Edition | None:
    """The file that is shown."""
    if not resource.edition:
        return None
    return Edition.objects.filter(resource=resource, number=resource.edition).first()


def earlier(resource: Resource) -> QuerySet[Edition]:
    """The files before the one that is shown, newest first."""
    return Edition.objects.filter(resource=resource, number__lt=resource.edition).order_by(
        "-number"
    )


def marks(person: Person, resource: Resource) -> dict[str, bool]:
    """What this person has done with it."""
    return {
        "helped": ResourceHelped.objects.filter(person=person, resource=resource).exists(),
        "on_shelf": ShelfItem.objects.filter(person=person, resource=resource).exists(),
    }


def giver(person: Person, resource: Resource) -> Person | None:
    """Who put it there, for those who read its home; elsewhere only its credit is told."""
    if resource.added_by is None:
        return None
    if resource.community is None or is_reader(person, resource.community):
        return resource.added_by
    return None


def is_reader(person: Person, community: Community) -> bool:
    return reach.readable_by(person).filter(pk=community.pk).exists()


def places(person: Person, resource: Resource) -> list[Community]:
    """The communities of this person in which it stands."""
    ids = Share.objects.filter(resource=resource).values("community")
    found = reach.readable_by(person).filter(Q(pk=resource.community_id) | Q(pk__in=ids))
    return list(found.order_by("name"))


def may_bring_to(person: Person, resource: Resource) -> list[Community]:
    """The communities of this person that do not have it yet."""
    there: set[Any] = set(
        Share.objects.filter(resource=resource).values_list("community", flat=True)
    )
    there.add(resource.community_id)
    return [
        membership.community
        for membership in my_memberships(person).filter(community__stage=Community.Stage.OPEN)
        if membership.community_id not in there
    ]


def shelf(person: Person) -> QuerySet[Resource]:
    """The person's own shelf, last put first; what they can no longer see is not on it."""
    items = ShelfItem.objects.filter(person=person)
    return (
        reach.visible_to(person).filter(pk__in=items.values("resource")).order_by("-added_at", "id")
    )


def choices_in(rows: QuerySet[Resource]) -> dict[str, list[Any]]:
    """What there is to filter by: only what some row has; in a large library everything we know."""
    seen: Any = rows.order_by("-added_at", "id").values_list(
        "subjects", "grades", "kind", "language"
    )[: LARGE + 1]
    seen = list(seen)
    if len(seen) > LARGE:
        return {
            "subjects": list(SUBJECTS),
            "grades": list(GRADES),
            "kinds": list(KINDS),
            "languages": list(LANGUAGES),
        }
    return {
        "subjects": sorted({code for subjects, *_rest in seen for code in subjects}),
        "grades": sorted({grade for _s, grades, *_rest in seen for grade in grades}),
        "kinds": sorted({kind for _s, _g, kind, _l in seen}),
        "languages": sorted({language for *_rest, language in seen if language}),
    }
