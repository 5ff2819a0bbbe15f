"""Who a person is at WhatsApp, and how one writes to them.

https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
Since 2026 everybody has an id within our business (`KE.13491208655302741918`: the country, a point,
up to 128 letters and digits) and may hide the number. So the id is the address wherever there is one;
a number is the address only of somebody who came without. A new number means a new id.
"""

import re
from typing import Any

_SCOPED = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,256}")


def is_scoped(address: str) -> bool:
    """Whether this is an id within our business, not a number."""
    return bool(_SCOPED.fullmatch(address))


def digits(number: str) -> str:
    """A number as WhatsApp writes it: with country code, without the plus."""
    return "".join(letter for letter in number if letter.isdecimal() and letter.isascii())


def to(address: str, *, group: bool = False) -> dict[str, Any]:
    """The part of a message that says who gets it.

    An id goes into `recipient`: in `to` it is taken for a number, and the message is lost.
    """
    if group:
        return {"recipient_type": "group", "to": address}
    if is_scoped(address):
        return {"recipient_type": "individual", "recipient": address}
    return {"recipient_type": "individual", "to": digits(address)}
