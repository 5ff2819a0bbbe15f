"""An order: who gets it, who is left out and why; one or two people agree; then it goes."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.channels.airtime import provider
from staffroom.channels.airtime.models import SPENT, Budget, Order, Share
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community, Membership
from staffroom.communities.offices import ADMINISTRATOR, tended_by
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.models import Programme

MOST_MEGABYTES, MOST_DAYS = 10_000, 90
acts(
    "data_support",
    gettext_lazy(
        "The office sends airtime or bundles to the members of communities that have it, the same to each."
    ),
)


def supported(by: Person, programme: Programme) -> list[Community]:
    """The communities with support that this administrator may look at: none behind the wall."""
    found = tended_by(by, ADMINISTRATOR).filter(programme=programme, stage=Community.Stage.OPEN)
    return [each for each in found.order_by("name", "id") if lever(each, "data_support") != "none"]


@transaction.atomic
def make_order(
    *,
    by: Person,
    programme: Programme,
    kind: str,
    way: str,
    amount: Decimal,
    communities: Collection[uuid.UUID],
    megabytes: int = 0,
    least_days: int = 0,
) -> Order:
    """Work out who would get it: a draft, which sends nothing."""
    check_administers(by, programme)
    budget = _budget(programme)
    chosen = [each for each in supported(by, programme) if each.pk in set(communities)]
    if not chosen:
        raise Refused(_("Please choose at least one community."), "communities")
    _check(kind, way, amount, megabytes, least_days)
    order = Order.objects.create(
        programme=programme,
        kind=kind,
        way=way,
        amount=amount,
        megabytes=megabytes if kind == Order.Kind.DATA else 0,
        currency=budget.currency,
        least_days=least_days,
        month=today(programme.timezone).replace(day=1),
        made_by=by,
    )
    order.communities.set(chosen)
    people, left_out = who_gets(order, chosen, budget)
    Share.objects.bulk_create(
        Share(order=order, person=person, community=community, amount=amount)
        for person, community in people
    )
    order.left_out = dict(left_out)
    order.save(update_fields=["left_out"])
    audit.write("airtime.made", actor=by, on=order, shares=len(people), way=way, kind=kind)
    return order


def _budget(programme: Programme) -> Budget:
    budget = Budget.objects.select_for_update().filter(programme=programme).first()
    if budget is None:
        raise Refused(_("Please set first how much may be spent."))
    return budget


def _check(kind: str, way: str, amount: Decimal, megabytes: int, least_days: int) -> None:
    if way == Order.Way.PROVIDER and not provider.works():
        raise Refused(_("No provider is set up here. Record what you give by hand."), "way")
    if amount <= 0:
        raise Refused(_("Please write an amount above nought."), "amount")
    if kind == Order.Kind.DATA and not 1 <= megabytes <= MOST_MEGABYTES:
        raise Refused(
            _("Please write a number of MB from 1 to %(most)s.") % {"most": MOST_MEGABYTES},
            "megabytes",
        )
    if not 0 <= least_days <= MOST_DAYS:
        raise Refused(_("Between 0 and %(most)s days, please.") % {"most": MOST_DAYS}, "least_days")


def who_gets(
    order: Order, communities: Iterable[Community], budget: Budget
) -> tuple[list[tuple[Person, Community]], Counter[str]]:
    """Each member once, by days of membership alone; and how many not, by reason."""
    before = now() - dt.timedelta(days=order.least_days)
    found: dict[uuid.UUID, tuple[Person, Community]] = {}
    left_out: dict[uuid.UUID, str] = {}
    memberships = Membership.objects.filter(
        community__in=list(communities), state=Membership.State.ACTIVE
    ).select_related("person", "community")
    for each in memberships.order_by("joined_at", "id"):
        if each.joined_at is None or each.joined_at > before:
            left_out.setdefault(each.person_id, "new")
        else:
            found.setdefault(each.person_id, (each.person, each.community))
    had = had_this_month(order, found)
    for pk, (person, _community) in list(found.items()):
        why = _why_not(order, person, had.get(pk, Decimal()), budget)
        if why:
            del found[pk]
            left_out[pk] = why
    return list(found.values()), Counter(why for pk, why in left_out.items() if pk not in found)


def _why_not(order: Order, person: Person, had: Decimal, budget: Budget) -> str:
    if not person.is_active:
        return "closed"
    if order.way == Order.Way.PROVIDER and not person.phone:
        return "no_number"
    if order.way == Order.Way.PROVIDER and person.frozen_at is not None:
        return "lost_phone"
    return "enough" if had + order.amount > budget.per_person else ""


def had_this_month(order: Order, people: Collection[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """What each got, or may have got, in other orders of this month."""
    rows = (
        Share.objects.filter(
            order__programme=order.programme_id,
            order__month=order.month,
            order__state=Order.State.GOING,
            person__in=list(people),
            state__in=SPENT,
        )
        .exclude(order=order.pk)
        .values("person")
        .annotate(sum=Sum("amount"))
    )
    return {row["person"]: row["sum"] for row in rows}


def spent(programme: Programme, month: dt.date) -> Decimal:
    """What has gone this month, or may have."""
    rows = Share.objects.filter(
        order__programme=programme,
        order__month=month,
        order__state=Order.State.GOING,
        state__in=SPENT,
    )
    return (rows.aggregate(sum=Sum("amount"))["sum"] or Decimal()).quantize(Decimal("0.01"))


@transaction.atomic
def agree(*, by: Person, order: Order) -> Order:
    """Say yes. Above the limit another person must say it too; then it goes, once."""
    check_administers(by, order.programme)
    budget = _budget(order.programme)
    held = Order.objects.select_for_update().get(pk=order.pk)
    if held.state not in (Order.State.DRAFT, Order.State.SECOND):
        return held
    if not in_sight(by, held):
        raise NotYours
    shares = _still_due(held, budget)
    total = held.amount * len(shares)
    if not shares:
        raise Refused(_("Nobody would get anything."))
    _check_caps(held, total, budget)
    if total > budget.two_above and held.state == Order.State.DRAFT:
        held.first_yes, held.state = by, Order.State.SECOND
        held.save(update_fields=["first_yes", "state"])
        audit.write("airtime.first_yes", actor=by, on=held)
        return held
    if held.state == Order.State.SECOND and held.first_yes_id == by.pk:
        raise Refused(
            _("You have said yes. It is so much that another administrator must say it too.")
        )
    if held.first_yes_id is None:
        held.first_yes = by
    else:
        held.second_yes = by
    held.state, held.agreed_at = Order.State.GOING, now()
    held.save(update_fields=["first_yes", "second_yes", "state", "agreed_at"])
    _go(held, shares)
    audit.write("airtime.agreed", actor=by, on=held, shares=len(shares))
    return held


def in_sight(person: Person, order: Order) -> bool:
    """Whether somebody may look at each of its communities: the wall holds here too."""
    mine = set(tended_by(person, ADMINISTRATOR).values_list("pk", flat=True))
    return set(order.communities.values_list("pk", flat=True)) <= mine


def _still_due(order: Order, budget: Budget) -> list[Share]:
    """Between the preview and the yes somebody may have left, or lost the phone."""
    people, _left_out = who_gets(order, order.communities.all(), budget)
    due = {person.pk for person, _community in people}
    shares = list(Share.objects.filter(order=order, state=Share.State.WAITING))
    gone = [share.pk for share in shares if share.person_id not in due]
    Share.objects.filter(pk__in=gone).update(state=Share.State.LEFT_OUT, at=now())
    return [share for share in shares if share.person_id in due]


def _check_caps(order: Order, total: Decimal, budget: Budget) -> None:
    if total > budget.per_order:
        raise Refused(
            _("This order costs %(total)s; at most %(most)s may be spent in one.")
            % {"total": f"{order.currency} {total}", "most": f"{order.currency} {budget.per_order}"}
        )
    left = budget.per_month - spent(order.programme, order.month)
    if total > left:
        raise Refused(
            _("This order costs %(total)s; of this month’s money %(left)s are left.")
            % {"total": f"{order.currency} {total}", "left": f"{order.currency} {left}"}
        )


def _go(order: Order, shares: list[Share]) -> None:
    if order.way == Order.Way.HAND:
        Share.objects.filter(pk__in=[share.pk for share in shares]).update(
            state=Share.State.GIVEN, at=now()
        )
        return
    for share in shares:
        outbox.put("airtime.send", key=f"airtime:{share.pk}", share=str(share.pk))


@transaction.atomic
def drop(*, by: Person, order: Order) -> None:
    """Before it goes, an order can be dropped."""
    check_administers(by, order.programme)
    held = Order.objects.select_for_update().get(pk=order.pk)
    if held.state not in (Order.State.DRAFT, Order.State.SECOND):
        raise Refused(_("This order has gone. It cannot be dropped."))
    held.state = Order.State.DROPPED
    held.save(update_fields=["state"])
    Share.objects.filter(order=held).delete()
    audit.write("airtime.dropped", actor=by, on=held)
