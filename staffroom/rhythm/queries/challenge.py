"""A community's challenges; which others could take part. The wall is asked here, for each viewer."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from staffroom.communities import wall
from staffroom.communities.levers import is_left, programme_lever
from staffroom.communities.models import Community, LeverChoice, Membership
from staffroom.communities.queries.finding import size
from staffroom.people.models import Person
from staffroom.places.supervision import supervisors_of
from staffroom.rhythm.figures import MEMBERS
from staffroom.rhythm.models.challenge import Challenge, ChallengePart

State = ChallengePart.State
#: So long its result is told on Today.
TOLD = dt.timedelta(days=7)
OFFERED = 30


@dataclass
class Shown:
    """One challenge as a community's page shows it to one viewer."""

    part: ChallengePart
    others: list[ChallengePart] = field(default_factory=list)

    @property
    def challenge(self) -> Challenge:
        return self.part.challenge


def parts_of(community: Community) -> QuerySet[ChallengePart]:
    return (
        ChallengePart.objects.filter(community=community)
        .select_related("challenge")
        .order_by("-challenge__first_day", "-id")
    )


def shown(person: Person, parts: list[ChallengePart]) -> list[Shown]:
    """With the parts of the others, but for communities that hold somebody whom the viewer supervises."""
    cards = {part.challenge_id: Shown(part) for part in parts if part.challenge_id}
    if any(part.challenge.with_others for part in parts):
        others = (
            ChallengePart.objects.filter(challenge__in=cards)
            .exclude(pk__in=[part.pk for part in parts])
            .exclude(community__in=wall.barred_from(person).values("pk"))
            .select_related("community")
            .order_by("community__name", "id")
        )
        for each in others:
            cards[each.challenge_id].others.append(each)
    return list(cards.values())


def part_here(community: Community, id: uuid.UUID) -> ChallengePart | None:
    return parts_of(community).filter(pk=id).first()


def busy(community: Community) -> bool:
    """It has a challenge already: announced or going on."""
    return (
        ChallengePart.objects.filter(community=community, state__in=[State.ANNOUNCED, State.IN])
        .exclude(challenge__state__in=[Challenge.State.ENDED, Challenge.State.OFF])
        .exists()
    )


def member_count(community: Community) -> int:
    return Membership.objects.filter(community=community, state="active").count()


def could_join(community: Community) -> list[Community]:
    """Open, listed communities of the programme whose design wants challenges with others."""
    found = (
        Community.objects.filter(
            _wanting(community), programme=community.programme_id, listed=True,
            stage=Community.Stage.OPEN,
        )
        .exclude(pk=community.pk)
        .annotate(size=size())
        .filter(size__gte=MEMBERS)
    )  # fmt: skip
    near = Case(
        When(subject=community.subject, then=Value(0)), default=Value(1),
        output_field=IntegerField(),
    )  # fmt: skip
    return list(found.annotate(far=near).order_by("far", "name", "id")[:OFFERED])


def _wanting(community: Community) -> Q:
    """The lever `challenge` of many communities at once."""
    by_default = programme_lever(community.programme, "challenge") == "with-others"
    if not is_left(community.programme, "challenge"):
        return Q() if by_default else Q(pk__in=[])
    chosen = LeverChoice.objects.filter(
        programme=community.programme_id, community__isnull=False, lever="challenge"
    )
    wanting = Q(pk__in=chosen.filter(value="with-others").values("community"))
    return wanting | ~Q(pk__in=chosen.values("community")) if by_default else wanting


def may_meet(one: Community, other: Community) -> bool:
    """Nobody in the one supervises somebody in the other: results would measure those below."""
    here, there = wall.held_by(one), wall.held_by(other)
    return not (supervisors_of(here) & there or supervisors_of(there) & here)


def calling(
    communities: QuerySet[Membership], at: dt.datetime, told: dt.datetime
) -> QuerySet[ChallengePart]:
    """What may be told on Today in these memberships' communities; ended ones since `told`."""
    return ChallengePart.objects.filter(
        Q(state=State.INVITED, challenge__state=Challenge.State.ANNOUNCED)
        | Q(state=State.ANNOUNCED, waits_until__gt=at)
        | Q(state=State.IN, challenge__ended_at__gt=told),
        community__in=communities.values("community"),
    )
