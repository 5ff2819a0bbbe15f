"""What an order's page shows: sums and counts. Nobody is named to an office."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from staffroom.channels.airtime.models import Order, Share

WHY = {
    "new": _("not a member for long enough"),
    "no_number": _("no phone number is known"),
    "lost_phone": _("the phone was lost"),
    "enough": _("already had this month’s most"),
    "closed": _("the account is closed"),
}
STATES: dict[str, object] = {
    Share.State.WAITING: _("waiting to be sent"),
    Share.State.ASKING: _("being sent"),
    Share.State.TAKEN: _("with the provider"),
    Share.State.ARRIVED: _("arrived"),
    Share.State.FAILED: _("did not arrive"),
    Share.State.UNKNOWN: _("nobody knows yet"),
    Share.State.REFUNDED: _("paid back"),
    Share.State.LEFT_OUT: _("left out at last"),
    Share.State.GIVEN: _("given by hand"),
}


@dataclass(frozen=True)
class Line:
    words: object
    count: int
    sum: Decimal = Decimal()


def exact(value: Decimal | None) -> Decimal:
    """With its two places; a database may leave them out of a sum."""
    return (value or Decimal()).quantize(Decimal("0.01"))


def by_state(order: Order) -> list[Line]:
    rows = order.shares.values("state").annotate(n=Count("pk"), sum=Sum("amount")).order_by("state")
    return [Line(STATES[row["state"]], row["n"], exact(row["sum"])) for row in rows]


def by_community(order: Order) -> list[Line]:
    rows = (
        order.shares.exclude(state=Share.State.LEFT_OUT)
        .values("community__name")
        .annotate(n=Count("pk"), sum=Sum("amount"))
        .order_by("community__name")
    )
    return [Line(row["community__name"] or "", row["n"], exact(row["sum"])) for row in rows]


def left_out(order: Order) -> list[Line]:
    return [Line(WHY.get(why, why), count) for why, count in sorted(order.left_out.items())]


def refusals(order: Order) -> list[Line]:
    """The provider's words about what failed or is unknown."""
    rows = order.shares.exclude(why="").values("why").annotate(n=Count("pk")).order_by("why")
    return [Line(row["why"], row["n"]) for row in rows]


def answers(order: Order) -> tuple[int, int]:
    """How many said that it came, and that it did not."""
    came = order.shares.filter(came=True).count()
    return came, order.shares.filter(came=False).count()
