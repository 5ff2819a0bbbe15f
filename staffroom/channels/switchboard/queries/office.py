"""What the office sees of channels: whether they work, how many, what it cost, what was given up."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.models import Link, Meter, Received, Sent
from staffroom.channels.switchboard.queries import money
from staffroom.places.models import Posting, Programme

#: Below this a number of people would tell who.
ENOUGH = 10


@dataclass(frozen=True)
class Row:
    """`linked` is None where too few are to be counted."""

    channel: known.Channel
    works: bool
    address: str
    hook: str
    linked: int | None
    messages: int
    parts: int
    cost: Decimal
    estimate: Decimal | None


def rows(programme: Programme) -> list[Row]:
    return [_row(each, programme) for each in known.every()]


def _row(channel: known.Channel, programme: Programme) -> Row:
    works = channel.works()
    meter = Meter.objects.filter(channel=channel.key, programme=programme, month=money.month())
    found = meter.aggregate(m=Sum("messages"), p=Sum("parts"), c=Sum("cost"))
    linked = linked_in(channel.key, programme)
    return Row(
        channel=channel,
        works=works,
        address=channel.address() if works else "",
        hook=f"/hooks/{channel.key}/",
        linked=linked if linked >= ENOUGH else None,
        messages=found["m"] or 0,
        parts=found["p"] or 0,
        cost=found["c"] or Decimal(0),
        estimate=None if channel.can.free or not works else money.estimate(programme, channel),
    )


def linked_in(channel: str, programme: Programme) -> int:
    people = Posting.objects.filter(school__programme=programme).values("person")
    return Link.objects.filter(channel=channel, stopped_at=None, person__in=people).count()


def given_up(programme: Programme | None = None) -> QuerySet[Sent]:
    """Messages that will not go by themselves any more; nobody's name or number with them."""
    rows = Sent.objects.filter(state=Sent.State.DEAD).order_by("-made_at")
    return rows.filter(programme=programme) if programme else rows


def not_read() -> QuerySet[Received]:
    """What came in and could not be dealt with."""
    return Received.objects.filter(state=Received.State.DEAD).order_by("-at")


def counts() -> list[dict[str, Any]]:
    """For the command line: each channel in numbers."""
    return [
        {
            "channel": each.key,
            "works": each.works(),
            "linked": Link.objects.filter(channel=each.key, stopped_at=None).count(),
            "sent_this_month": Meter.objects.filter(
                channel=each.key, month=money.month()
            ).aggregate(n=Sum("messages"))["n"]
            or 0,
            "given_up": given_up().filter(channel=each.key).count(),
            "not_read": not_read().filter(channel=each.key).count(),
        }
        for each in known.every()
    ]
