"""Access rules of pages inside a community: found through the person's own membership or not at all."""

import uuid

from django.http import HttpRequest

from staffroom.communities.models import Community, Membership, Term
from staffroom.communities.wall import readable_by
from staffroom.core import access
from staffroom.core.errors import NotYours
from staffroom.people.models import Person


def community_for(person: Person, community_id: uuid.UUID) -> Community:
    """The community, if the person may read it; else `NotYours`."""
    found = readable_by(person).filter(pk=community_id).select_related("programme").first()
    if found is None:
        raise NotYours
    return found


def is_member(person: Person, community: Community) -> bool:
    return Membership.objects.filter(
        person=person, community=community, state=Membership.State.ACTIVE
    ).exists()


def is_moderator(person: Person, community: Community) -> bool:
    return Term.objects.filter(
        person=person, community=community, starts__isnull=False, ended_at=None
    ).exists()


def _inside(request: HttpRequest, *, community: uuid.UUID, **rest: object) -> None:
    request.community = community_for(request.user, community)  # type: ignore[attr-defined,arg-type]


def _member(request: HttpRequest, *, community: uuid.UUID, **rest: object) -> None:
    _inside(request, community=community)
    if not is_member(request.user, request.community):  # type: ignore[attr-defined,arg-type]
        raise NotYours


def _moderator(request: HttpRequest, *, community: uuid.UUID, **rest: object) -> None:
    _inside(request, community=community)
    if not is_moderator(request.user, request.community):  # type: ignore[attr-defined,arg-type]
        raise NotYours


#: Members and advisers; puts `request.community`.
inside = access.requires("inside", _inside)
#: Members alone.
member = access.requires("member", _member)
#: The moderator in term alone.
moderator = access.requires("moderator", _moderator)
