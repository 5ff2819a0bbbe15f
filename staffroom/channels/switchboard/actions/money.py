"""Every message is counted: by channel, programme, community and month, and nobody in it."""

from decimal import Decimal

from django.db import transaction
from django.db.models import F

from staffroom.channels.switchboard.messages import Taken
from staffroom.channels.switchboard.models import Budget, Meter, Sent
from staffroom.channels.switchboard.queries import money
from staffroom.communities import offices
from staffroom.communities.models import Community
from staffroom.core import audit
from staffroom.core.errors import NotYours
from staffroom.people.models import Person
from staffroom.places.models import Programme


def cost_of(channel: str, taken: Taken, programme: Programme | None) -> tuple[Decimal, str]:
    """As the provider says; else the programme's price for each part."""
    budget = money.budget_of(programme)
    if taken.cost is not None:
        return taken.cost, taken.currency
    return money.price(budget, channel) * taken.parts, budget.currency


def count(
    channel: str,
    programme: Programme | None,
    community: Community | None,
    *,
    messages: int = 0,
    parts: int = 0,
    cost: Decimal = Decimal(0),
    currency: str = "",
) -> None:
    """One more in the month's row."""
    row, _new = Meter.objects.get_or_create(
        channel=channel,
        programme=programme,
        community=community,
        month=money.month(),
        currency=currency,
    )
    Meter.objects.filter(pk=row.pk).update(
        messages=F("messages") + messages, parts=F("parts") + parts, cost=F("cost") + cost
    )


def correct(sent: Sent, cost: Decimal, currency: str) -> None:
    """The provider tells the true cost later: the guess goes, the truth comes."""
    if sent.cost:
        count(sent.channel, sent.programme, sent.community, cost=-sent.cost, currency=sent.currency)
    count(sent.channel, sent.programme, sent.community, cost=cost, currency=currency)
    Sent.objects.filter(pk=sent.pk).update(cost=cost, currency=currency)


@transaction.atomic
def set_budget(
    *,
    by: Person,
    programme: Programme,
    full_relay: bool,
    most_a_month: Decimal | None,
    parts_a_person: int,
    currency: str,
    prices: dict[str, str],
) -> Budget:
    """What the programme pays for; its gardener or administrator says."""
    held = offices.appointments(by, offices.GARDENER, offices.ADMINISTRATOR)
    if not held.filter(programme=programme, area=None).exists():
        raise NotYours
    budget, _new = Budget.objects.update_or_create(
        programme=programme,
        defaults={
            "full_relay": full_relay,
            "most_a_month": most_a_month,
            "parts_a_person": parts_a_person,
            "currency": currency,
            "prices": prices,
        },
    )
    audit.write("channels.budget", actor=by, on=programme, full=full_relay)
    return budget
