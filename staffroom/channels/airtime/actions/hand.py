"""What was given by hand is written down; whoever got it says whether it came."""

import uuid
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.channels.airtime.models import SPENT, Budget, Order, Share
from staffroom.communities.access import is_member, is_moderator
from staffroom.communities.levers import lever
from staffroom.communities.models import Community
from staffroom.core import audit
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

SAYABLE = [Share.State.GIVEN, Share.State.TAKEN, Share.State.ARRIVED, Share.State.UNKNOWN]


@transaction.atomic
def give_by_hand(
    *,
    by: Person,
    community: Community,
    person: Person,
    amount: Decimal,
    megabytes: int,
    id: uuid.UUID,
) -> Share:
    """The moderator writes down that a member was given airtime or a bundle. The same id counts once."""
    if not is_moderator(by, community) or not is_member(person, community):
        raise NotYours
    if lever(community, "data_support") == "none":
        raise NotYours
    if known := Share.objects.filter(pk=id, order__made_by=by).first():
        return known
    budget = Budget.objects.select_for_update().filter(programme=community.programme_id).first()
    if budget is None:
        raise Refused(_("The office has not said yet how much may be given."))
    if amount <= 0:
        raise Refused(_("Please write an amount above nought."), "amount")
    month = today(community.timezone).replace(day=1)
    had = Share.objects.filter(
        person=person, order__month=month, order__state=Order.State.GOING, state__in=SPENT
    ).values_list("amount", flat=True)
    if sum(had, Decimal()) + amount > budget.per_person:
        raise Refused(
            _("With this they would have more than one person may get in a month."), "amount"
        )
    order = Order.objects.create(
        programme_id=community.programme_id,
        kind=Order.Kind.DATA if megabytes else Order.Kind.AIRTIME,
        way=Order.Way.HAND,
        state=Order.State.GOING,
        amount=amount,
        megabytes=megabytes,
        currency=budget.currency,
        month=month,
        made_by=by,
        first_yes=by,
        agreed_at=now(),
    )
    order.communities.set([community])
    share = Share.objects.create(
        id=id,
        order=order,
        person=person,
        community=community,
        amount=amount,
        state=Share.State.GIVEN,
    )
    audit.write("airtime.by_hand", actor=by, on=share)
    return share


@transaction.atomic
def say_whether_it_came(*, by: Person, share: Share, came: bool) -> None:
    """The receiver alone says it, and may say otherwise later."""
    found = Share.objects.select_for_update().filter(pk=share.pk, person=by, state__in=SAYABLE)
    if not found.update(came=came):
        raise NotYours
    audit.write("airtime.said", actor=by, on=share, came=came)
