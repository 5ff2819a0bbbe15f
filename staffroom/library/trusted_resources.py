"""Resources as things that can be verified (`library.hooks.trust`)."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.communities.models import Advisership, Membership
from staffroom.communities.state import can_talk
from staffroom.communities.wall import readable_by
from staffroom.core.errors import NotYours
from staffroom.library import reach
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Ids, Thing, Verifiable, fingerprint
from staffroom.library.models import Edition, Resource, ResourceHelped, ShelfItem, Trust
from staffroom.people.models import Person
from staffroom.places.supervision import has_supervising_place

KIND = "resource"
DONE = (Trust.State.VERIFIED, Trust.State.CORRECTED)


class Resources(Verifiable):
    """The keeper of what is in the library: a community's own, and what is for everybody."""

    kind = KIND

    def find(self, viewer: Person, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Thing]:
        rows = _rows(reach.visible_to(viewer).filter(pk__in=ids))
        return {thing.id: thing for thing in _things(viewer, list(rows))}

    def versions(self, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
        rows = Resource.objects.filter(reach.STANDING, pk__in=ids)
        return {one.pk: _version(one) for one in rows}

    def existing(self, ids: Collection[uuid.UUID]) -> Ids:
        return set(Resource.objects.filter(pk__in=ids).values_list("pk", flat=True))

    def hold(self, id: uuid.UUID) -> None:
        if not Resource.objects.select_for_update().filter(pk=id).values_list("pk"):
            raise NotYours

    def readers(self, id: uuid.UUID) -> Ids:
        """Whoever has it on the shelf or said that it helped; and who put it there."""
        people: Ids = set()
        for kind in (ShelfItem, ResourceHelped):
            people |= set(kind.objects.filter(resource=id).values_list("person_id", flat=True))
        return people | self.concerned(id)

    def concerned(self, id: uuid.UUID) -> Ids:
        giver = self.author_of(id)
        return {giver} if giver else set()

    def author_of(self, id: uuid.UUID) -> uuid.UUID | None:
        return Resource.objects.filter(pk=id).values_list("added_by_id", flat=True).first()

    def enough(self, id: uuid.UUID, peers: Ids, nameless: int = 0) -> bool:
        """What is for everybody needs peers of different communities."""
        if Resource.objects.filter(pk=id, for_all=True).exists():
            return hook.of_different_communities(peers)
        return super().enough(id, peers, nameless)

    def check(self, viewer: Person, id: uuid.UUID) -> None:
        one = Resource.objects.select_related("community").get(pk=id)
        if not one.for_all and one.community is not None and _is_member(viewer, one):
            reach.check_write(viewer, one.community)

    def waiting(self, viewer: Person, *, leaders: bool, reach: bool, most: int) -> list[Thing]:
        rows = _rows(_for_leaders(viewer) if leaders else _for_advisers(viewer))
        rows = rows.exclude(added_by=viewer).exclude(_done()).exclude(pk__in=_skipped(viewer))
        order = ("-reads", "added_at", "id") if reach else ("added_at", "id")
        return _things(viewer, list(rows.order_by(*order)[:most]))


def _rows(rows: QuerySet[Resource]) -> QuerySet[Resource]:
    return rows.select_related("community", "programme", "added_by").annotate(reads=_reads())


def _reads() -> Any:
    """How many have it on their shelf: a number, nobody's name."""
    shelf = ShelfItem.objects.filter(resource=OuterRef("pk")).order_by().values("resource")
    return Coalesce(Subquery(shelf.annotate(n=Count("pk")).values("n")), 0)


def _done() -> Exists:
    said = Trust.objects.filter(kind=KIND, thing=OuterRef("pk"), state__in=DONE)
    return Exists(said)


def _skipped(viewer: Person) -> list[uuid.UUID]:
    left = dict(hook.skipped(viewer, KIND))
    rows = Resource.objects.filter(reach.STANDING, pk__in=left) if left else []
    return [one.pk for one in rows if _version(one) == left[one.pk]]


def _for_leaders(viewer: Person) -> QuerySet[Resource]:
    """What everybody of their programmes sees, and nothing of any community."""
    return reach.of_programmes(viewer)


def _for_advisers(viewer: Person) -> QuerySet[Resource]:
    advised = Advisership.objects.filter(person=viewer, ended_at=None).values("community")
    here = readable_by(viewer).filter(pk__in=advised, stage="open").values("pk")
    mine = offices.programmes_of(viewer).values("pk")
    return Resource.objects.filter(
        reach.STANDING, Q(community__in=here) | Q(for_all=True, programme__in=mine)
    )


def _things(viewer: Person, rows: list[Resource]) -> list[Thing]:
    """The resources as this viewer sees them, in as many queries for many as for one."""
    if not rows:
        return []
    own = readable_by(viewer).values("pk")
    seats = Advisership.objects.filter(person=viewer, ended_at=None, community__in=own)
    advises = set(seats.values_list("community", flat=True))
    places = Membership.objects.filter(
        person=viewer, state=Membership.State.ACTIVE, community__in=own
    )
    member = set(places.values_list("community", flat=True))
    appointed = offices.appointments(viewer, offices.ADVISER).exists()
    leads = has_supervising_place(viewer)
    words = _words(rows)

    def capacity(one: Resource) -> str:
        if one.for_all:
            seat = bool(advises) or appointed
            return hook.capacity(adviser=seat, peer=bool(member), leader=leads)
        home = one.community
        if home is None or not can_talk(home):
            return ""
        return hook.capacity(adviser=home.pk in advises, peer=home.pk in member)

    return [
        Thing(
            kind=KIND,
            id=one.pk,
            title=one.title,
            text="\n\n".join(part for part in (one.description, words.get(one.pk, "")) if part),
            version=_version(one),
            address=reverse("resource", args=[one.pk]),
            place=_place(one, member | advises),
            at=one.added_at,
            author=_giver(one, member | advises),
            own=one.added_by_id == viewer.pk,
            capacity=capacity(one),
            named=not one.for_all and one.community_id in member | advises,
            language=one.language,
            reach=getattr(one, "reads", None),
            zone=(one.community or one.programme).timezone,
        )
        for one in rows
    ]


def _is_member(viewer: Person, one: Resource) -> bool:
    return Membership.objects.filter(
        person=viewer, community=one.community, state=Membership.State.ACTIVE
    ).exists()


def _inside(one: Resource, homes: Ids) -> bool:
    return not one.for_all and one.community_id in homes


def _place(one: Resource, homes: Ids) -> str:
    """No community's name leaves it with a resource that is for everybody."""
    if one.community is not None and _inside(one, homes):
        return one.community.name
    return _("The library")


def _giver(one: Resource, homes: Ids) -> str:
    if one.added_by is not None and _inside(one, homes):
        return one.added_by.name
    return one.credit


def _words(rows: list[Resource]) -> dict[uuid.UUID, str]:
    """How the present file of each begins."""
    now = Q()
    for one in rows:
        if one.edition:
            now |= Q(resource=one.pk, number=one.edition)
    if not now:
        return {}
    found = Edition.objects.filter(now).values_list("resource_id", "words")
    return {id: words[:1000] for id, words in found}


def _version(one: Resource) -> str:
    return fingerprint(one.title, one.description, one.link, one.edition)
