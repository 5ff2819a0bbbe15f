"""Text messages as a channel: what they can do, how one leaves, what a call of the provider says."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy as _

from staffroom.channels.sms import carrier, heard, provider
from staffroom.channels.sms.delivery import ANSWERED, deliver
from staffroom.channels.switchboard.known import Abilities, Channel
from staffroom.channels.switchboard.messages import (
    Event,
    Media,
    Outbound,
    Taken,
    TryLater,
    Undeliverable,
)
from staffroom.methods.text import gsm

#: Letters of three parts in the phones' own alphabet.
LETTERS = carrier.MOST_PARTS * gsm.SEVEN_BITS[1]

#: Fields of a report that name a phone.
NUMBERS = frozenset({b"phoneNumber", b"To", b"From"})


def works() -> bool:
    """Whether people can write to us too; without that there are codes and digests alone."""
    return provider.works() and bool(provider.chosen().number())


def address() -> str:
    return provider.chosen().number()


def opens(words: str) -> str:
    """Opens the phone's own messages, with the words written."""
    return f"sms:{address()}?body={quote(words)}"


def send(message: Outbound) -> Taken:
    """Shortened to what three parts hold, with the address at its end."""
    if not provider.works():
        raise TryLater("not set up")
    return deliver(message.to, gsm.shortened(gsm.plain(message.text), carrier.MOST_PARTS))


def raw_of(key: str, what: str, body: bytes) -> str:
    """One call as it is kept: whose, about what, and its form; no NUL, which PostgreSQL refuses."""
    return f"{key} {what}\n{body.decode('latin-1')}".replace("\x00", "")


def without_number(raw: str) -> str:
    """A report as it is kept: whose message it was is known by its id, or is not to be known at all."""
    head, _line, rest = raw.partition("\n")
    kept = [
        pair for pair in heard.pairs_of(rest.encode("latin-1", "replace")) if pair[0] not in NUMBERS
    ]
    return f"{head}\n{urlencode(kept)}"


def read(raw: str) -> list[Event]:
    """The events of a call that was verified, now or long ago."""
    head, _line, rest = raw.partition("\n")
    if head == ANSWERED:
        return heard.stop(rest)
    key, _space, what = head.partition(" ")
    if key not in provider.PROVIDERS:
        return []
    made = provider.named(key).read.get(what)
    return made(heard.form_of(rest.encode("latin-1", "replace"))) if made else []


def fetch(media: Media) -> bytes:
    fetch_it = provider.chosen().fetch
    if fetch_it is None:
        raise Undeliverable("no files here")
    return fetch_it(media)


CHANNEL = Channel(
    key="sms",
    label=_("A text message"),
    can=Abilities(text=LETTERS, photos=True, numbers=True, parts=True, free=False, a_second=10.0),
    works=works,
    send=send,
    read=read,
    address=address,
    parts=carrier.parts,
    opens=opens,
    hook="staffroom sms-hooks",
    fetch=fetch,
)
