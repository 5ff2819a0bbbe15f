"""Access rules of pages inside a community: found through the person's own membership or not at all."""

import uuid
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from staffroom.communities import offices
from staffroom.communities.models import Community, Membership, Term
from staffroom.communities.wall import one_readable_by
from staffroom.core import access
from staffroom.core.errors import NotYours
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person
from staffroom.places.models import Programme

Check = Callable[..., None]


def community_for(person: Person, community_id: uuid.UUID) -> Community:
    """The community, if the person may read it; else `NotYours`."""
    found = one_readable_by(person, community_id)
    if found is None:
        raise NotYours
    return found


def is_member(person: Person, community: Community) -> bool:
    return bool(_MEMBER.rows(person.pk, community.pk))


_MEMBER = Prepared(
    lambda person, community: Membership.objects.filter(
        person=person, community=community, state=Membership.State.ACTIVE
    ).values_list("pk")[:1],
    uuid.UUID,
    uuid.UUID,
)


def is_moderator(person: Person, community: Community) -> bool:
    return bool(_MODERATOR.rows(person.pk, community.pk))


_MODERATOR = Prepared(
    lambda person, community: Term.objects.filter(
        person=person, community=community, starts__isnull=False, ended_at=None
    ).values_list("pk")[:1],
    uuid.UUID,
    uuid.UUID,
)


def _inside(request: HttpRequest, *, community: uuid.UUID, **rest: object) -> None:
    found = community_for(request.user, community)  # type: ignore[arg-type]
    request.community, request.zone = found, ZoneInfo(found.timezone)  # type: ignore[attr-defined]


def _member(request: HttpRequest, *, community: uuid.UUID, **rest: object) -> None:
    _inside(request, community=community)
    if not is_member(request.user, request.community):  # type: ignore[attr-defined,arg-type]
        raise NotYours


def _moderator(request: HttpRequest, *, community: uuid.UUID, **rest: object) -> None:
    _inside(request, community=community)
    if not is_moderator(request.user, request.community):  # type: ignore[attr-defined,arg-type]
        raise NotYours


def _gardener(request: HttpRequest, **rest: object) -> None:
    if not offices.appointments(request.user, offices.GARDENER).exists():  # type: ignore[arg-type]
        raise NotYours


def _designer(request: HttpRequest, **rest: object) -> None:
    roles = (offices.GARDENER, offices.ADMINISTRATOR)
    found = offices.appointments(request.user, *roles).filter(area=None)  # type: ignore[arg-type]
    first = found.select_related("programme").order_by("starts").first()
    if first is None:
        raise NotYours
    request.programme = first.programme  # type: ignore[attr-defined]
    request.zone = ZoneInfo(first.programme.timezone)  # type: ignore[attr-defined]


def _placer(request: HttpRequest, **rest: object) -> None:
    found = offices.appointments(request.user, *offices.PLACING).filter(area=None)  # type: ignore[arg-type]
    mine = Programme.objects.filter(pk__in=found.values("programme")).order_by("name", "pk")
    programmes = list(mine)
    if not programmes:
        raise NotYours
    chosen = request.session.get("programme", "")
    request.programmes = programmes  # type: ignore[attr-defined]
    request.programme = next(  # type: ignore[attr-defined]
        (each for each in programmes if str(each.pk) == chosen), programmes[0]
    )
    request.zone = ZoneInfo(request.programme.timezone)  # type: ignore[attr-defined]


def _tends(*roles: str) -> Check:
    def check(request: HttpRequest, *, community: uuid.UUID, **rest: object) -> None:
        tended = offices.tended_by(request.user, *roles)  # type: ignore[arg-type]
        found = tended.filter(pk=community).select_related("programme", "area").first()
        if found is None:
            raise NotYours
        request.community, request.zone = found, ZoneInfo(found.timezone)  # type: ignore[attr-defined]

    return check


#: Gardeners of some programme or area.
gardener = access.requires("gardener", _gardener)
#: Who sets a whole programme's levers; puts `request.programme`.
designer = access.requires("designer", _designer)
#: Who places a programme's teachers; puts `request.programme`, the one chosen last, and `programmes`.
placer = access.requires("placer", _placer)
#: The gardener of this community, unless the wall bars it; puts `request.community`.
tending = access.requires("tending", _tends(offices.GARDENER))
#: The gardener or a trainer of this community's area, unless the wall bars it.
tending_or_training = access.requires(
    "tending_or_training", _tends(offices.GARDENER, offices.TRAINER)
)
#: Members and advisers; puts `request.community`.
inside = access.requires("inside", _inside)
#: Members alone.
member = access.requires("member", _member)
#: The moderator in term alone.
moderator = access.requires("moderator", _moderator)
