"""Digests as text messages: at most three parts, and never the same one twice."""

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from staffroom.channels.sms import provider
from staffroom.channels.sms.delivery import deliver_counted
from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
from staffroom.methods.text import gsm
from staffroom.notices import carriers
from staffroom.people.models import Person
from staffroom.people.phones import e164

MOST_PARTS = 3


def address(person: Person) -> str:
    """No number, or a phone that was lost: nothing is sent there."""
    return e164(person.phone) if person.phone and person.frozen_at is None else ""


def send(to: str, text: str) -> None:
    try:
        deliver_counted(to, text)
    except (ImproperlyConfigured, TryLater):
        raise carriers.TryLater from None
    except Undeliverable:
        raise carriers.Undeliverable("number") from None
    except Unknown:
        raise carriers.Undeliverable("unknown") from None


def parts(text: str) -> int:
    """As it will leave."""
    return gsm.parts(gsm.plain(text))


CARRIER = carriers.Carrier(
    key="sms",
    label=_("A text message"),
    works=provider.works,
    address=address,
    send=send,
    fits=lambda text: parts(text) <= MOST_PARTS,
    parts=parts,
)
