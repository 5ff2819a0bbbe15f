"""The programme pays for data: limits, and a bundle that Baraka gave Amina by hand."""

import datetime as dt
from decimal import Decimal

from staffroom.channels.airtime.actions.budget import write_budget
from staffroom.channels.airtime.actions.hand import give_by_hand
from staffroom.communities.models import Community, LeverChoice
from staffroom.core.clock import now, pretend
from staffroom.core.ids import uuid7
from staffroom.people.models import Person

WHERE = "Mathematics, Mwingi"


def give(people: dict[str, Person]) -> None:
    """Once Baraka moderates."""
    community = Community.objects.get(name=WHERE)
    LeverChoice.objects.create(
        programme=community.programme, lever="data_support", value="bundle", left_to_community=False
    )
    write_budget(
        by=None,
        programme=community.programme,
        currency="KES",
        mb_price=Decimal("0.25"),
        per_person=Decimal(100),
        per_order=Decimal(20_000),
        per_month=Decimal(60_000),
        two_above=Decimal(5_000),
    )
    with pretend(now() - dt.timedelta(days=2)):
        give_by_hand(
            by=people["baraka"],
            community=community,
            person=people["amina"],
            amount=Decimal(50),
            megabytes=200,
            id=uuid7(),
        )
