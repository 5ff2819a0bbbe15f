"""Dividing and joining: proposed, talked about for a week, decided by more than half of all members."""

import datetime as dt
import random
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.actions.common import check_steers, lock
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community
from staffroom.communities.queries import active_ids
from staffroom.communities.state import can_talk
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.edges.actions import carrying_out
from staffroom.edges.actions.stirring import stir
from staffroom.edges.models import Reshape, ReshapePart, ReshapePlace
from staffroom.edges.queries.reshaping import (
    concerned,
    count,
    fits,
    joinable,
    news,
    olds,
    running,
    too_large,
)
from staffroom.edges.queries.sisters import no_wall_between
from staffroom.edges.queries.ties import ties
from staffroom.edges.queries.waiting import WEEK
from staffroom.methods.health.split import divide
from staffroom.people.models import Person

acts("size", gettext_lazy("A community with more members than this may propose to divide."))
FEWEST = 3


@dataclass(frozen=True)
class Sheet:
    """What a community that is to be calls itself and is for."""

    name: str
    purpose: str = ""


@transaction.atomic
def propose_dividing(
    *, by: Person, community_id: uuid.UUID, first: Sheet, second: Sheet
) -> Reshape:
    """Two circles by who talks with whom. Each member sees the own one alone, and may choose the other."""
    community = _steered(by, community_id)
    if (waiting := running(community)) is not None:
        return _same(waiting, Reshape.Kind.DIVIDE)
    if not too_large(community):
        raise Refused(_("Your community is not larger than its design; it need not divide."))
    if first.name.casefold() == second.name.casefold():
        raise Refused(_("Give the two circles different names."), "second_name")
    reshape = Reshape.objects.create(
        kind=Reshape.Kind.DIVIDE, proposed_by=by, closes_at=now() + WEEK
    )
    ReshapePart.objects.create(reshape=reshape, community=community)
    for number, sheet in enumerate((first, second)):
        ReshapePart.objects.create(
            reshape=reshape, number=number, name=sheet.name, purpose=sheet.purpose
        )
    people = sorted(active_ids(community))
    of = _circles(reshape, community, people)
    ReshapePlace.objects.bulk_create(
        ReshapePlace(reshape=reshape, person_id=person, number=of[place])
        for place, person in enumerate(people)
    )
    _told(reshape, by)
    return reshape


def _circles(reshape: Reshape, community: Community, people: list[uuid.UUID]) -> tuple[int, ...]:
    n, size = len(people), int(lever(community, "size"))
    least = max(FEWEST, n // 3)
    most = max(size, n - n // 2)
    seeded = random.Random(reshape.pk.int)  # noqa: S311 - so that the same proposal comes again
    return divide(n, ties(community, people), least=least, most=most, rng=seeded).of


@transaction.atomic
def propose_joining(
    *, by: Person, community_id: uuid.UUID, other_id: uuid.UUID, sheet: Sheet
) -> Reshape:
    """The moderator of one asks; once the moderator of the other agrees, the members of both speak."""
    community = _steered(by, community_id)
    other = lock(other_id)
    if (waiting := running(community)) is not None:
        return _same(waiting, Reshape.Kind.JOIN)
    if other.pk not in {each.pk for each in joinable(by, community)}:
        raise Refused(
            _("These two cannot become one: too many together, or not all may be in one."), "other"
        )
    if running(other) is not None:
        raise Refused(_("The other community has a proposal of its own just now."), "other")
    reshape = Reshape.objects.create(kind=Reshape.Kind.JOIN, proposed_by=by)
    for each in (community, other):
        ReshapePart.objects.create(reshape=reshape, community=each, asks=each == community)
    ReshapePart.objects.create(reshape=reshape, number=0, name=sheet.name, purpose=sheet.purpose)
    _told(reshape, by)
    return reshape


@transaction.atomic
def agree(*, by: Person, reshape: Reshape, community: Community) -> None:
    """The other moderator lets the members of both speak."""
    held = _held(reshape)
    here = lock(community.pk)
    check_steers(by, here)
    if held.closes_at is not None:
        return
    if here.pk not in {each.pk for each in olds(held)} or _proposer_side(held, here):
        raise NotYours
    held.closes_at = now() + WEEK
    held.save(update_fields=["closes_at"])
    ReshapePlace.objects.bulk_create(
        ReshapePlace(reshape=held, person_id=person, number=0) for person in sorted(concerned(held))
    )
    audit.write("reshape.agreed", actor=by, on=held)
    outbox.put("reshape.open", reshape=str(held.pk))
    stir(each.pk for each in olds(held))


def _proposer_side(reshape: Reshape, community: Community) -> bool:
    return reshape.parts.filter(community=community, asks=True).exists()


@transaction.atomic
def say(*, by: Person, reshape: Reshape, word: str, number: int | None = None) -> ReshapePlace:
    """A member's word: yes, in this circle or the other; or no. It can be changed until the week is over."""
    held = _held(reshape)
    if by.pk not in concerned(held):
        raise NotYours
    if held.closes_at is None or held.done_at or held.dropped_at or held.closes_at <= now():
        raise Refused(_("The week for this is over."))
    place = _place(held, by.pk)
    if number is not None and number in {part.number for part in news(held)}:
        place.number = number
    place.word = ReshapePlace.Word(word)
    place.save(update_fields=["number", "word"])
    audit.write("reshape.word", actor=by, on=held)
    counts = [count(held, each) for each in olds(held)]
    if all(each.spoken == each.members for each in counts):
        settle(held)
    return place


def _place(reshape: Reshape, person: uuid.UUID) -> ReshapePlace:
    """Whoever came since is in the smaller circle."""
    place = reshape.places.filter(person=person).first()
    if place is not None:
        return place
    smallest = min(
        news(reshape), key=lambda part: reshape.places.filter(number=part.circle).count()
    )
    return ReshapePlace.objects.create(reshape=reshape, person_id=person, number=smallest.circle)


@transaction.atomic
def withdraw(*, by: Person, reshape: Reshape, community: Community) -> None:
    """Whoever proposed it, or steers one of the communities, lets it drop."""
    held = _held(reshape)
    if community.pk not in {each.pk for each in olds(held)}:
        raise NotYours
    if held.proposed_by_id != by.pk:
        check_steers(by, lock(community.pk))
    if held.done_at is None:
        _drop(held, by, "withdrawn")


@transaction.atomic
def undo(*, by: Person, reshape: Reshape, community: Community) -> None:
    """For a week whoever steers what it became brings back what was. Nothing written is lost."""
    held = _held(reshape)
    new = {part.community_id for part in news(held)}
    here = lock(community.pk)
    if here.pk not in new:
        raise NotYours
    check_steers(by, here)
    if held.undone_at is not None:
        return
    if held.done_at is None or now() - held.done_at > WEEK:
        raise Refused(_("This was done more than a week ago."))
    carrying_out.take_back(held, by)


def settle(reshape: Reshape) -> None:
    """The week is over, or all have spoken: it is done, or it drops. The caller holds the row."""
    old = [lock(each.pk) for each in olds(reshape)]
    if not all(count(reshape, each).agreed for each in old):
        _drop(reshape, None, "no majority")
        return
    for person in concerned(reshape):
        _place(reshape, person)
    if not _may_be(reshape, old):
        _drop(reshape, None, "cannot be")
        return
    carrying_out.carry_out(reshape, old)


def _may_be(reshape: Reshape, old: list[Community]) -> bool:
    """Still open, on the right side of the wall, and of a size that lives."""
    if not all(can_talk(each) for each in old):
        return False
    if reshape.kind == Reshape.Kind.JOIN:
        return fits(*old) and no_wall_between(*old)
    inside = concerned(reshape)
    sizes = [
        reshape.places.filter(number=part.circle, person__in=inside).count()
        for part in news(reshape)
    ]
    return min(sizes) >= FEWEST


def nightly(now: dt.datetime) -> None:
    """Weeks that are over; proposals to which the other moderator never answered."""
    for reshape in Reshape.objects.filter(done_at=None, dropped_at=None, closes_at__lte=now):
        settle(_held(reshape))
    for reshape in Reshape.objects.filter(
        done_at=None, dropped_at=None, closes_at=None, at__lte=now - 2 * WEEK
    ):
        _drop(_held(reshape), None, "no answer")


def _steered(by: Person, community_id: uuid.UUID) -> Community:
    community = lock(community_id)
    check_steers(by, community)
    if not can_talk(community):
        raise Refused(_("This community rests or is closed."))
    return community


def _same(waiting: Reshape, kind: str) -> Reshape:
    if waiting.kind != kind:
        raise Refused(_("Another proposal waits for the members. Let them decide that one first."))
    return waiting


def _told(reshape: Reshape, by: Person) -> None:
    stir(each.pk for each in olds(reshape))
    audit.write("reshape.proposed", actor=by, on=reshape, kind=reshape.kind)
    outbox.put("reshape.proposed", reshape=str(reshape.pk))


def _held(reshape: Reshape) -> Reshape:
    return Reshape.objects.select_for_update().get(pk=reshape.pk)


def _drop(reshape: Reshape, by: Person | None, why: str) -> None:
    if reshape.dropped_at is None:
        reshape.dropped_at = now()
        reshape.save(update_fields=["dropped_at"])
        audit.write("reshape.dropped", actor=by, on=reshape, why=why)
