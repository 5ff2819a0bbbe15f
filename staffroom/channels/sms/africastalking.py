"""Africa's Talking, bulk SMS: https://developers.africastalking.com/docs/sms/sending/bulk

POST, form-encoded, with the key in the header `apiKey`. The answer tells each recipient's status:
100-102 were taken (processed, sent, queued); the others say why not.
"""

import logging
from typing import Any

import httpx
from django.conf import settings

from staffroom.channels.sms.provider import Provider, TryLater, Undeliverable

log = logging.getLogger(__name__)
TIMEOUT = httpx.Timeout(12, connect=6)
TAKEN = {100, 101, 102}
#: Trying again changes nothing: the number, the person's own stop list, or our sender name is wrong.
FOR_GOOD = {
    402: "InvalidSenderId",
    403: "InvalidPhoneNumber",
    404: "UnsupportedNumberType",
    406: "UserInBlacklist",
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


def send(to: str, text: str) -> None:
    form = {"username": settings.AFRICASTALKING_USERNAME, "to": to, "message": text}
    if settings.AFRICASTALKING_SENDER:
        form["from"] = settings.AFRICASTALKING_SENDER
    headers = {"apiKey": settings.AFRICASTALKING_API_KEY, "Accept": "application/json"}
    try:
        answer = httpx.post(
            settings.AFRICASTALKING_URL, data=form, headers=headers, timeout=TIMEOUT
        )
    except httpx.HTTPError as error:
        # From None: the chained error would carry the address and, in a traceback, the message.
        raise TryLater(type(error).__name__) from None
    _check_answer(answer)
    status = _status(answer)
    if status not in TAKEN:
        raise _refusal(status)
    log.info("sms.taken", extra={"provider": "africastalking", "status": status})


def _check_answer(answer: httpx.Response) -> None:
    """By the HTTP status: a wrong key and their faults can pass, a request they reject cannot."""
    code = answer.status_code
    if code < 300:
        return
    if code in {401, 403, 408, 425, 429} or code >= 500:
        raise TryLater(f"HTTP {code}")
    raise Undeliverable(f"HTTP {code}")


def _status(answer: httpx.Response) -> int:
    """The one recipient's status code; of an answer about the whole request, the code of its word."""
    try:
        data: Any = answer.json()["SMSMessageData"]
        recipients = data["Recipients"]
        if recipients:
            return int(recipients[0]["statusCode"])
        word = str(data["Message"]).strip()
    except (ValueError, KeyError, TypeError, IndexError):
        raise TryLater("unreadable answer") from None
    for code, name in (FOR_GOOD | FOR_NOW).items():
        if word == name:
            return code
    raise TryLater("no recipient in the answer")


def _refusal(status: int) -> Exception:
    if status in FOR_GOOD:
        return Undeliverable(FOR_GOOD[status])
    return TryLater(FOR_NOW.get(status, f"status {status}"))


PROVIDER = Provider(
    key="africastalking",
    name="Africa's Talking",
    send=send,
    needs=("AFRICASTALKING_USERNAME", "AFRICASTALKING_API_KEY"),
)
