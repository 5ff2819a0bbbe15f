"""What messages cost this month, what they may cost, and what a choice would cost."""

import datetime as dt
from decimal import Decimal

from django.db.models import Sum

from staffroom.channels.switchboard.known import Channel
from staffroom.channels.switchboard.models import Budget, Link, Meter, Sent
from staffroom.communities.models import Community, Membership
from staffroom.conversations.models import Post
from staffroom.core.clock import now, today
from staffroom.people.models import Person
from staffroom.places.models import Programme


def month() -> str:
    return today().isoformat()[:7]


def budget_of(programme: Programme | None) -> Budget:
    """What the programme said; of whoever said nothing the usual, not saved."""
    found = Budget.objects.filter(programme=programme).first() if programme else None
    return found or Budget(programme=programme)


def price(budget: Budget, channel: str) -> Decimal:
    """Of one part; nothing where nobody has said."""
    try:
        return Decimal(str(budget.prices.get(channel) or 0))
    except ArithmeticError:
        return Decimal(0)


def spent(programme: Programme | None, of: str = "") -> Decimal:
    rows = Meter.objects.filter(programme=programme, month=of or month())
    return rows.aggregate(n=Sum("cost"))["n"] or Decimal(0)


def is_used_up(programme: Programme | None) -> bool:
    """Whether this month's money is gone: then the rest stands on the web alone."""
    budget = budget_of(programme)
    return budget.most_a_month is not None and spent(programme) >= budget.most_a_month


def parts_of(person: Person) -> int:
    """Parts that went to one person this month without their asking."""
    begun = now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Sent.objects.filter(link__person=person, made_at__gte=begun, kind=Sent.Kind.RELAY)
    return rows.aggregate(n=Sum("parts"))["n"] or 0


def estimate(programme: Programme, channel: Channel) -> Decimal:
    """A month of everything as it comes: last month's posts × linked members × the price of a part."""
    since = now() - dt.timedelta(days=30)
    total = 0
    for community in Community.objects.filter(programme=programme):
        posts = Post.objects.filter(community=community, created_at__gte=since, anonymous=False)
        inside = Membership.objects.filter(community=community, state=Membership.State.ACTIVE)
        people = Link.objects.filter(channel=channel.key, person__in=inside.values("person"))
        total += posts.count() * people.count()
    return price(budget_of(programme), channel.key) * total
