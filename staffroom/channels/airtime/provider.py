"""Africa's Talking, airtime and mobile data: https://developers.africastalking.com/docs/airtime/sending

Airtime: POST, form-encoded, `recipients` as JSON with "KES 100". Mobile data: POST, JSON. Both take an
`Idempotency-Key`; the answer tells each recipient's status. What is not certain is `Unknown`.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx
from django.conf import settings

from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown

TIMEOUT = httpx.Timeout(20, connect=6)
#: The line never stood, so nothing was asked.
NOT_ASKED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
TAKEN = {"Sent", "Queued"}
#: Of the whole request or of one person: it may be tried later, when the account is filled.
LATER = ("balance", "rate", "try again", "throttl")


@dataclass(frozen=True)
class Given:
    """The provider has it. `arrived` is None while they do not know."""

    request_id: str
    arrived: bool | None = None
    why: str = ""


def works() -> bool:
    return settings.AIRTIME_PROVIDER == "africastalking" and not missing()


def missing() -> list[str]:
    """Settings without which it cannot work."""
    needed = ["AFRICASTALKING_USERNAME", "AFRICASTALKING_API_KEY"]
    return [name for name in needed if not getattr(settings, name)]


def send_airtime(*, key: str, to: str, currency: str, amount: Decimal) -> Given:
    """Give airtime once under `key`."""
    recipients = [{"phoneNumber": to, "amount": f"{currency} {amount:.2f}"}]
    answer = _asked(
        "POST",
        f"{settings.AIRTIME_URL}/version1/airtime/send",
        key=key,
        data={
            "username": settings.AFRICASTALKING_USERNAME,
            "recipients": json.dumps(recipients),
            "maxNumRetry": "1",
        },
    )
    told = answer.get("responses") or []
    if not told:
        raise _refusal(str(answer.get("errorMessage", "")))
    one = told[0]
    return _given(
        str(one.get("status", "")), str(one.get("requestId", "")).replace("\x00", ""), one
    )


def send_data(*, key: str, to: str, megabytes: int) -> Given:
    """Give a bundle that lasts a month, once under `key`."""
    one = {
        "phoneNumber": to,
        "quantity": megabytes,
        "unit": "MB",
        "validity": "Month",
        "metadata": {"share": key},
        "isPromoBundle": False,
    }
    answer = _asked(
        "POST",
        f"{settings.BUNDLES_URL}/mobile/data/request",
        key=key,
        json={
            "username": settings.AFRICASTALKING_USERNAME,
            "productName": settings.AIRTIME_PRODUCT,
            "recipients": [one],
        },
    )
    told = answer.get("entries") or []
    if not told:
        raise _refusal(str(answer.get("errorMessage", "")))
    return _given(
        str(told[0].get("status", "")),
        str(told[0].get("transactionId", "")).replace("\x00", ""),
        told[0],
    )


def look_up(request_id: str, *, data: bool) -> bool | None:
    """Whether what they call `request_id` has arrived; None while they do not know."""
    host = settings.BUNDLES_URL if data else settings.AIRTIME_URL
    answer = _asked(
        "GET",
        f"{host}/query/transaction/find",
        params={"username": settings.AFRICASTALKING_USERNAME, "transactionId": request_id},
    )
    told = answer.get("data")
    found = told if isinstance(told, dict) else answer
    return {"Success": True, "Failed": False}.get(str(found.get("status", "")))


def _given(status: str, request_id: str, told: dict[str, Any]) -> Given:
    if status == "Success":
        return Given(request_id, arrived=True)
    if status in TAKEN:
        return Given(request_id)
    if not status:
        raise Unknown("no status")
    raise _refusal(str(told.get("errorMessage") or status))


def _refusal(said: str) -> Exception:
    word = said.lower()
    if "duplicate" in word:  # an earlier try under this key may have been taken
        return Unknown("duplicate")
    if not word or word == "none":
        return Unknown("no recipient in the answer")
    if any(part in word for part in LATER):
        return TryLater(plain(said))
    return Undeliverable(plain(said))


def plain(said: str) -> str:
    """The provider's words without anything that could be a number."""
    return " ".join(
        "".join(
            " " if char.isdigit() or char == "+" or not char.isprintable() else char
            for char in said
        ).split()
    )[:60]


def _asked(method: str, url: str, *, key: str = "", **what: Any) -> dict[str, Any]:
    headers = {"apiKey": settings.AFRICASTALKING_API_KEY, "Accept": "application/json"}
    if key:
        headers["Idempotency-Key"] = key
    try:
        answer = httpx.request(method, url, headers=headers, timeout=TIMEOUT, **what)
    except NOT_ASKED as error:
        raise TryLater(type(error).__name__) from None
    except httpx.HTTPError as error:
        # From None: the chained error would carry the number.
        raise Unknown(type(error).__name__) from None
    code = answer.status_code
    if code in {401, 403, 408, 425, 429}:
        raise TryLater(f"HTTP {code}")
    if code >= 500:
        raise Unknown(f"HTTP {code}")
    if code >= 300:
        raise Undeliverable(f"HTTP {code}")
    try:
        told = answer.json()
    except ValueError:
        raise Unknown("unreadable answer") from None
    if not isinstance(told, dict):
        raise Unknown("unreadable answer")
    return told
