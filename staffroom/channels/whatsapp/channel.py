"""WhatsApp Business Cloud API, as the switchboard knows it."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from staffroom.channels.switchboard.known import Abilities, Channel
from staffroom.channels.switchboard.messages import Media, Outbound, Taken, TryLater, Undeliverable
from staffroom.channels.whatsapp import addresses, client, errors, inbound, outbound, troubles

KEY = "whatsapp"
#: Settings without which it cannot work.
NEEDS = (
    "WHATSAPP_NUMBER",
    "WHATSAPP_PHONE_ID",
    "WHATSAPP_TOKEN",
    "WHATSAPP_APP_SECRET",
    "WHATSAPP_VERIFY_TOKEN",
)
Given = TypeVar("Given")


def missing() -> list[str]:
    return [name for name in NEEDS if not getattr(settings, name)]


def works() -> bool:
    return not missing()


def send(out: Outbound) -> Taken:
    """Say it; what a person must mend is noted on the way."""
    return _noting(lambda: client.send(out))


def fetch(media: Media) -> bytes:
    return _noting(lambda: client.fetch(media))


def opens(words: str) -> str:
    """An address that opens the chat with us, with these words ready to be sent."""
    return f"https://wa.me/{addresses.digits(settings.WHATSAPP_NUMBER)}?text={quote(words)}"


def _noting(act: Callable[[], Given]) -> Given:
    try:
        return act()
    except (TryLater, Undeliverable) as error:
        if what := errors.office(error.code):
            troubles.note(what, error.code)
        raise


CHANNEL = Channel(
    key=KEY,
    label=_("WhatsApp"),
    can=Abilities(
        text=outbound.TEXT,
        buttons=outbound.BUTTONS,
        button=outbound.BUTTON,
        rows=outbound.ROWS,
        row=outbound.ROW,
        button_text=outbound.INTERACTIVE,
        caption=outbound.CAPTION,
        photos=True,
        voices=True,
        papers=True,
        reactions=True,
        groups=8,
        window=dt.timedelta(hours=24),
        templates=True,
        free=False,
        a_second=40.0,  # a number starts at 80; half of it leaves room for what people write
    ),
    works=works,
    send=send,
    read=inbound.read,
    address=lambda: settings.WHATSAPP_NUMBER,
    fetch=fetch,
    opens=opens,
    troubles=troubles.for_office,
)
