"""What the provider tells us by itself. The same told five times, or out of order, changes nothing."""

from decimal import Decimal, InvalidOperation
from typing import Any

from staffroom.channels.airtime.actions.send import settle
from staffroom.channels.airtime.models import Share
from staffroom.people.phones import e164

OPEN = [Share.State.ASKING, Share.State.TAKEN, Share.State.UNKNOWN]
FATES = {"success": Share.State.ARRIVED, "failed": Share.State.FAILED}


def heard(told: dict[str, Any]) -> bool:
    """A status; whether it was about something of ours that was still open."""
    state = FATES.get(str(told.get("status", "")).strip().lower())
    share = share_of(told)
    if state is None or share is None:
        return False
    return settle(share, state, of=OPEN)


def share_of(told: dict[str, Any]) -> Share | None:
    """By the provider's name for it; else the only open one of this number and amount."""
    name = str(told.get("requestId") or told.get("transactionId") or "").replace("\x00", "")
    if name and (found := Share.objects.filter(request_id=name).first()):
        return found
    nameless = Share.objects.filter(state__in=OPEN, request_id="").select_related("person")
    value = worth(told.get("value") or told.get("amount"))
    fitting = [
        share
        for share in nameless
        if share.person is not None
        and share.person.phone
        and e164(share.person.phone) == str(told.get("phoneNumber", "")).strip()
        and share.amount == value
    ]
    if len(fitting) != 1:
        return None
    if name:
        Share.objects.filter(pk=fitting[0].pk).update(request_id=name[:80])
    return fitting[0]


def expected(told: dict[str, Any]) -> bool:
    """Whether we really asked for this: the provider asks before it gives."""
    share = share_of(told)
    return share is not None and share.state in OPEN


def worth(text: Any) -> Decimal | None:
    """ "KES 100.0000" as a number."""
    try:
        return Decimal(str(text or "").split(" ")[-1].replace(",", "")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
