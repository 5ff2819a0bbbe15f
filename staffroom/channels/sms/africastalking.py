"""Africa's Talking: https://developers.africastalking.com/docs/sms/overview

Sending: POST, form-encoded, with the key in the header `apiKey`; the answer tells each recipient's
status: 100-102 were taken (processed, sent, queued); the others say why not. They call us, without any
signature, for each message that comes in, each report of a delivery, and each person who opts out.
"""

import logging
from decimal import Decimal, InvalidOperation
from typing import Any

import httpx
from django.conf import settings

from staffroom.channels.sms import heard, line
from staffroom.channels.sms.provider import Form, Provider
from staffroom.channels.switchboard.messages import (
    Event,
    Fate,
    Status,
    Taken,
    TryLater,
    Undeliverable,
    Unknown,
)
from staffroom.core.security import SMS_NEEDS

log = logging.getLogger(__name__)
TAKEN = {100, 101, 102}
BLACKLISTED = "UserInBlacklist"
#: Trying again changes nothing: the number, the person's own stop list, or our sender name is wrong.
FOR_GOOD = {
    402: "InvalidSenderId",
    403: "InvalidPhoneNumber",
    404: "UnsupportedNumberType",
    406: BLACKLISTED,
    407: "CouldNotRoute",
    409: "DoNotDisturbRejection",
}
#: Somebody fills the account, or their gateway recovers.
FOR_NOW = {
    401: "RiskHold",
    405: "InsufficientBalance",
    500: "InternalServerError",
    501: "GatewayError",
    502: "RejectedByGateway",
}
FATES = {
    "Success": Fate.DELIVERED,
    "Failed": Fate.FAILED,
    "Rejected": Fate.FAILED,
    "AbsentSubscriber": Fate.FAILED,
    "Expired": Fate.FAILED,
}


def send(to: str, text: str) -> Taken:
    form = {"username": settings.AFRICASTALKING_USERNAME, "to": to, "message": text}
    if settings.AFRICASTALKING_SENDER:
        form["from"] = settings.AFRICASTALKING_SENDER
    headers = {"apiKey": settings.AFRICASTALKING_API_KEY, "Accept": "application/json"}
    answer = line.post(settings.AFRICASTALKING_URL, form, headers=headers)
    line.check(answer)
    status, recipient = _recipient(answer)
    if status not in TAKEN:
        raise _refusal(status)
    log.info("sms.taken", extra={"provider": "africastalking", "status": status})
    return _taken(recipient)


def _recipient(answer: httpx.Response) -> tuple[int, dict[str, Any]]:
    """The one recipient and its status; of an answer about the whole request, the code of its word."""
    try:
        data: Any = answer.json()["SMSMessageData"]
        if data["Recipients"]:
            return int(data["Recipients"][0]["statusCode"]), data["Recipients"][0]
        word = str(data["Message"]).strip()
    except (ValueError, KeyError, TypeError, IndexError):
        raise Unknown("unreadable answer") from None
    for code, name in (FOR_GOOD | FOR_NOW).items():
        if word == name:
            return code, {}
    raise Unknown("no recipient in the answer")


def _refusal(status: int) -> Exception:
    if status in FOR_GOOD:
        return Undeliverable(FOR_GOOD[status])
    return TryLater(FOR_NOW.get(status, f"status {status}"))


def _taken(recipient: dict[str, Any]) -> Taken:
    """`cost` is like "KES 0.8000"; `messageParts` is there where they counted."""
    cost, currency = money(str(recipient.get("cost", "")))
    parts = recipient.get("messageParts")
    return Taken(
        id=heard.token(str(recipient.get("messageId", ""))),
        parts=parts if isinstance(parts, int) and 0 < parts < 100 else 1,
        cost=cost,
        currency=currency,
    )


def money(text: str) -> tuple[Decimal | None, str]:
    """Of "KES 0.8000" the amount and the currency; of anything else nothing."""
    currency, _space, amount = text.strip().partition(" ")
    try:
        value = Decimal(amount)
    except InvalidOperation:
        return None, ""
    if not (value.is_finite() and 0 <= value < 1_000_000 and len(currency) == 3):
        return None, ""
    return value, currency.upper()


def incoming(form: Form) -> list[Event]:
    """`from, to, text, date, id, linkId, networkCode, cost`."""
    return heard.words(
        id=form.get("id", ""),
        sender=form.get("from", ""),
        text=form.get("text", ""),
        date=form.get("date", ""),
    )


def report(form: Form) -> list[Event]:
    """`id, status, phoneNumber, networkCode, failureReason, retryCount`."""
    id, why = heard.token(form.get("id", "")), heard.token(form.get("failureReason", ""))[:60]
    if not id:
        return []
    fate = FATES.get(form.get("status", ""), Fate.SENT)
    events: list[Event] = [Status(id=id, fate=fate, at=heard.moment(""), why=why)]
    return events + (heard.stop(form.get("phoneNumber", "")) if why == BLACKLISTED else [])


def opted_out(form: Form) -> list[Event]:
    """`senderId, phoneNumber`: this person has told them to let nothing of ours through."""
    return heard.stop(form.get("phoneNumber", ""))


def number() -> str:
    """What people write to: a sender of letters takes no answer."""
    sender = settings.SMS_NUMBER or settings.AFRICASTALKING_SENDER
    return sender if sender.lstrip("+").isdecimal() else ""


PROVIDER = Provider(
    key="africastalking",
    name=SMS_NEEDS["africastalking"][0],
    send=send,
    needs=SMS_NEEDS["africastalking"][1],
    read={"in": incoming, "report": report, "stop": opted_out},
    number=number,
    host=lambda: settings.AFRICASTALKING_URL,
    stopped=frozenset({BLACKLISTED}),
)
