"""Digests as text messages: at most three parts, and never the same one twice."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from staffroom.channels.sms import provider
from staffroom.notices import carriers, letters
from staffroom.people.models import Person
from staffroom.people.phones import e164

MOST_PARTS = 3
#: The provider never had the message. After any other fault of the line it may have.
NOT_TAKEN = {
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "InternalServerError",  # their word for it, not ours
    "GatewayError",
}
UNREADABLE = {"unreadable answer", "no recipient in the answer"}


def works() -> bool:
    return settings.SMS_PROVIDER not in ("", "none")


def address(person: Person) -> str:
    """No number, or a phone that was lost: nothing is sent there."""
    return e164(person.phone) if person.phone and person.frozen_at is None else ""


def send(to: str, text: str) -> None:
    try:
        provider.chosen().send(to, text)
    except ImproperlyConfigured:
        raise carriers.TryLater from None
    except provider.Undeliverable:
        raise carriers.Undeliverable("number") from None
    except provider.TryLater as error:
        if _may_have_arrived(error.code):
            raise carriers.Undeliverable("unknown") from None
        raise carriers.TryLater from None


def _may_have_arrived(code: str) -> bool:
    """The line broke after we spoke, or the answer could not be read."""
    if code in UNREADABLE:
        return True
    return code.endswith(("Error", "Timeout")) and code not in NOT_TAKEN


CARRIER = carriers.Carrier(
    key="sms",
    label=_("A text message"),
    works=works,
    address=address,
    send=send,
    fits=lambda text: letters.parts(text) <= MOST_PARTS,
    parts=letters.parts,
)
