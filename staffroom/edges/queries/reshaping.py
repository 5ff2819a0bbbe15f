"""What is proposed about dividing and joining, for the people concerned."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from staffroom.communities import wall
from staffroom.communities.levers import lever
from staffroom.communities.models import Community
from staffroom.communities.queries import active_ids
from staffroom.communities.queries.finding import findable_by
from staffroom.core.clock import now
from staffroom.edges.models import Reshape, ReshapePart, ReshapePlace
from staffroom.edges.queries.sisters import no_wall_between, sister_ids
from staffroom.edges.queries.waiting import UNDO
from staffroom.people.models import Person

MOST_CHOICES = 30


def of_community(community: Community) -> QuerySet[Reshape]:
    """All that concerned or concerns it, as it was or as it became."""
    return Reshape.objects.filter(parts__community=community).distinct().order_by("-at")


def running(community: Community) -> Reshape | None:
    """What its members talk about now."""
    return (
        Reshape.objects.filter(
            parts__community=community, parts__number=None, done_at=None, dropped_at=None
        )
        .distinct()
        .first()
    )


def undoable(community: Community) -> Reshape | None:
    """What this community came from, as long as it can go back."""
    return (
        Reshape.objects.filter(
            parts__community=community,
            parts__number__isnull=False,
            done_at__gt=now() - UNDO,
            undone_at=None,
        )
        .distinct()
        .first()
    )


def olds(reshape: Reshape) -> list[Community]:
    """The communities as they were, the one that asks first."""
    parts = reshape.parts.filter(number=None).select_related("community__programme")
    return [part.community for part in parts.order_by("-asks", "id") if part.community is not None]


def news(reshape: Reshape) -> list[ReshapePart]:
    """What is to be."""
    return list(reshape.parts.filter(number__isnull=False).select_related("community"))


def too_large(community: Community) -> bool:
    """More members than its design has places for."""
    return len(active_ids(community)) > int(lever(community, "size"))


@dataclass(frozen=True)
class Count:
    """Of one community: members, how many have spoken, how many said yes."""

    members: int
    spoken: int
    yes: int

    @property
    def agreed(self) -> bool:
        """More than half of all its members."""
        return 2 * self.yes > self.members


def count(reshape: Reshape, community: Community) -> Count:
    inside = active_ids(community)
    words = dict(
        reshape.places.exclude(word="").filter(person__in=inside).values_list("person", "word")
    )
    yes = sum(1 for word in words.values() if word == ReshapePlace.Word.YES)
    return Count(len(inside), len(words), yes)


def joinable(person: Person, community: Community) -> list[Community]:
    """With whom the steerer of `community` may propose to join: sisters, own, and what can be found."""
    near = sister_ids(community) | set(wall.readable_by(person).values_list("pk", flat=True))
    findable = findable_by(person).filter(subject=community.subject).values("pk")
    found = Community.objects.filter(
        Q(pk__in=near) | Q(pk__in=findable),
        programme=community.programme_id,
        stage=Community.Stage.OPEN,
    ).exclude(pk=community.pk)
    return [
        each
        for each in found.order_by("name")[:MOST_CHOICES]
        if fits(community, each) and no_wall_between(community, each)
    ]


def fits(one: Community, other: Community) -> bool:
    """Together they are no more than the design has places for."""
    return len(active_ids(one) | active_ids(other)) <= int(lever(one, "size"))


def concerned(reshape: Reshape) -> set[uuid.UUID]:
    """Everybody whose word counts."""
    return set().union(*(active_ids(each) for each in olds(reshape)))
