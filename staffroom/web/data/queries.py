"""What was used, and what it cost."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from staffroom.channels.airtime.models import Budget
from staffroom.communities.offices import programme_of
from staffroom.people.models import Person
from staffroom.web.models import DataUsed, OwnPrice

Kind = DataUsed.Kind
MB = Decimal(1_000_000)
WORDS = {
    Kind.READING: _("Reading pages"),
    Kind.MEDIA: _("Photos, voices and files"),
    Kind.SENDING: _("Sending"),
    Kind.LIVE: _("Asking for news while a page is open"),
}


@dataclass(frozen=True)
class Line:
    """One kind: bytes today (None where a day is not kept) and this month."""

    words: Any
    today: int | None
    month: int


@dataclass(frozen=True)
class Price:
    """What a MB costs; `own` where the member said it."""

    per_mb: Decimal | None
    currency: str
    own: bool = False

    def of(self, size: int) -> Decimal | None:
        """What so many bytes cost, to the hundredth; never nought for something."""
        if not self.per_mb:
            return None
        cost = self.per_mb * size / MB
        return max(cost.quantize(Decimal("0.01")), Decimal("0.01") if size else Decimal())


def used(person: Person, day: dt.date) -> list[Line]:
    rows = DataUsed.objects.filter(person=person, day__gte=day.replace(day=1), day__lte=day)
    month = dict(rows.values_list("kind").annotate(sum=Sum("bytes")))
    this_day = dict(rows.filter(day=day).values_list("kind", "bytes"))
    return [
        Line(
            words,
            None if kind == Kind.SENDING else this_day.get(kind, 0),
            month.get(kind, 0),
        )
        for kind, words in WORDS.items()
    ]


def price_for(person: Person) -> Price:
    programme = programme_of(person)
    budget = Budget.objects.filter(programme=programme).first() if programme else None
    own = OwnPrice.objects.filter(person=person).first()
    currency = budget.currency if budget else ""
    if own is not None:
        return Price(own.per_mb, currency, own=True)
    return Price(budget.mb_price if budget else None, currency)
