"""How both providers are asked: what a broken line, a status or an answer means for trying again."""

from typing import Any

import httpx

from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown

TIMEOUT = httpx.Timeout(12, connect=6)
#: The provider never heard us.
NOT_HEARD = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
#: A wrong key can be mended and their faults pass.
PASSES = {401, 403, 408, 425, 429}


def post(url: str, form: dict[str, str], **more: Any) -> httpx.Response:
    """The answer, whatever its status. No redirect is followed: the key would go along."""
    try:
        return httpx.post(url, data=form, timeout=TIMEOUT, **more)
    # From None: the chained error would carry the address and, in a traceback, the message.
    except NOT_HEARD as error:
        raise TryLater(type(error).__name__) from None
    except httpx.HTTPError as error:
        raise Unknown(type(error).__name__) from None


def check(answer: httpx.Response) -> None:
    """By the HTTP status alone. Behind a gateway that gave up waiting it may have been taken."""
    code = answer.status_code
    if code < 300:
        return
    if code == 504:
        raise Unknown("HTTP 504")
    if code in PASSES or code >= 500:
        raise TryLater(f"HTTP {code}", after(answer))
    raise Undeliverable(f"HTTP {code}")


def after(answer: httpx.Response) -> float | None:
    """The seconds of `Retry-After`, where they are said and not absurd."""
    said = answer.headers.get("Retry-After", "")
    return min(float(said), 3600.0) if said.isdecimal() else None
