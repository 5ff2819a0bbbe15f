"""One share goes to the provider, once. What is not certain is asked about, never sent again."""

import datetime as dt
import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from staffroom.channels.airtime import provider
from staffroom.channels.airtime.models import Order, Share
from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.people.phones import e164

log = logging.getLogger(__name__)
#: When the provider is asked what became of it.
LOOKS = [dt.timedelta(minutes=15), dt.timedelta(hours=2)]
#: After those, once a night for so long.
NIGHTS = dt.timedelta(days=30)
#: So long no call of ours takes: whoever asked has died.
SILENT = dt.timedelta(minutes=10)


def send(payload: dict[str, Any]) -> None:
    """From the outbox, outside any transaction. A share that was asked for before is left alone."""
    share = _begin(payload["share"])
    if share is None:
        return
    try:
        given = _ask(share)
    except TryLater:
        settle(share, Share.State.WAITING, of=[Share.State.ASKING])
        raise
    except Undeliverable as error:
        settle(share, Share.State.FAILED, of=[Share.State.ASKING], why=error.code)
    except Unknown as error:
        settle(share, Share.State.UNKNOWN, of=[Share.State.ASKING], why=error.code)
    else:
        state = Share.State.ARRIVED if given.arrived else Share.State.TAKEN
        Share.objects.filter(pk=share.pk).update(request_id=given.request_id[:80])
        settle(share, state, of=[Share.State.ASKING])


def _begin(share_id: str) -> Share | None:
    """The share, which is now being asked for; the look that follows even if we die."""
    with transaction.atomic():
        found = Share.objects.filter(
            pk=share_id, state=Share.State.WAITING, order__state=Order.State.GOING
        )
        if not found.update(state=Share.State.ASKING, at=now()):
            return None
        share = Share.objects.select_related("order", "person").get(pk=share_id)
        _plan_look(share, 0)
    return share


def _ask(share: Share) -> provider.Given:
    person, order = share.person, share.order
    if not provider.works():
        raise TryLater("not set up")
    if person is None or not person.phone or person.frozen_at is not None or not person.is_active:
        raise Undeliverable("no number")
    to, key = e164(person.phone), str(share.pk)
    if order.kind == Order.Kind.DATA:
        return provider.send_data(key=key, to=to, megabytes=order.megabytes)
    return provider.send_airtime(key=key, to=to, currency=order.currency, amount=share.amount)


def settle(share: Share, state: str, *, of: Sequence[str], why: str = "") -> bool:
    """Move on from one of the states `of`; whether it did. The same told twice changes nothing."""
    done = Share.objects.filter(pk=share.pk, state__in=of).update(
        state=state, why=why[:60], at=now()
    )
    if done:
        log.info("airtime.settled", extra={"state": str(state)})
    return bool(done)


def _plan_look(share: Share, number: int) -> None:
    outbox.put(
        "airtime.look",
        key=f"airtime.look:{share.pk}:{number}",
        delay=LOOKS[number],
        share=str(share.pk),
        number=number,
    )


def look(payload: dict[str, Any]) -> None:
    """Ask what became of it. Without the provider's name for it there is nobody to ask: it stays
    unknown until they call us, or their list is laid beside ours."""
    share = Share.objects.select_related("order").filter(pk=payload["share"]).first()
    if share is None:
        return
    if share.state == Share.State.ASKING and share.at < now() - SILENT:
        settle(share, Share.State.UNKNOWN, of=[Share.State.ASKING], why="no answer")
    if share.state not in (Share.State.TAKEN, Share.State.UNKNOWN) or not share.request_id:
        return
    arrived = _looked_up(share)
    if arrived is not None:
        state = Share.State.ARRIVED if arrived else Share.State.FAILED
        settle(share, state, of=[Share.State.TAKEN, Share.State.UNKNOWN])
    elif payload["number"] + 1 < len(LOOKS):
        _plan_look(share, payload["number"] + 1)


def _looked_up(share: Share) -> bool | None:
    try:
        return provider.look_up(share.request_id, data=share.order.kind == Order.Kind.DATA)
    except Undeliverable:
        return None
    except Unknown as error:  # asking costs nothing: it may be asked again
        raise TryLater(error.code) from None


def sweep(now: dt.datetime) -> None:
    """Nightly: who asked and fell silent leaves it unknown; what is still open is asked about."""
    Share.objects.filter(state=Share.State.ASKING, at__lt=now - SILENT).update(
        state=Share.State.UNKNOWN, why="no answer"
    )
    still = Share.objects.filter(
        state__in=[Share.State.TAKEN, Share.State.UNKNOWN], at__gt=now - NIGHTS
    ).exclude(request_id="")
    for pk in still.values_list("pk", flat=True):
        outbox.put(
            "airtime.look", key=f"airtime.look:{pk}:{now:%j}", share=str(pk), number=len(LOOKS)
        )
